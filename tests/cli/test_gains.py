"""`attunement gains`: a table of scores in, sudden gains out."""

from __future__ import annotations

import doctest
import json
import re
from pathlib import Path

import pytest

SCORES = """id,s1,s2,s3,s4,s5,s6,s7
7,32,31,33,20,19,21,18
3,30,31,29,30,28,29,31
5,28,27,,,,,
"""
CALL = ("gains", "scores.csv", "--id", "id", "--values", "s1..s7", "--cutoff", "7")


@pytest.fixture
def run(attunement):
    Path("scores.csv").write_text(SCORES, encoding="utf-8")
    return lambda *options: attunement(*CALL, *options)


def rows(ran):
    return json.loads(ran.out)


def test_the_first_line_says_how_many_clients_had_a_gain(run):
    ran = run()
    assert ran.code == 0
    assert ran.out.startswith("1 of 2 clients had a sudden gain; 1 in all. Cannot tell for 1 more")


def test_every_gain_is_listed_with_its_sessions_and_size(run):
    line = next(line for line in run().out.splitlines() if line.strip().startswith("7 "))
    assert line.split() == ["7", "3", "and", "4", "33", "→", "20", "13", "93%", "no"]


def test_the_criteria_are_explained_and_the_reader_is_cautioned(run):
    out = " ".join(run().out.split())
    for word in ("7 points or more", "at least 25%", "pooled standard deviation", "by chance"):
        assert word in out


def test_json_has_one_row_a_client_in_the_order_of_ids(run):
    found = rows(run("--json", "-"))
    assert [row["id"] for row in found] == [3, 5, 7]
    assert list(found[0])[:2] == ["id", "sg_crit1_2to3"]
    assert found[2]["sg_3to4"] == 1
    assert found[2]["sg_crit3_3to4"] is True
    assert found[1]["sg_3to4"] is None


def test_json_goes_to_a_file_and_the_table_to_the_screen(run):
    ran = run("--json", "out.json")
    assert ran.out.startswith("1 of 2 clients")
    assert len(json.loads(Path("out.json").read_text(encoding="utf-8"))) == 3


def test_columns_can_be_listed(attunement, run):
    whole = rows(run("--json", "-"))
    listed = attunement(*CALL[:5], "s1,s2,s3,s4,s5,s6,s7", "--cutoff", "7", "--json", "-")
    assert rows(listed) == whole


@pytest.mark.parametrize("cutoff", ["7", "-7"])
def test_losses_take_a_cutoff_of_either_sign(attunement, run, cutoff):
    found = rows(attunement(*CALL[:6], "--cutoff", cutoff, "--losses", "--json", "-"))
    assert "sl_crit1_2to3" in found[0]
    assert found[0]["sl_crit1_2to3"] is False


def test_from_the_first_session_on_intervals_are_numbered_from_one(run):
    assert "sg_1to2" in rows(run("--from-first", "--json", "-"))[0]


@pytest.mark.parametrize(
    "options, unknown", [(("--no-percent",), "sg_crit2_3to4"), (("--no-criterion-3",), "sg_crit3_3to4")]
)
def test_a_criterion_left_out_is_null(run, options, unknown):
    assert rows(run(*options, "--json", "-"))[2][unknown] is None


def test_no_cutoff_wins_over_a_cutoff(run):
    assert rows(run("--no-cutoff", "--json", "-"))[2]["sg_crit1_3to4"] is None


def test_without_a_cutoff_or_its_absence_nothing_is_found(attunement):
    ran = attunement(*CALL[:6], "--json", "-")
    assert ran.code == 2
    assert "--no-cutoff" in ran.err


def test_the_cutoff_can_be_left_out(attunement, run):
    found = rows(attunement(*CALL[:6], "--no-cutoff", "--json", "-"))
    assert found[2]["sg_crit1_3to4"] is None
    assert found[2]["sg_3to4"] == 1


def test_a_critical_value_needs_no_adjust(run):
    strict = ("--no-adjust", "--critical-value", "99")
    assert rows(run(*strict, "--json", "-"))[2]["sg_3to4"] == 0
    ran = run("--critical-value", "99", "--json", "-")
    assert rows(ran)[2]["sg_3to4"] == 1
    assert "--no-adjust" in ran.err


def test_json_may_have_a_row_a_gain_or_a_row_a_person(run):
    (gain,) = rows(run("--layout", "by-gain", "--measure", "bdi", "--json", "-"))
    assert gain["id_sg"] == "7_sg_3"
    assert gain["sg_bdi_n1"] == 20
    persons = rows(run("--layout", "by-person", "--json", "-"))
    assert [row["sg_crit123"] for row in persons] == [0, 0, 1]


@pytest.mark.parametrize(
    "options, said",
    [
        (("--values", "s1,s2"), "at least 4"),
        (("--values", "s1..s9"), "no column 's8'"),
        (("--values", "s7..s1"), "backwards"),
        (("--values", "s1,s2,s3,s3"), "twice"),
        (("--id", "client"), "no column 'client'"),
        (("--percent", "25"), ".25"),
        (("--cutoff", "-7"), "cut-off"),
        (("--json", "scores.csv", "--overwrite"), "being read"),
    ],
)
def test_wrong_use_is_told_in_one_line(run, options, said):
    ran = run(*options)
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 1
    assert said in ran.err


def test_a_fault_in_the_table_is_told_with_its_row(run):
    Path("scores.csv").write_text(SCORES.replace("27,,", "27,many,"), encoding="utf-8")
    ran = run()
    assert ran.code == 2
    assert "row 4, column 's3'" in ran.err
    assert "many" not in ran.err


def test_nothing_is_overwritten_unasked(run):
    Path("out.json").write_text("mine", encoding="utf-8")
    assert run("--json", "out.json").code == 2
    assert Path("out.json").read_text(encoding="utf-8") == "mine"


DOCS = (Path(__file__).parents[2] / "docs" / "gains.md").read_text(encoding="utf-8")


@pytest.fixture
def invented(attunement):
    """The table of the documentation in the folder where the program runs."""
    (table,) = re.findall(r"```text scores.csv\n(.*?)```", DOCS, re.DOTALL)
    Path("scores.csv").write_text(table, encoding="utf-8")


@pytest.mark.parametrize("block", re.findall(r"```console\n(.*?)```", DOCS, re.DOTALL))
def test_the_commands_of_the_documentation_print_what_stands_there(attunement, invented, block):
    command, *shown = block.rstrip().splitlines()
    ran = attunement(*command.removeprefix("$ attunement ").split())
    assert ran.code == 0
    assert [line.rstrip() for line in ran.out.splitlines()][: len(shown)] == shown


def test_the_python_examples_of_the_documentation_give_what_stands_there(invented):
    blocks = "\n".join(re.findall(r"```python\n(.*?)```", DOCS, re.DOTALL))
    example = doctest.DocTestParser().get_doctest(blocks, {}, "gains.md", None, 0)
    assert doctest.DocTestRunner().run(example).failed == 0


def test_every_option_of_the_documentation_exists(attunement):
    known = set(re.findall(r"--[\w-]+", attunement("gains", "--help").out))
    assert set(re.findall(r"--[a-z][\w-]+", DOCS)) - {"--help"} <= known
