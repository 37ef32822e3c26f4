from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import stand_in_coder
from attunement.cli import main

SHORT = "Therapist: How was it?\nClient: Fine.\nTherapist: And then?\nClient: We moved on, you know.\n" * 4


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


Attunement = Callable[..., Ran]


@pytest.fixture
def attunement(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Attunement:
    """Runs the program in an empty folder, with a coder that needs no weights."""
    stand_in_coder.use(monkeypatch)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments: str | Path) -> Ran:
        with pytest.raises(SystemExit) as stopped:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ran(int(stopped.value.code or 0), captured.out, captured.err)

    return run


@pytest.fixture
def session(tmp_path: Path) -> Path:
    """A short transcript in the folder where the program runs."""
    path = tmp_path / "monday.txt"
    path.write_text(SHORT, encoding="utf-8")
    return path
