"""FHIR R4 questionnaire responses, alone and in bundles."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from attunement.errors import InputError
from attunement.measures.answers import Scores, load_scores
from attunement.measures.instruments import Instrument, Item, Scale, instrument

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
LOINC_ANSWERS = ["LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"]


def load(tmp_path: Path, content: object, **options) -> Scores:
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return load_scores(path, **options)


def response(items: list[dict[str, object]], questionnaire: str = "http://loinc.org/q/44249-1", **fields: object):
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": questionnaire,
        "status": "completed",
        "subject": {"reference": "Patient/ada"},
        "authored": "2026-01-05T10:00:00+01:00",
        "item": items,
        **fields,
    }


def bundle(*resources: object) -> dict[str, object]:
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": each} for each in resources]}


def phq9(scores: list[int]) -> list[dict[str, object]]:
    links = [f"/{item.loinc}" for item in instrument("phq9").items]
    return [
        {"linkId": link, "answer": [{"valueCoding": {"system": "http://loinc.org", "code": LOINC_ANSWERS[score]}}]}
        for link, score in zip(links, scores, strict=True)
    ]


def test_a_response_in_loinc_codes_is_scored(tmp_path):
    scores = load(tmp_path, response(phq9([3, 2, 1, 0, 3, 2, 1, 0, 1])))
    (score,) = scores
    assert scores.format == "fhir"
    assert (score.client, score.session, score.date, score.value) == ("ada", None, date(2026, 1, 5), 13)


def test_a_given_total_is_compared_with_the_items(tmp_path):
    total = {"linkId": "/44261-6", "answer": [{"valueDecimal": 20}]}
    scores = load(tmp_path, response([*phq9([1] * 9), total]))
    assert [score.value for score in scores] == [9]
    assert [str(each) for each in scores.refused] == [
        "row 1, column '/44261-6': 20 is given, but the items make 9, which is kept"
    ]


@pytest.mark.parametrize("link", ["wsas_{}", "wsas-q{}", "{}", "q0{}"])
@pytest.mark.parametrize("url", ["https://clinic.example/Questionnaire/WSAS|2.0", "Questionnaire/wsas"])
def test_items_and_instruments_are_known_by_their_names(tmp_path, link, url):
    items = [{"linkId": link.format(number), "answer": [{"valueInteger": 3}]} for number in range(1, 6)]
    group = [{"linkId": "group", "item": items}]
    assert [score.value for score in load(tmp_path, response(group, url))] == [15]


def test_an_answer_may_carry_its_own_score(tmp_path):
    scored = {"code": "x", "extension": [{"url": ORDINAL, "valueDecimal": 2}]}
    items = [{"linkId": str(number), "answer": [{"valueCoding": scored}]} for number in range(1, 6)]
    assert [score.value for score in load(tmp_path, response(items, "wsas"))] == [10]


def test_codes_of_an_instrument_of_ones_own_are_scored(tmp_path):
    item = Item("1.1", 0, 3, codes={"no": 0, "yes": 3})
    own = Instrument(
        name="own", title="", measures="", domain="distress", items=(item,), total=Scale(None, ("1.1",), 0, 3, False),
        subscales=(), usual="", licence="", source="own", sources={}, url="http://example.org/own",
    )  # fmt: skip
    items = [{"linkId": "1.1", "answer": [{"valueCoding": {"code": "yes"}}]}]
    assert [s.value for s in load(tmp_path, response(items, "http://example.org/own|1"), instruments=[own])] == [3]


def test_what_cannot_be_taken_is_named_and_the_rest_kept(tmp_path):
    good = [{"linkId": str(number), "answer": [{"valueInteger": 1}]} for number in range(1, 6)]
    scores = load(
        tmp_path,
        bundle(
            {"resourceType": "Patient"},
            response(good, "wsas", status="in-progress"),
            response(good, "http://example.org/unknown"),
            response(good, "wsas", authored="2026-01"),
            response([*good, {"linkId": "9", "answer": [{"valueInteger": 1}]}], "wsas"),
            response([*good[:4], {"linkId": "5", "answer": [{"valueInteger": 9}]}], "wsas", authored="2026-01-12"),
            response([*good[:4], {"linkId": "5", "answer": [{"valueString": "often"}]}], "wsas", authored="2026-01-19"),
            response(good, "wsas"),
            None,
        ),
    )
    assert [score.value for score in scores] == [5, None, None]
    assert [str(each) for each in scores.refused] == [
        "row 2, column 'status': not finished, or entered in error",
        "row 3, column 'questionnaire': not a known instrument; add it with docs/instruments.md",
        "row 4, column 'authored': not a date; write it as 2026-12-31",
        "row 5, column '9': wsas has no item or subscale of that name",
        "row 6, column '5': 9 is outside the item's range, 0 to 8",
        "row 7, column '5': the answer has no score: neither a number, nor ordinalValue, nor a code we know",
        "row 8: wsas for 2026-01-05 stands in row 5 already; the first is kept",
    ]


def test_one_client_can_be_asked_for(tmp_path):
    items = [{"linkId": str(number), "answer": [{"valueInteger": 1}]} for number in range(1, 6)]
    two = bundle(response(items, "wsas"), response(items, "wsas", subject={"identifier": {"value": "ben"}}))
    assert load(tmp_path, two).clients == ("ada", "ben")
    assert load(tmp_path, two, client="ben").clients == ("ben",)
    with pytest.raises(InputError, match="no response of client 'eve'; it holds 2 clients"):
        load(tmp_path, two, client="eve")


@pytest.mark.parametrize("content", [{}, [], bundle(), bundle({"resourceType": "Patient"}), {"resourceType": "Bundle"}])
def test_json_without_responses_is_refused(tmp_path, content):
    with pytest.raises(InputError, match="holds no FHIR QuestionnaireResponse"):
        load(tmp_path, content)
