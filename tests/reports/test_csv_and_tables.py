"""CSV and data frames: one row a turn, an episode, a moment."""

import csv
import io

import pandas as pd
from hypothesis import given, settings
from odd_sessions import odd_reading, readings

from attunement.codebook import CODES
from attunement.episodes.model import SessionReading
from attunement.reports import to_csv
from attunement.reports.tables import attunement_frame, episodes_frame, turns_frame
from stand_in import example


def test_the_table_has_a_row_for_every_turn() -> None:
    reading = example()
    table = pd.read_csv(io.StringIO(to_csv(reading)))
    assert list(table["turn"]) == [turn.number for turn in reading.session.turns]
    assert table.loc[table["speaker"] == "therapist", "p_denial"].isna().all()
    assert table.loc[table["speaker"] == "client", "p_denial"].between(0, 1).all()


def test_rows_without_a_header_can_be_appended() -> None:
    both = to_csv(example("kwame-07")) + to_csv(example("aiko-04"), header=False)
    assert pd.read_csv(io.StringIO(both))["session"].nunique() == 2


@settings(max_examples=40, deadline=None)
@given(readings())
def test_no_cell_would_be_run_as_a_formula(reading: SessionReading) -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(reading), newline="")))
    assert len(rows) == len(reading.session.turns)
    for row in rows:
        assert not row["text"].startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_formula_is_shown_as_the_text_it_was() -> None:
    assert "'=1+1" in to_csv(odd_reading(["=1+1", "ok"]))


def test_turns_frame_is_indexed_by_turn_and_has_every_code() -> None:
    frame = turns_frame(example())
    assert frame.index[0] == 1
    assert {f"p_{code}" for code in CODES} <= set(frame.columns)
    assert str(frame["experiencing"].dtype) == "Int64"


def test_episodes_and_moments_are_in_the_order_of_the_session() -> None:
    episodes, moments = episodes_frame(example()), attunement_frame(example())
    assert list(episodes["type"]) == ["rupture", "repair", "corrective"]
    assert moments["turn"].is_monotonic_increasing
    assert ((moments[["met", "missed", "harmed"]].sum(axis=1) - 1).abs() < 0.001).all()


def test_a_session_without_episodes_has_empty_frames_with_the_same_columns() -> None:
    assert list(episodes_frame(example("hanne-03")).columns) == list(episodes_frame(example()).columns)
