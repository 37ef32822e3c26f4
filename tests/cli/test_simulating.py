"""`attunement simulate` and `dyad what-if`: files that the other commands read, and clear words otherwise."""

from __future__ import annotations

import csv
import json
import subprocess
import sys

import pytest

pytest.importorskip("jax")

SMALL = ("--sessions", "6", "--exchanges", "12")


def rows(path):
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def clinic(tmp_path_factory):
    """A small trial, written once."""
    from attunement.simulating import simulate

    folder = tmp_path_factory.mktemp("simulated") / "trial"
    simulate(24, conditions=("usual", "training"), clients_each=4, sessions=6, exchanges=12).write(folder, folders=True)
    return folder


def test_a_clinic_is_written_with_its_truth_apart(attunement, tmp_path):
    ran = attunement("simulate", "clinic", "--clients", "12", *SMALL, "--seed", "4")
    assert ran.code == 0, ran.err
    assert "12 clients" in ran.out
    assert "Written: clinic" in ran.err
    written = {path.relative_to(tmp_path / "clinic").as_posix() for path in (tmp_path / "clinic").rglob("*.*")}
    assert written == {
        "measures.csv",
        "study/outcomes.csv",
        "truth/clients.csv",
        "truth/sessions.csv",
        "truth/ruptures.csv",
        "truth/simulation.json",
    }
    recipe = json.loads((tmp_path / "clinic" / "truth" / "simulation.json").read_text())
    assert recipe["seed"] == 4
    assert "no line describes a person" in recipe["note"]
    assert len(rows(tmp_path / "clinic" / "truth" / "clients.csv")) == 12


def test_a_simulated_client_can_be_followed(attunement, clinic):
    ran = attunement("follow", clinic / "c01")
    assert ran.code == 0, ran.err
    assert "c01" in ran.out


def test_the_arms_can_be_compared(attunement, clinic):
    ran = attunement(
        *("change", clinic / "study" / "outcomes.csv", "--id", "client", "--time", "time", "--outcome", "core10"),
        *("--pre", "before", "--post", "after", "--reliability", ".9", "--group", "condition"),
    )
    assert ran.code == 0, ran.err
    assert "training" in ran.out


def test_quiet_is_quiet_and_settings_are_taken(attunement, tmp_path):
    ran = attunement("simulate", "clinic", "--clients", "4", *SMALL, "--set", "learn=0.05", "-q")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    recipe = json.loads((tmp_path / "clinic" / "truth" / "simulation.json").read_text())
    assert recipe["parameters"]["learn"] == 0.05


@pytest.mark.parametrize(
    "wrong, said",
    [
        (("--clients", "0"), "1 to 50,000 clients"),
        (("--condition", "usal"), "conditions are usual"),
        (("--condition", "usual", "--condition", "training", "--clients", "8"), "among 1 therapist"),
        (("--set", "learn"), "such as learn=0.05"),
        (("--set", "lern=0.1"), "did you mean 'learn'"),
        (("--set", "learn=nan"), "lies between"),
        (("--set", "learn=7"), "lies between"),
        (("--missing", "1.5"), "from 0 to below 1"),
        (("--questionnaire", "srs"), "asks about the alliance"),
        (("--sessions", "0"), "at least one session"),
        (("--exchanges", "0"), "exchanges"),
        (("--seed", "-1"), "whole number from 0"),
    ],
)
def test_what_cannot_be_simulated_is_said_in_one_line(attunement, tmp_path, wrong, said):
    ran = attunement("simulate", "clinic", *wrong)
    assert ran.code == 2
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert not (tmp_path / "clinic").exists()


def test_what_is_there_is_kept_before_anything_is_simulated(attunement, tmp_path):
    (tmp_path / "clinic").mkdir()
    (tmp_path / "clinic" / "measures.csv").write_text("mine")
    ran = attunement("simulate", "clinic")
    assert ran.code == 2
    assert "--overwrite" in ran.err
    assert (tmp_path / "clinic" / "measures.csv").read_text() == "mine"
    (tmp_path / "file").write_text("mine")
    assert attunement("simulate", "file").code == 2


@pytest.mark.slow
def test_a_what_if_is_told_and_drawn(attunement, tmp_path):
    ran = attunement("dyad", "what-if", "--session", "3", *SMALL, "--html", "story.html")
    assert ran.code == 0, ran.err
    assert "made-up client" in ran.out
    assert "forecasts nothing" in (tmp_path / "story.html").read_text()


@pytest.mark.parametrize(
    "wrong, said",
    [
        (("--html", "story.docx"), "end the name in"),
        (("--client", "0"), "numbered from 1"),
        (("--session", "1"), "between 2 and"),
        (("--seed", "-1"), "whole number"),
    ],
)
def test_a_what_if_that_cannot_be_told_is_refused(attunement, wrong, said):
    ran = attunement("dyad", "what-if", *wrong)
    assert ran.code == 2
    assert said in ran.err


def test_help_does_not_load_the_model():
    program = (
        "import sys\n"
        "import attunement.cli.simulate, attunement.cli.power, attunement.cli.what_if, attunement.simulating\n"
        "sys.exit(any(name in sys.modules for name in ('jax', 'pandas', 'altair', 'attunement.dyad')))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_without_jax_one_line_says_how_to_get_it(attunement, monkeypatch):
    for name in [name for name in sys.modules if name.startswith("attunement.dyad")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr("importlib.util.find_spec", lambda name, package=None: None)
    for command in (("simulate", "clinic"), ("power", "training"), ("dyad", "what-if")):
        ran = attunement(*command)
        assert ran.code == 2
        assert "pip install 'attunement[dyad]'" in ran.err
        assert ran.err.count("\n") == 1
