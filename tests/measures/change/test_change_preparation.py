"""Rows in, clients with two scores or with a course out; what is not used is named."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from invented_change import long

from attunement.errors import InputError
from attunement.measures.change import LeftOut, prepare, prepare_repeated
from attunement.measures.change.table import read_table

COLUMNS = {"id": "client", "time": "time", "outcome": "score"}


def table(*rows: tuple[object, object, object]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["client", "time", "score"])


THREE = [(1, 1, 5), (1, 2, 3), (2, 1, 6), (2, 2, 4), (3, 1, 7), (3, 2, 8)]


def test_two_numbers_are_taken_in_their_order_and_clients_sorted():
    prepared = prepare(table(*THREE[::-1]), **COLUMNS)
    assert prepared.clients.to_dict("list") == {
        "id": [1, 2, 3],
        "pre": [5, 6, 7],
        "post": [3, 4, 8],
        "change": [-2, -2, 1],
    }
    assert (prepared.pre, prepared.post) == (1, 2)


def test_names_of_times_need_to_be_said_or_go_by_the_alphabet():
    scores = long([1, 2, 3], [4, 5, 6])
    assert prepare(scores, **COLUMNS).pre == "after"
    assert prepare(scores, **COLUMNS, pre="before").clients["change"].tolist() == [3, 3, 3]


def test_of_many_times_two_must_be_chosen():
    rows = [*THREE, (1, 3, 1)]
    with pytest.raises(InputError, match="3 different values"):
        prepare(table(*rows), **COLUMNS)
    assert prepare(table(*rows), **COLUMNS, pre="1", post="2").clients["post"].tolist() == [3, 4, 8]


def test_text_is_sorted_letter_by_letter():
    rows = [(f"c{client}", time, score) for client, time, score in [*THREE, (10, 1, 1), (10, 2, 1)]]
    assert prepare(table(*rows), **COLUMNS).clients["id"].tolist() == ["c1", "c10", "c2", "c3"]


def test_who_lacks_a_score_is_left_out_and_named():
    prepared = prepare(table(*THREE, (4, 1, 9), (5, 1, None), (5, 2, 1), (None, 1, 3), (6, None, 3)), **COLUMNS)
    assert prepared.clients["id"].tolist() == [1, 2, 3]
    assert set(prepared.left_out) == {
        LeftOut("no score at time 2", client=4),
        LeftOut("no score at time 1", client=5),
        LeftOut("no client", row=11),
        LeftOut("no time", row=12),
    }


def test_a_client_in_two_groups_or_none_is_left_out():
    data = long([1, 2, 3, 4, 5], [4, 5, 6, 7, 8]).assign(group=["a", "b", "a", "a", None, "a", "b", "a", "b", "a"])
    prepared = prepare(data, **COLUMNS, group="group", pre="before")
    assert prepared.clients["group"].tolist() == ["a", "b", "a"]
    assert {(one.client, one.reason) for one in prepared.left_out} == {(4, "in two groups"), (5, "no group")}


@pytest.mark.parametrize(
    "rows, options, message",
    [
        ([(1, 1, 5), (1, 1, 4), *THREE[1:]], {}, "rows 2 and 3: the same client and time twice"),
        ([*THREE, (4, 1, "many"), (4, 2, 1)], {}, "row 8: score is not a number"),
        ([*THREE, (4, 1, float("inf")), (4, 2, 1)], {}, "row 8: score is not a number"),
        (THREE[:4], {}, "2 clients have score at time 1 and at 2"),
        ([(client, time, None) for client, time, _ in THREE], {}, "0 clients have"),
        (THREE, {"pre": 1, "post": 9}, "time is never 9; it is 1, 2"),
        (THREE, {"pre": "start", "post": 2}, "time is never start"),
        (THREE, {"pre": 2, "post": 1}, "lies after"),
        (THREE, {"pre": 2, "post": 2}, "same time"),
        ([row for row in THREE if row[1] == 1], {}, "1 different values"),
        (THREE, {"outcome": "bdi"}, "no column 'bdi' for outcome"),
        (THREE, {"time": "session"}, "no column 'session' for time"),
        (THREE, {"group": "arm"}, "no column 'arm' for group"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_line(rows, options, message):
    with pytest.raises(InputError, match=message) as refused:
        prepare(table(*rows), **{**COLUMNS, **options})
    assert "\n" not in str(refused.value)


def test_a_course_needs_three_scores_and_names_who_has_fewer():
    rows = [(client, time, client + time) for client in (1, 2, 10) for time in (3, 1, 2)]
    prepared = prepare_repeated(table(*rows, (4, 1, 1), (4, 2, None)), **COLUMNS)
    assert prepared.clients.to_dict("list") == {
        "id": ["1", "10", "2"],
        "n": [3, 3, 3],
        "pre": [2, 11, 3],
        "post": [4, 13, 5],
    }
    assert prepared.measurements["client"].tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert {one.reason for one in prepared.left_out} == {"no score", "fewer than 3 scores of score"}


def test_a_course_needs_times_in_numbers():
    with pytest.raises(InputError, match="must be a number"):
        prepare_repeated(long([1, 2, 3], [4, 5, 6]), **COLUMNS)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_tables_may_have_quotes_blanks_and_words_for_nothing(tmp_path, separator):
    lines = ['"client", time ,score', "1,pre,NA", '1,"post", 5', "", "2,pre,3.5", "2,post,", "007,pre,."]
    path = tmp_path / "scores.csv"
    path.write_text("\n".join(lines).replace(",", separator), encoding="utf-8")
    found = read_table(path)
    assert found.columns.tolist() == ["client", "time", "score"]
    assert found["client"].tolist()[0] == "1"  # 007 makes them names
    assert found["score"].tolist()[1] == 5
    assert np.isnan(found["score"].iloc[0])


def test_a_comma_may_be_decimal_where_semicolons_separate(tmp_path):
    path = tmp_path / "scores.csv"
    path.write_text("client;score\n1;7,5\n2;8\n", encoding="cp1252")
    assert read_table(path)["score"].tolist() == [7.5, 8]


@pytest.mark.parametrize(
    "content, message",
    [
        (b"", "no header"),
        (b"a,a\n1,2\n", "two columns called a"),
        (b"a,b\n1,2\n1,2,3\n", "row 3 has 3 cells under 2 names"),
        (b"PK\0\0", "not a CSV"),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path, content, message):
    path = tmp_path / "scores.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=message):
        read_table(path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_table(tmp_path / "none.csv")
