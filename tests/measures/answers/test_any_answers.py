"""Whatever is in a file, it is read or refused in one line, and every score that comes out can be."""

from __future__ import annotations

import io
import json
import math
import tempfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attunement.errors import InputError
from attunement.measures.answers import FORMATS, load_scores
from attunement.measures.instruments import instrument

CELLS = st.one_of(
    st.sampled_from(["", "NA", "1", "2", "3.5", "7", "30", "-1", "1e3", "2026-01-05", "03/04/2026", "S 2", "ada"]),
    st.text(max_size=6),
)
HEADERS = st.sampled_from(
    [
        *("session", "date", "client", "phq9", "phq9_1", "safe", "unsaid", "core_om_risk", "instrument", "item"),
        *("value", "record_id", "redcap_event_name", "redcap_repeat_instance", "visit_date", "x", ""),
    ]
)
KEYS = ["resourceType", "entry", "resource", "item", "answer", "linkId", "questionnaire", "status", "authored"]
KEYS += ["subject", "reference", "valueInteger", "valueCoding", "code", "extension"]
WORDS = st.sampled_from(["Bundle", "QuestionnaireResponse", "wsas", "phq9", "completed", "2026-01-05", "1", "2"])
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), WORDS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(KEYS), inner, max_size=6)),
    max_leaves=25,
)


def check_message(message: str) -> None:
    assert "\n" not in message


def check(data: bytes, name: str, **options: object) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            scores = load_scores(path, **options)
        except InputError as error:
            check_message(str(error))
            return
    for score in scores:
        scale = instrument(score.instrument).scale(score.subscale)
        assert score.session is not None or score.date is not None
        assert score.value is not None or score.note
        assert score.value is None or (math.isfinite(score.value) and scale.low <= score.value <= scale.high)
    moments = [(score.client, score.session or score.date, score.instrument, score.subscale) for score in scores]
    assert len(set(moments)) == len(moments)
    assert all("\n" not in each.reason for each in scores.refused)


@pytest.mark.parametrize("format", [None, *FORMATS])
@settings(deadline=None, max_examples=60)
@given(data=st.binary(max_size=200))
def test_any_bytes(format, data):
    check(data, "a.csv", format=format)


@pytest.mark.parametrize("format", [None, *FORMATS])
@settings(deadline=None, max_examples=60)
@given(text=st.text(max_size=200))
def test_any_text(format, text):
    check(text.encode("utf-8", "surrogatepass"), "a.csv", format=format)


@settings(deadline=None, max_examples=300)
@given(st.lists(HEADERS, min_size=1, max_size=8), st.lists(st.lists(CELLS, max_size=9), max_size=8))
def test_any_table(header, rows):
    check("\n".join(",".join(row) for row in [header, *rows]).encode("utf-8", "surrogatepass"), "a.csv")


@settings(deadline=None, max_examples=200)
@given(JSON)
def test_any_json(value):
    check(json.dumps(value).encode(), "a.json")


@settings(deadline=None, max_examples=100)
@given(st.lists(st.dictionaries(st.sampled_from(KEYS), JSON, max_size=6), max_size=4))
def test_any_bundle(responses):
    fixed = {"resourceType": "QuestionnaireResponse", "questionnaire": "wsas", "authored": "2026-01-05"}
    check(json.dumps([{**each, **fixed} for each in responses]).encode(), "a.json", format="fhir")


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in [["session", "phq9"], [1, 9], [2, 8]]:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


WORKBOOK = _workbook()


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_a_workbook_with_flipped_bytes(data):
    damaged = bytearray(WORKBOOK)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    check(bytes(damaged), "a.xlsx")


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 27)), min_size=1, unique_by=lambda pair: pair[0]))
def test_what_is_written_is_read_again(pairs):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        lines = ["session,phq9", *(f"{session},{value}" for session, value in pairs)]
        path.write_text("\n".join(lines), encoding="utf-8")
        scores = load_scores(path)
    assert [(score.session, score.value) for score in scores] == sorted(pairs)
    assert scores.refused == ()
