"""The beginning of a real reading, between the marks that README.md keeps for it."""

from __future__ import annotations

import re
from io import StringIO

from rich.console import Console

from attunement import read
from attunement.examples import SHOWN, transcripts
from attunement.reports import render_terminal

MARKS = re.compile(r"(<!-- excerpt:begin -->\n).*?(<!-- excerpt:end -->)", re.DOTALL)
WIDTH = 92  # columns
ENDS_BEFORE = "Moments"


def with_excerpt(readme: str) -> str:
    """The README with sentences and timeline of the session that the demo shows."""
    return MARKS.sub(lambda marks: f"{marks[1]}```text\n{_excerpt()}\n```\n{marks[2]}", readme)


def _excerpt() -> str:
    path = next(path for path in transcripts() if path.stem == SHOWN)
    console = Console(file=StringIO(), width=WIDTH, color_system=None)
    with console.capture() as captured:
        render_terminal(read(path).findings, console)
    lines = [line.rstrip() for line in captured.get().splitlines()]
    end = next(place for place, line in enumerate(lines) if line.strip() == ENDS_BEFORE)
    return "\n".join(lines[:end]).strip("\n")
