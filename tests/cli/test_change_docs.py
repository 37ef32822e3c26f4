"""The examples of docs/change.md are what the program prints."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from attunement.cli.change import Approach, Method, change
from attunement.measures.change import METHODS

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "change.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"```console\n\$ attunement change (.*?)\n(.*?)```", TEXT, re.DOTALL)

app = typer.Typer(pretty_exceptions_enable=False)
app.command()(change)


def trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


@pytest.mark.parametrize("command, printed", CONSOLE)
def test_each_command_prints_what_the_page_shows(command, printed, monkeypatch):
    monkeypatch.chdir(ROOT)
    shown = CliRunner().invoke(app, shlex.split(command), env={"COLUMNS": "100"})
    assert trimmed(shown.stdout) == trimmed(printed)


def test_there_is_something_to_run():
    assert len(CONSOLE) == 2


def test_the_python_example_prints_what_the_page_shows(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    [(code, printed)] = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", TEXT, re.DOTALL)
    exec(code, {})
    assert trimmed(capsys.readouterr().out) == trimmed(printed)


def test_every_approach_and_method_is_explained():
    for name in [*Approach, *METHODS]:
        assert f"`{name}` |" in TEXT
    assert list(Method) == list(METHODS)


def test_every_option_of_the_tables_exists():
    offered = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "200"}).stdout
    assert {option for option in re.findall(r"--[a-z][a-z-]+", TEXT) if option not in offered} == set()
