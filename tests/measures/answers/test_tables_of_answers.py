"""Wide and long tables, as CSV and Excel: what is read, what is refused and where it stands."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from attunement.errors import InputError
from attunement.measures.answers import Scores, load_scores
from attunement.measures.instruments import load_instruments


def load(tmp_path: Path, text: str, **options) -> Scores:
    path = tmp_path / "measures.csv"
    path.write_text(text, encoding="utf-8")
    return load_scores(path, **options)


def values(scores: Scores, instrument: str, subscale: str | None = None) -> list[float | None]:
    return [score.value for score in scores.of(instrument, subscale)]


def refusals(scores: Scores) -> list[str]:
    return [str(each) for each in scores.refused]


CASE = """session,date,phq9,understood,safe,goals,fit,unsaid
1,2026-01-05,18,6,5,6,6,5
2,2026-01-12,17,7,6,6,7,4
3,2026-01-19,,4,3,5,4,8
"""


def test_the_table_of_a_case_just_works(tmp_path):
    scores = load(tmp_path, CASE)
    assert scores.format == "wide"
    assert scores.refused == scores.warnings == ()
    assert scores.clients == (None,)
    assert values(scores, "phq9") == [18, 17]
    assert values(scores, "check_in", "unsaid") == [5, 4, 8]
    assert values(scores, "check_in") == pytest.approx([5.6, 6.4, 3.6])
    first = scores.scores[0]
    assert (first.session, first.date, first.row, first.note) == (1, date(2026, 1, 5), 2, None)


def test_the_frame_has_a_row_a_score(tmp_path):
    frame = load(tmp_path, CASE, client="ada").to_frame()
    assert list(frame.columns) == ["client", "session", "date", "instrument", "subscale", "value", "row", "note"]
    assert len(frame) == 2 + 3 * 6
    assert set(frame["client"]) == {"ada"}
    assert frame.loc[frame["instrument"] == "phq9", "value"].tolist() == [18, 17]


def test_items_are_scored_and_filled_in_as_the_instrument_allows(tmp_path):
    header = ",".join(["session", *(f"phq9_{number}" for number in range(1, 10))])
    scores = load(tmp_path, f"{header}\n1,1,1,1,1,1,1,1,1,1\n2,2,2,2,2,2,2,2,NA,\n3,,,,,,,,,3\n4,,,,,,,,,\n")
    assert values(scores, "phq9") == [9, 18, None]
    assert [score.note for score in scores] == [
        None,
        "2 of 9 items missing, the mean of the others taken for them",
        "8 of 9 items missing; at most 2 may be",
    ]


@pytest.mark.parametrize(
    "column, instrument, subscale, value",
    [
        ("PHQ-9", "phq9", None, 12),
        ("phq9_total", "phq9", None, 12),
        ("PHQ-9 sum score", "phq9", None, 12),
        ("core_om_risk", "core_om", "risk", 12),
        ("CORE-OM R", "core_om", "risk", 12),
        ("dass21 depression", "dass21", "depression", 12),
        ("oq45_sd", "oq45", "symptom_distress", 12),
        ("Safe", "check_in", "safe", 8),
        ("check_in_safe", "check_in", "safe", 8),
    ],
)
def test_columns_are_known_by_many_names(tmp_path, column, instrument, subscale, value):
    scores = load(tmp_path, f"session,{column}\n1,{value}\n")
    assert values(scores, instrument, subscale) == [value]
    assert scores.refused == ()


@pytest.mark.parametrize("column", ["phq9_1", "phq9_01", "PHQ9 item 1", "phq9q1", "phq9.1"])
def test_items_are_known_by_many_names(tmp_path, column):
    (score,) = load(tmp_path, f"session,{column}\n1,3\n")
    assert (score.instrument, score.value, score.note) == ("phq9", None, "8 of 9 items missing; at most 2 may be")


def test_items_named_by_words_may_be_numbered(tmp_path):
    assert values(load(tmp_path, "session,ors_1,ors_2,ors_3,ors_4\n1,5,5.5,6,4\n"), "ors") == [20.5]


def test_what_cannot_be_is_named_with_its_row_and_the_rest_is_kept(tmp_path):
    scores = load(
        tmp_path,
        "session,date,phq9,gad7,mood,phq9_10,phq-9\n"
        "1,2026-01-05,28,7,5,1,2\n"
        "2,2026-01-12,nine,8,5,1,2\n"
        "2,2026-01-13,9,8,5,1,2\n"
        ",,9,8,5,1,2\n"
        "four,2026-01-19,9,8,5,1,2\n"
        "5,2026-02-30,9,8,5,1,2\n"
        "6,2026-02-09,9,8,5,1,2,3\n"
        "7,2026-02-16,9,-3,5,1,2\n",
    )
    assert refusals(scores) == [
        "row 1, column 'mood': not a known instrument, item or score, so left out",
        "row 1, column 'phq9_10': phq9 has no item or subscale of that name",
        "row 1, column 'phq-9': a second column for phq9; the first one is read",
        "row 2, column 'phq9': 28 is outside the range, 0 to 27 (the sum of 9 items)",
        "row 3, column 'phq9': not a number",
        "row 4: gad7 for session 2 stands in row 3 already; the first is kept",
        "row 5: neither a session number nor a date; without one of them a score has no place in the course",
        "row 6, column 'session': not a session number; write 1, 2, 3, …",
        "row 7, column 'date': there is no such day; write dates as 2026-12-31; the row counts by its session",
        "row 8: more cells than the header has; check commas and quotation marks",
        "row 9, column 'gad7': -3 is outside the range, 0 to 21 (the sum of 7 items)",
    ]
    # Session 2's first number was none, so its second is no repeat.
    assert [(score.session, score.date) for score in scores.of("phq9")] == [
        (2, date(2026, 1, 13)),
        (5, None),
        (7, date(2026, 2, 16)),
    ]
    assert values(scores, "gad7") == [7, 8, 8]


def test_a_day_answered_twice_is_kept_once(tmp_path):
    scores = load(tmp_path, "date,phq9\n2026-01-05,9\n2026-01-05,8\n2026-01-06,7\n")
    assert values(scores, "phq9") == [9, 7]
    assert refusals(scores) == ["row 3: phq9 for 2026-01-05 stands in row 2 already; the first is kept"]


def test_a_given_total_that_its_items_contradict_is_refused(tmp_path):
    header = ",".join(["session", "wsas", *(f"wsas_{number}" for number in range(1, 6))])
    scores = load(tmp_path, f"{header}\n1,10,2,2,2,2,2\n2,11,2,2,2,2,2\n3,9,2,2,2,2,\n")
    assert values(scores, "wsas") == [10, 10, 9]  # with an item missing the given total is all there is
    assert refusals(scores) == ["row 3, column 'wsas': 11 is given, but the items make 10, which is kept"]


def test_a_file_that_never_says_when_is_refused_as_a_whole(tmp_path):
    for text in ("phq9\n9\n", "instrument,value\nphq9,9\n"):
        with pytest.raises(InputError, match=r"measures.csv: has neither a column 'session' nor a column 'date'"):
            load(tmp_path, text)


def test_a_file_without_a_known_instrument_is_refused_as_a_whole(tmp_path):
    with pytest.raises(InputError, match="no column is a known instrument; name columns after one of: bdi2, check_in"):
        load(tmp_path, "session,mood\n1,3\n")


@pytest.mark.parametrize("text", ["", "  \n", "session,phq9\n", "session,phq9\n,\n"])
def test_a_file_without_rows_is_refused(tmp_path, text):
    with pytest.raises(InputError, match=r"measures.csv: (the file is empty|a table needs a header)"):
        load(tmp_path, text)


def test_files_that_cannot_be_opened_are_named(tmp_path):
    with pytest.raises(InputError, match=r"none.csv: cannot be read"):
        load_scores(tmp_path / "none.csv")
    with pytest.raises(InputError, match="this is a folder"):
        load_scores(tmp_path)
    with pytest.raises(InputError, match="'spss' is no format of answers; known are long, wide, redcap, fhir"):
        load_scores(tmp_path, format="spss")  # type: ignore[arg-type]


LONG = """client,date,session,instrument,item,value
ada,2026-01-05,1,PHQ-9,,14
ada,2026-01-05,1,wsas,1,2
ada,2026-01-05,1,wsas,2,2
ada,2026-01-05,1,wsas,3,2
ada,2026-01-05,1,wsas,4,2
ada,2026-01-05,1,wsas,wsas_5,2
ben,2026-01-06,1,phq9,total,7
ada,2026-01-12,2,core_om,risk,5
ada,2026-01-12,2,,safe,6
ada,2026-01-12,2,understood,,7
"""


def test_long_tables_are_read(tmp_path):
    scores = load(tmp_path, LONG)
    assert scores.format == "long"
    assert scores.refused == ()
    assert scores.clients == ("ada", "ben")
    assert values(scores, "phq9") == [14, 7]
    assert values(scores, "wsas") == [10]
    assert values(scores, "core_om", "risk") == [5]
    assert values(scores, "check_in", "understood") == [7]
    assert [score.row for score in scores.of("wsas")] == [3]


def test_one_client_can_be_asked_for(tmp_path):
    scores = load(tmp_path, LONG, client="ben")
    assert [(score.client, score.instrument, score.value) for score in scores] == [("ben", "phq9", 7)]
    with pytest.raises(InputError, match="no row of client 'eve'; it holds 2 clients"):
        load(tmp_path, LONG, client="eve")


def test_what_is_wrong_in_a_long_table_is_named(tmp_path):
    scores = load(
        tmp_path,
        "client,session,instrument,item,value\n"
        "ada,1,phq8,,14\n"
        "ada,1,wsas,6,2\n"
        "ada,1,wsas,1,9\n"
        "ada,1,wsas,1,3\n"
        "ada,1,wsas,1,4\n"
        ",1,wsas,2,4\n"
        "ada,1,,,4\n"
        "ada,1,phq9,,a lot\n"
        "ada,1,phq9,,\n",
    )
    assert refusals(scores) == [
        "row 2: 'phq8' is no known instrument; did you mean 'phq9'?",
        "row 3: wsas has no item or subscale of that name",
        "row 4, column 'value': 9 is outside the item's range, 0 to 8",
        "row 6, column 'value': wsas 1 was answered in row 5; the first is kept",
        "row 7, column 'client': the row says no client",
        "row 8: the row says no instrument",
        "row 9, column 'value': not a number",
    ]
    assert [score.note for score in scores] == ["4 of 5 items missing; no rule for missing items is established"]


def test_an_instrument_of_ones_own_is_known_beside_the_catalogue(tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text(
        "- {name: pain, domain: functioning, total: {range: [0, 10], higher_is_better: false}}\n"
        "- {name: phq9, domain: distress, total: {range: [0, 50], higher_is_better: false}}\n",
        encoding="utf-8",
    )
    scores = load(tmp_path, "session,pain,phq9,gad7\n1,7,40,9\n", instruments=load_instruments(own))
    assert [(score.instrument, score.value) for score in scores] == [("pain", 7), ("phq9", 40), ("gad7", 9)]


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_other_separators_and_decimal_commas_are_read(tmp_path, separator):
    text = "Sitzung,Datum,ORS\n1,05.01.2026,20/5\n".replace(",", separator).replace("/", ",")
    (score,) = load(tmp_path, text)
    assert (score.session, score.date, score.value) == (1, date(2026, 1, 5), 20.5)


def test_text_that_is_not_utf8_is_read(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("client,session,phq9\nJosé,1,9\n".encode("cp1252"))
    scores = load_scores(path)
    assert scores.clients == ("José",)
    assert scores.warnings[0].startswith("The file is not in UTF-8; it was read as Windows-1252.")


def test_excel_is_read(tmp_path):
    book = openpyxl.Workbook()
    book.create_sheet("empty", 0)
    sheet = book.active if book.active.title != "empty" else book.worksheets[1]
    for row in [
        [],
        ["session", "date", "phq9", "safe"],
        [1, datetime(2026, 1, 5), 9, 7.5],
        [2.0, "2026-01-12", "8", None],
    ]:
        sheet.append(row)
    path = tmp_path / "a.xlsx"
    book.save(path)
    scores = load_scores(path)
    assert values(scores, "phq9") == [9, 8]
    assert values(scores, "check_in", "safe") == [7.5]
    assert [score.date for score in scores.of("phq9")] == [date(2026, 1, 5), date(2026, 1, 12)]
    assert [score.row for score in scores.of("phq9")] == [3, 4]
    assert scores.warnings == ()
    book.worksheets[0].append(["session", "phq9"])
    book.save(path)
    with pytest.raises(InputError, match="a table needs a header and at least one row"):
        load_scores(path)
    book.worksheets[0].append([1, 3])
    book.save(path)
    assert load_scores(path).warnings == ("Only the first sheet that holds anything was read; 1 more do.",)


def test_scores_come_in_the_order_of_sessions_else_of_dates(tmp_path):
    assert values(load(tmp_path, "session,phq9\n3,1\n1,2\n2,3\n"), "phq9") == [2, 3, 1]
    assert values(load(tmp_path, "date,phq9\n2026-03-01,1\n2026-01-01,2\n"), "phq9") == [2, 1]


@pytest.mark.parametrize(
    "rows, warning",
    [
        ("1,2026-01-12,9,\n2,2026-01-05,8,\n", "Session 2 (row 3) is dated before session 1 (row 2)."),
        ("1,2026-01-12,9,\n2,2026-01-12,8,\n", "Session 2 (row 3) is dated on the same day as session 1 (row 2)."),
        ("1,2026-01-12,9,\n1,2026-01-19,,8\n", "Session 1 has two dates (rows 2 and 3)."),
    ],
)
def test_dates_that_contradict_the_sessions_are_pointed_out(tmp_path, rows, warning):
    scores = load(tmp_path, f"session,date,phq9,gad7\n{rows}")
    assert scores.warnings == (warning,)
    assert len(scores) == 2
    assert scores.refused == ()


def test_scores_that_look_as_if_they_were_not_multiplied_are_pointed_out(tmp_path):
    scores = load(tmp_path, "session,who5\n1,12\n2,16\n3,20\n")
    (warning,) = scores.warnings
    assert warning.startswith("No who5 score is above 25: if they are not yet multiplied by 4")
    assert load(tmp_path, "session,who5\n1,12\n2,16\n3,60\n").warnings == ()
