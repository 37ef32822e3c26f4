"""Instruments of one's own, from YAML and from FHIR questionnaires; what is wrong with them is said in one line."""

from __future__ import annotations

import json
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attunement.errors import InputError
from attunement.measures.instruments import Instrument, load_instruments, load_questionnaire
from attunement.measures.scoring import score_answers

YAML = """
name: pain
domain: functioning
items: {names: [back, neck, head], range: [0, 10]}
total:
  higher_is_better: false
  combine: mean
  missing: {share: 0.34}
  cutoffs: {value: 4, clinical: above}
  reliability: {value: 0.8}
  norms: {group: clinical, mean: 6, sd: 2}
subscales:
  spine: {items: [back, neck], higher_is_better: false}
"""
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"


def load(tmp_path: Path, text: str) -> tuple[Instrument, ...]:
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return load_instruments(path)


def test_a_short_entry_is_enough(tmp_path):
    (pain,) = load(tmp_path, YAML)
    assert (pain.low, pain.high, pain.cutoff, pain.reliability) == (0, 10, 4, 0.8)
    assert pain.reliable_change == pytest.approx(1.96 * 2 * (2 * 0.2) ** 0.5)
    assert pain.total.missing.at_most == 1
    assert not pain.is_validated
    found = {score.scale.name: score.value for score in score_answers(pain, {"back": 4, "neck": 8, "head": None})}
    assert found == {None: 6, "spine": 12}


def test_an_instrument_of_which_only_totals_are_known_needs_no_items(tmp_path):
    (mood,) = load(tmp_path, "name: mood\ndomain: wellbeing\ntotal: {range: [0, 50], higher_is_better: true}")
    assert (mood.low, mood.high, mood.items) == (0, 50, ())


def test_a_file_may_hold_a_list(tmp_path):
    one = "- {name: %s, domain: distress, total: {range: [0, 9], higher_is_better: false}}\n"
    assert [each.name for each in load(tmp_path, one % "a" + one % "b")] == ["a", "b"]
    with pytest.raises(InputError, match="'a' is defined twice"):
        load(tmp_path, one % "a" * 2)


@pytest.mark.parametrize(
    "change, message",
    [
        (("name: pain", "nam: pain"), "own.yaml: 'name' is missing"),
        (("name: pain", "name: My Pain"), "'name' must be small letters"),
        (("domain: functioning", "domain: health"), "own.yaml, pain: 'domain' must be one of: distress, functioning"),
        (("range: [0, 10]", "range: [10, 0]"), "own.yaml, pain, items: 'range' must be"),
        (("higher_is_better: false\n  combine", "combine"), "pain, total: 'higher_is_better' must be true or false"),
        (("cutoffs: {value: 4", "cutoffs: {value: 40"), "'value' is outside the range of the scale, 0 to 10"),
        (("reliability: {value: 0.8}", "reliability: {value: 8}"), "must lie between 0 and 1"),
        (("sd: 2", "sd: 0"), "'sd' must be above 0"),
        (("share: 0.34", "share: 1.5"), "must leave at least one item"),
        (("combine: mean", "combine: median"), "'combine' must be one of: sum, mean"),
        (("items: [back, neck]", "items: [back, foot]"), "names 'foot', which is no item"),
        (("combine: mean", "combine: mean\n  range: [0, 30]"), r"'range' is \[0, 30\] but the items give \[0, 10\]"),
        (("combine: mean", "combine: mean\n  revesed: [back]"), "'revesed' is not known here; known are items"),
        (("total:", "sources: {smith2020: Smith}\ntotal:"), "'source' is missing"),
    ],
)
def test_what_is_wrong_with_an_entry_is_said(tmp_path, change, message):
    assert change[0] in YAML
    with pytest.raises(InputError, match=message) as raised:
        load(tmp_path, YAML.replace(*change))
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("text", ["", "[]", "3", "a: [", "a: &x 1\nb: *x", "- - -", "\t"])
def test_files_that_hold_no_entry_are_refused_in_one_line(tmp_path, text):
    with pytest.raises(InputError) as raised:
        load(tmp_path, text)
    assert str(raised.value).startswith("own.yaml")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"none.yaml: cannot be read"):
        load_instruments(tmp_path / "none.yaml")


def coding(code: str, score: float | None, *, on_coding: bool = False) -> dict[str, object]:
    scored = {"extension": [{"url": ORDINAL, "valueDecimal": score}]} if score is not None else {}
    value = {"code": code, "display": code}
    return {"valueCoding": {**value, **scored}} if on_coding else {"valueCoding": value, **scored}


ANSWERS = [("never", 0), ("often", 3)]
QUESTIONNAIRE = {
    "resourceType": "Questionnaire",
    "url": "http://example.org/Questionnaire/sleep",
    "name": "SleepShort",
    "title": "Sleep, short",
    "item": [
        {"linkId": "intro", "type": "display", "text": "…"},
        {
            "linkId": "g1",
            "type": "group",
            "text": "Falling asleep",
            "item": [
                {"linkId": "1.1", "type": "choice", "answerOption": [coding("no", 0), coding("yes", 3)]},
                {"linkId": "1.2", "type": "choice", "answerOption": [coding("no", 0, on_coding=True), coding("y", 1)]},
            ],
        },
        {
            "linkId": "g2",
            "type": "group",
            "text": "Staying asleep",
            "item": [
                {
                    "linkId": "2.1",
                    "type": "decimal",
                    "extension": [
                        {"url": "http://hl7.org/fhir/StructureDefinition/minValue", "valueDecimal": 0},
                        {"url": "http://hl7.org/fhir/StructureDefinition/maxValue", "valueInteger": 10},
                    ],
                },
                {"linkId": "2.2", "type": "text"},
                {"linkId": "2.3", "type": "integer"},
            ],
        },
    ],
}


