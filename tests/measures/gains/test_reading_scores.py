"""A table of scores is read whole or refused with the place of the fault."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.errors import InputError
from attunement.measures.gains import read_scores

NAMES = ["s1", "s2"]


@pytest.fixture
def table(tmp_path):
    def write(text, encoding="utf-8"):
        path = tmp_path / "scores.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return write


def test_clients_come_in_the_order_of_their_ids(table):
    data = read_scores(table("id,s1,s2\n10,1,2\n9,3,4\n"), id_name="id", names=NAMES)
    assert data["id"].tolist() == [9, 10]
    assert data["s1"].tolist() == [3, 1]


def test_ids_that_are_no_numbers_are_sorted_as_text(table):
    data = read_scores(table("id,s1,s2\nb,1,2\n10,3,4\n9,5,6\n"), id_name="id", names=NAMES)
    assert data["id"].tolist() == ["10", "9", "b"]


def test_empty_cells_and_na_are_missing(table):
    data = read_scores(table("id,s1,s2\n1,,NA\n2,.,nan\n"), id_name="id", names=NAMES)
    assert data[NAMES].isna().all(axis=None)


@pytest.mark.parametrize("text", ["id;s1;s2\n1;2,5;3\n", "id\ts1\ts2\n1\tx\t3\n"])
def test_a_cell_that_is_no_number_is_named_with_its_row(table, text):
    with pytest.raises(InputError, match="row 2, column 's1'"):
        read_scores(table(text), id_name="id", names=NAMES)


def test_other_columns_are_kept(table):
    data = read_scores(table('id,s1,s2,note,n\n1,2,3,"a, b",4\n2,2,3,,5\n'), id_name="id", names=NAMES)
    assert data["note"][0] == "a, b"
    assert data["note"].isna().tolist() == [False, True]
    assert data["n"].tolist() == [4, 5]


def test_a_row_without_anything_in_it_is_passed_over_but_counted(table):
    with pytest.raises(InputError, match="row 4"):
        read_scores(table("id,s1,s2\n1,2,3\n,,\n2,x,3\n"), id_name="id", names=NAMES)


@pytest.mark.parametrize(
    "text, said",
    [
        ("id,s1\n1,2\n", "no column 's2'"),
        ("id,s1,s2,s2\n1,2,3,4\n", "more than once"),
        ("id,s1,s2\n1,2,3\n1,2,3\n", "row 3 has the same 'id' as row 2"),
        ("id,s1,s2\n,2,3\n", "row 2 has no 'id'"),
        ("id,s1,s2\n1,2\n", "row 2 has 2 cells"),
        ("id,s1,s2\n1,inf,2\n", "not a number"),
        ("id,s1,s2\n", "no row"),
        ("", "no row"),
        ('id,s1,s2\n"1,2,3\n', "not a CSV"),
    ],
)
def test_a_faulty_table_is_refused(table, text, said):
    with pytest.raises(InputError, match=said):
        read_scores(table(text), id_name="id", names=NAMES)


def test_a_file_in_another_encoding_is_refused(table):
    with pytest.raises(InputError, match="UTF-8"):
        read_scores(table("id,s1,s2,größe\n1,2,3,4\n", "latin-1"), id_name="id", names=NAMES)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        read_scores(tmp_path / "none.csv", id_name="id", names=NAMES)


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.none() | st.integers(0, 99)), min_size=1, max_size=20))
def test_numbers_come_back_as_they_were_written(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("scores") / "scores.csv"
    lines = [f"{n},{one!r},{'' if other is None else other}" for n, (one, other) in enumerate(rows)]
    path.write_text("id,s1,s2\n" + "\n".join(lines), encoding="utf-8")
    data = read_scores(path, id_name="id", names=NAMES)
    assert data["s1"].tolist() == [one for one, _ in rows]
    assert [None if math.isnan(value) else value for value in data["s2"]] == [other for _, other in rows]
