"""`attunement change`: what it prints, what it writes, how it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from attunement.cli.change import change
from attunement.errors import InputError

EXAMPLE = Path(__file__).parents[2] / "docs" / "change-example.csv"
COLUMNS = ["--id", "client", "--time", "time", "--outcome", "distress"]
TIMES = ["--pre", "1", "--post", "4"]
CUT = ["--functional-mean", "10", "--functional-sd", "6", "--cutoff-type", "c"]

app = typer.Typer(pretty_exceptions_enable=False)
app.command()(change)


def run(*arguments, table=EXAMPLE, columns=COLUMNS, env=None):
    """Run the command; what it refuses is raised."""
    result = CliRunner().invoke(app, [str(table), *columns, *map(str, arguments)], env={"COLUMNS": "120"})
    if isinstance(result.exception, InputError):
        raise result.exception
    return result


def parts(*arguments, **more):
    return json.loads(run(*arguments, "--json", "-", **more).stdout)


@pytest.mark.parametrize("method", ["JT", "GLN", "HLL", "EN", "NK", "HA", "ha"])
def test_every_method_of_two_scores_writes_its_clients(method):
    found = parts(*TIMES, "--method", method, "--reliability", ".85")
    assert len(found["augmented"]) == 22
    assert [row["category"] for row in found["summary"]] == ["Improved", "Unchanged", "Deteriorated"]
    assert found["cutoff"] == []


def test_courses_need_neither_times_nor_reliability():
    found = parts("--method", "HLM")
    assert [row["id"] for row in found["augmented"][:3]] == ["1", "10", "11"]
    with_times = run(*TIMES, "--method", "HLM", "--json", "-")
    assert "--pre and --post are not used" in with_times.stderr


@pytest.mark.parametrize(
    "approach, options, categories",
    [
        ("statistical", CUT, 3),
        ("combined", ["--reliability", ".85", *CUT], 5),
        ("combined", ["--mid-improvement", "6", *CUT], 5),
        ("percentage", ["--percent-improvement", ".5", "--percent-deterioration", ".3"], 3),
        ("anchor", ["--mid-improvement", "6", "--mid-deterioration", "4"], 3),
    ],
)
def test_every_approach_counts_its_categories(approach, options, categories):
    found = parts(*TIMES, "--approach", approach, *options)
    assert len(found["summary"]) == categories
    assert sum(row["n"] for row in found["summary"]) == 22
    assert bool(found["cutoff"]) == ("--cutoff-type" in options)


def test_groups_are_counted_apart():
    found = parts(*TIMES, "--approach", "anchor", "--mid-improvement", "6", "--group", "group")
    assert [row["group"] for row in found["summary"]] == ["usual care"] * 3 + ["with feedback"] * 3
    assert list(found["summary"][0]) == ["group", "category", "n", "percent", "percent_by_group"]
    assert list(found["augmented"][0])[:3] == ["id", "group", "pre"]


def test_groups_as_a_whole_have_intervals():
    anchor = ["--approach", "anchor", "--mid-improvement", "6", "--target", "group", "--group", "group"]
    within = parts(*TIMES, *anchor)
    assert within["augmented"] == []
    assert [row["group"] for row in within["summary"]] == ["usual care", "with feedback"]
    between = parts("--post", "4", *anchor, "--effect", "between", "--reference-group", "with feedback")
    assert [row["comparison"] for row in between["summary"]] == ["usual care"]
    assert "groups at 4" in run("--post", "4", *anchor, "--effect", "between").stdout


def test_the_screen_says_what_the_counts_mean_and_what_not():
    shown = run(*TIMES, "--approach", "combined", "--method", "HA", "--reliability", ".85", *CUT)
    words = " ".join(shown.stdout.split())
    for phrase in (
        "Change in distress, from 1 to 4: 22 clients",
        "better, and crossed the cut-off",
        "estimate for clients as a group",
        "and 17 more; --json writes them all",
        "Hageman–Arrindell",
        "Cut-off c, by true scores: ",
        "Lower scores are better.",
        "about measurement error",
        "no diagnosis and no cure",
    ):
        assert phrase in words
    assert "Left out, no distress at time 4: clients 7, 15." in shown.stderr


def test_methods_that_compare_clients_with_each_other_say_so():
    words = " ".join(run("--method", "HLM").stdout.split())
    assert "less than the average client" in words
    assert "can be called deteriorated" in words


def test_times_that_were_guessed_are_said(tmp_path):
    path = tmp_path / "two.csv"
    two = "client,time,distress\n" + "".join(f"{n},{time},{n}\n" for n in range(3) for time in ("pre", "post"))
    path.write_text(two, encoding="utf-8")
    shown = run("--approach", "anchor", "--mid-improvement", "6", table=path)
    assert "Taken from post to pre; say --pre and --post" in shown.stderr


def test_json_goes_to_a_file_and_the_screen_still_shows(tmp_path):
    target = tmp_path / "out.json"
    shown = run(*TIMES, "--reliability", ".85", "--json", target)
    assert "Change in distress" in shown.stdout
    assert len(json.loads(target.read_text(encoding="utf-8"))["augmented"]) == 22


def test_nothing_is_overwritten_unasked(tmp_path):
    target = tmp_path / "notes.txt"
    target.write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="--overwrite"):
        run(*TIMES, "--reliability", ".85", "--json", target)
    assert target.read_text(encoding="utf-8") == "mine"
    run(*TIMES, "--reliability", ".85", "--json", target, "--overwrite")
    assert "augmented" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments, message",
    [
        ([*TIMES], "the reliability of the instrument is needed"),
        ([*TIMES, "--reliability", "1.2"], "between 0 and 1"),
        (["--reliability", ".8"], "say which is before"),
        (["--pre", "1", "--post", "9", "--reliability", ".8"], "time is never 9"),
        ([*TIMES, "--approach", "percentage"], "needs --percent-improvement"),
        ([*TIMES, "--approach", "anchor"], "needs --mid-improvement"),
        ([*TIMES, "--approach", "statistical", "--method", "EN"], "JT or HA"),
        ([*TIMES, "--approach", "statistical", "--cutoff-type", "b"], "needs mean and standard deviation"),
        ([*TIMES, "--group", "arm", "--reliability", ".8"], "no column 'arm'"),
        (["--approach", "anchor", "--mid-improvement", "6", "--target", "group", "--effect", "between"], "--group and"),
    ],
)
def test_wrong_use_is_refused_in_one_line_that_names_the_file(arguments, message):
    with pytest.raises(InputError, match=message) as refused:
        run(*arguments)
    assert str(refused.value).startswith(str(EXAMPLE))
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there_is_said_once():
    with pytest.raises(InputError, match=r"^none\.csv: there is no such file\.$"):
        run(*TIMES, "--reliability", ".8", table="none.csv")


def test_an_option_that_is_not_among_those_offered_is_wrong_use():
    assert run(*TIMES, "--method", "XY").exit_code == 2