def questionnaire(tmp_path: Path, content: object) -> Path:
    path = tmp_path / "sleep.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_a_fhir_questionnaire_is_an_instrument(tmp_path):
    sleep = load_questionnaire(questionnaire(tmp_path, QUESTIONNAIRE), higher_is_better=False)
    assert (sleep.name, sleep.title, sleep.url) == ("sleep_short", "Sleep, short", QUESTIONNAIRE["url"])
    assert [(item.name, item.low, item.high, item.is_whole) for item in sleep.items] == [
        ("1.1", 0, 3, True),
        ("1.2", 0, 1, True),
        ("2.1", 0, 10, False),
    ]
    assert sleep.item("1.1").codes == {"no": 0, "yes": 3}
    assert [(scale.name, scale.items) for scale in sleep.subscales] == [
        ("falling_asleep", ("1.1", "1.2")),
        ("staying_asleep", ("2.1",)),
    ]
    assert (sleep.low, sleep.high) == (0, 14)
    assert sleep.notes == ("Without a score, so left out: '2.2', '2.3'.",)


def test_answers_may_stand_in_a_value_set_that_the_questionnaire_contains(tmp_path):
    concepts = [{"code": code, "extension": [{"url": ORDINAL, "valueDecimal": score}]} for code, score in ANSWERS]
    content = {
        "resourceType": "Questionnaire",
        "name": "two",
        "contained": [{"resourceType": "ValueSet", "id": "often", "compose": {"include": [{"concept": concepts}]}}],
        "item": [{"linkId": str(number), "type": "choice", "answerValueSet": "#often"} for number in (1, 2)],
    }
    two = load_questionnaire(questionnaire(tmp_path, content), higher_is_better=False)
    assert two.item("2").codes == dict(ANSWERS)
    assert (two.low, two.high, two.subscales) == (0, 6, ())


def test_whole_numbers_may_be_listed_instead_of_limited(tmp_path):
    options = [{"valueInteger": value} for value in (1, 2, 3, 4, 5)]
    content = {"resourceType": "Questionnaire", "item": [{"linkId": "a", "type": "integer", "answerOption": options}]}
    (item,) = load_questionnaire(questionnaire(tmp_path, content), higher_is_better=False).items
    assert (item.low, item.high, item.is_whole) == (1, 5, True)


def test_an_entry_can_name_a_questionnaire_and_add_what_it_cannot_say(tmp_path):
    questionnaire(tmp_path, QUESTIONNAIRE)
    (sleep,) = load(
        tmp_path,
        "name: sleep\ndomain: wellbeing\nquestionnaire: sleep.json\ntotal: {higher_is_better: true, reversed: ['1.1']}",
    )
    assert sleep.total.reversed == {"1.1"}
    assert sleep.url == QUESTIONNAIRE["url"]
    assert sleep.notes == ("Without a score, so left out: '2.2', '2.3'.",)
    assert [scale.higher_is_better for scale in sleep.subscales] == [True, True]
    with pytest.raises(InputError, match="a file in the same folder"):
        load(tmp_path, "{name: s, domain: wellbeing, questionnaire: ../s.json, total: {higher_is_better: true}}")


@pytest.mark.parametrize(
    "content, message",
    [
        ({"resourceType": "Patient"}, "not a FHIR Questionnaire"),
        ([], "not a FHIR Questionnaire"),
        ({"resourceType": "Questionnaire", "item": [{"linkId": "1", "type": "text"}]}, "no item has a score"),
        (
            {**QUESTIONNAIRE, "item": [QUESTIONNAIRE["item"][1], QUESTIONNAIRE["item"][1]]},
            "the linkId '1.1' stands twice",
        ),
    ],
)
def test_questionnaires_that_cannot_be_scored_are_refused(tmp_path, content, message):
    with pytest.raises(InputError, match=message):
        load_questionnaire(questionnaire(tmp_path, content), higher_is_better=False)


KEYS = ["resourceType", "item", "linkId", "type", "answerOption", "extension", "url", "valueDecimal", "text"]
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(KEYS),
            st.one_of(inner, st.sampled_from(["Questionnaire", "group", "integer", "choice", ORDINAL])),
            max_size=5,
        ),
    ),
    max_leaves=25,
)


@settings(deadline=None, max_examples=150)
@given(JSON)
def test_any_json_is_read_or_refused(value):
    with tempfile.TemporaryDirectory() as folder:
        items = value if isinstance(value, list) else [value]
        path = questionnaire(Path(folder), {"resourceType": "Questionnaire", "item": items})
        try:
            found = load_questionnaire(path, higher_is_better=True)
        except InputError:
            return
        assert found.items
        assert found.low < found.high


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.binary(max_size=100), st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace"))))
def test_any_bytes_as_yaml_are_read_or_refused(data):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "own.yaml"
        path.write_bytes(data)
        with pytest.raises(InputError) as raised:
            load_instruments(path)
        assert "\n" not in str(raised.value)


@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_any_entry_with_a_field_replaced_is_read_or_refused(data):
    import yaml

    entry = yaml.safe_load(YAML)
    place = data.draw(st.sampled_from([(), ("items",), ("total",), ("total", "missing"), ("total", "norms")]))
    part = entry
    for name in place:
        part = part[name]
    key = data.draw(st.sampled_from(sorted(part)))
    part[key] = data.draw(JSON)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "own.yaml"
        path.write_text(yaml.safe_dump(entry), encoding="utf-8")
        with suppress(InputError):
            assert load_instruments(path)
