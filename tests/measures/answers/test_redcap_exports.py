"""REDCap exports: records as clients, events and repeated instances as sessions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from attunement.errors import InputError
from attunement.measures.answers import Scores, load_scores

ITEMS = ",".join(f"wsas_{number}" for number in range(1, 6))


def load(tmp_path: Path, text: str) -> Scores:
    path = tmp_path / "export.csv"
    path.write_text(text, encoding="utf-8")
    return load_scores(path)


def read(scores: Scores) -> list[tuple[object, ...]]:
    return [(score.client, score.session, score.date, score.instrument, score.value) for score in scores]


def test_repeated_instances_are_sessions(tmp_path):
    scores = load(
        tmp_path,
        f"record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,wsas_timestamp,{ITEMS},wsas_complete\n"
        "7,therapy_arm_1,wsas,1,2026-01-05 10:00:00,1,1,1,1,1,2\n"
        "7,therapy_arm_1,wsas,2,2026-01-12 10:00:00,2,2,2,2,2,2\n"
        "8,therapy_arm_1,wsas,1,2026-01-06 10:00:00,0,0,0,0,8,2\n",
    )
    assert scores.format == "redcap"
    assert scores.refused == ()
    assert read(scores) == [
        ("7", 1, date(2026, 1, 5), "wsas", 5),
        ("7", 2, date(2026, 1, 12), "wsas", 10),
        ("8", 1, date(2026, 1, 6), "wsas", 8),
    ]


def test_events_with_a_session_number_are_sessions(tmp_path):
    scores = load(
        tmp_path,
        "record_id,redcap_event_name,phq9,date_of_birth\n"
        "7,session_1_arm_1,9,1980-01-01\n7,session_12_arm_1,8,1980-01-01\n7,week_3_arm_1,7,1980-01-01\n",
    )
    assert [(session, value) for _, session, _, _, value in read(scores)] == [(1, 9), (12, 8)]
    assert [str(each) for each in scores.refused] == [
        "row 1, column 'date_of_birth': not a known instrument, item or score, so left out",
        "row 4: neither a session number nor a date; without one of them a score has no place in the course",
    ]


def test_a_date_is_enough(tmp_path):
    scores = load(tmp_path, "record_id,redcap_event_name,visit_date,phq9\n7,baseline_arm_1,2026-01-05,9\n")
    assert read(scores) == [("7", None, date(2026, 1, 5), "phq9", 9)]


def test_an_export_of_labels_is_refused_cell_by_cell(tmp_path):
    scores = load(tmp_path, "record_id,redcap_event_name,phq9_1\n7,session_1_arm_1,Several days\n")
    assert [str(each) for each in scores.refused] == ["row 2, column 'phq9_1': not a number"]


def test_an_export_without_instruments_is_refused(tmp_path):
    with pytest.raises(InputError, match="no column is a known instrument"):
        load(tmp_path, "record_id,redcap_event_name,age\n7,session_1_arm_1,30\n")
