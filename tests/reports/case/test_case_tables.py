"""CSV for R and data frames: tidy, typed, NA where nothing is known."""

import csv
import io
import re

import pandas as pd
import pytest
from hypothesis import given, settings
from odd_cases import cases

from attunement.case.findings import CaseFindings
from attunement.reports.case import sessions_csv, values_csv
from attunement.reports.case.rows import snake
from attunement.reports.case.tables import alerts_frame, beliefs_frame, sessions_frame, threads_frame, values_frame
from stand_in_case import almost_empty_case, full_case


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_there_is_a_row_a_session_and_a_column_a_measure() -> None:
    table = rows(sessions_csv(full_case()))
    assert [row["session"] for row in table] == [str(number) for number in range(1, 10)]
    assert table[3]["phq9"] == "18.0"
    assert table[3]["date"] == "2024-02-29"
    assert table[3]["unsaid"] == "9.0"
    assert float(table[3]["attunement_low"]) < float(table[3]["attunement"]) < float(table[3]["attunement_high"])


def test_what_is_not_known_is_na_and_what_was_not_found_is_zero() -> None:
    table = rows(sessions_csv(full_case()))
    assert table[5]["phq9"] == "NA"
    assert table[5]["ruptures"] == "NA"
    assert table[7]["ruptures_not_taken_up"] == "0"
    assert table[3]["probable_rupture"] == "FALSE"
    assert table[4]["probable_rupture"] == "TRUE"
    assert rows(sessions_csv(almost_empty_case()))[0]["probable_rupture"] == "NA"


def test_column_names_are_snake_case_and_each_is_there_once() -> None:
    columns = sessions_csv(full_case()).splitlines()[0].split(",")
    assert len(set(columns)) == len(columns)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", column) for column in columns)


@pytest.mark.parametrize(
    "name, column", [("PHQ-9", "phq_9"), ("My own scale!", "my_own_scale"), ("4DSQ", "x_4dsq"), ("–", "measure")]
)
def test_any_name_of_a_measure_becomes_a_name_for_a_column(name: str, column: str) -> None:
    assert snake(name) == column


def test_marks_of_a_session_are_named() -> None:
    table = rows(sessions_csv(full_case()))
    assert table[4]["sudden_gain_after"] == "phq9"
    assert table[3]["alerts"] == "hidden_strain"
    assert table[5]["events"] == "cancelled"
    assert table[3]["ruptures_taken_up_later"] == "1"


def test_the_long_format_has_a_row_a_value_with_direction_and_range() -> None:
    table = rows(values_csv(full_case()))
    first = table[0]
    assert (first["measure"], first["kind"], first["value"]) == ("phq9", "distress", "17.0")
    assert (first["range_low"], first["range_high"], first["higher_is_better"]) == ("0.0", "27.0", "FALSE")
    assert {row["measure"] for row in table} >= {"phq9", "safe", "unsaid", "attunement", "strain", "openness"}


def test_frames_are_typed_and_empty_cases_have_their_columns_too() -> None:
    full, empty = full_case(), almost_empty_case()
    sessions = sessions_frame(full)
    assert sessions.index.name == "session"
    assert pd.api.types.is_datetime64_any_dtype(sessions["date"])
    assert sessions["ruptures"].isna().sum() == 5
    assert list(beliefs_frame(full)["loosened"])[:2] == ["experience", "insight"]
    assert alerts_frame(full)["confidence"].isna().sum() == 1
    assert list(threads_frame(full)["type"]).count("rupture") == 4
    assert len(values_frame(full)) == len(rows(values_csv(full)))
    for frame in (beliefs_frame, alerts_frame, threads_frame, values_frame):
        assert list(frame(empty).columns) == list(frame(full).columns)


@settings(max_examples=25, deadline=None)
@given(cases())
def test_odd_cases_keep_the_shape_of_the_table_and_start_no_formula(findings: CaseFindings) -> None:
    table = list(csv.reader(io.StringIO(sessions_csv(findings))))
    assert {len(row) for row in table} == {len(table[0])}
    assert len(table) == len(findings.case.sessions) + 1
    texts = [row[table[0].index("client")] for row in table[1:]]
    assert not [text for text in texts if text.startswith(("=", "+", "-", "@"))]
    sessions_frame(findings)
