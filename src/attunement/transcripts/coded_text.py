"""The project's own text format for coded sessions: `T:` and `C:` lines with codes in braces.

    # id: ines-02
    T: So, how's the week been? {question_open}
    C: Oh, fine. Busy. You know. {minimal_response, exp=0}
    ## rupture 12-21 kind=withdrawal cause=misunderstanding

This module only takes the lines apart; what the marks in braces mean is for `evaluation` to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

TURN_LINE = re.compile(r"^([TC]):\s*(.*?)\s*(?:\{([^{}]*)\})?\s*$")
HEADER_LINE = re.compile(r"^#\s*([A-Za-z]\w*)\s*:\s*(.*)$")
EPISODE_LINE = re.compile(r"^##\s*(\w+)\s+(\d+)\s*-\s*(\d+)\s*(.*)$")


@dataclass(frozen=True, slots=True)
class MarkedTurn:
    """One turn with its marks as written, in the order of the braces; `line` counts from 1."""

    letter: str
    text: str
    marks: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """One `##` line: a type, first and last turn, and its `key=value` attributes."""

    type: str
    start: int
    end: int
    attributes: dict[str, str]
    line: int


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A coded file taken apart; `unread` are the numbers of lines that fit no part of the format."""

    header: dict[str, str]
    turns: tuple[MarkedTurn, ...]
    spans: tuple[MarkedSpan, ...]
    unread: tuple[int, ...]


def _marks(braces: str | None) -> tuple[str, ...]:
    # `emp=0,1,2` is one mark although commas part the marks.
    parts: list[str] = []
    for part in (piece.strip() for piece in re.split(r"[,;]", braces or "")):
        if re.fullmatch(r"[012]", part) and parts and parts[-1].startswith("emp="):
            parts[-1] += f",{part}"
        elif part:
            parts.append(re.sub(r"\s*=\s*", "=", part))
    return tuple(parts)


def take_apart(text: str) -> MarkedText:
    """Split a coded file into header, turns and spans; lines that fit nowhere are reported in `unread`."""
    header: dict[str, str] = {}
    turns: list[MarkedTurn] = []
    spans: list[MarkedSpan] = []
    unread: list[int] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line:
            continue
        if match := EPISODE_LINE.match(line):
            pairs = (pair.split("=", 1) for pair in match[4].split() if "=" in pair)
            spans.append(MarkedSpan(match[1], int(match[2]), int(match[3]), dict(pairs), number))
        elif match := HEADER_LINE.match(line):
            header[match[1]] = match[2].strip()
        elif match := TURN_LINE.match(line):
            turns.append(MarkedTurn(match[1], match[2], _marks(match[3]), number))
        else:
            unread.append(number)
    return MarkedText(header, tuple(turns), tuple(spans), tuple(unread))
