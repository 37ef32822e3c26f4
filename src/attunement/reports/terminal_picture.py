"""The timeline as lines of text: as many columns as there are, several turns a column in long sessions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.text import Text

from attunement.reports import words
from attunement.reports.palette import TERMINAL
from attunement.reports.timeline import Mark, Span, Timeline, outcome
from attunement.transcripts.session import Session

LABELS = 13  # columns before the picture
LEVELS = (1.0, 0.8, 0.6, 0.4, 0.2, 0.0)  # rows of the attunement line


@dataclass(frozen=True)
class Glyphs:
    """The signs of a picture; a plain set for terminals that know ASCII only."""

    bars: str
    line: str
    band: str
    met: str
    missed: str
    harmed: str
    repair: str
    ends: dict[str, tuple[str, str, str]]


UNICODE = Glyphs(
    bars="▁▂▃▄▅▆▇█",
    line="━",
    band="░",
    met="●",
    missed="○",
    harmed="✕",
    repair="◆",
    ends={"rupture": ("╶", "╌", "╴"), "repair": ("├", "─", "┤"), "corrective": ("╞", "═", "★")},
)
ASCII = Glyphs(
    bars=".:-=+*#@",
    line="-",
    band=":",
    met="@",
    missed="o",
    harmed="x",
    repair="+",
    ends={"rupture": ("<", "~", ">"), "repair": ("[", "-", "]"), "corrective": ("[", "=", "*")},
)


def picture(marks: Timeline, session: Session, *, width: int, ascii_only: bool = False) -> list[Text]:
    """Attunement, strain, repairs and episodes, each line at most `width` columns (60 or more look well)."""
    glyphs = ASCII if ascii_only else UNICODE
    columns = max(10, min(width - LABELS, 3 * marks.length))
    grid = _Grid(marks.length, columns)
    return [
        *_attunement(marks, grid, glyphs),
        Text(),
        _bars("against", marks.strain["confrontation"], grid, glyphs),
        _bars("away", marks.strain["withdrawal"], grid, glyphs),
        _points("repair moves", marks.repairs, grid, glyphs),
        Text(),
        *(_row(kind, [span for span in marks.spans if span.type == kind], grid, glyphs) for kind in glyphs.ends),
        Text(),
        *_axis(session, grid),
    ]


def legend(*, ascii_only: bool = False) -> Text:
    """What the signs of the attunement line mean."""
    glyphs = ASCII if ascii_only else UNICODE
    return Text(
        f"{glyphs.met} met   {glyphs.missed} missed   {glyphs.harmed} may have hurt   "
        f"{glyphs.line} running rate   {glyphs.band} plausible range",
        style="dim",
    )


@dataclass(frozen=True)
class _Grid:
    """Turns to columns, both ways."""

    length: int
    columns: int

    def column(self, turn: int) -> int:
        return min(self.columns - 1, (turn - 1) * self.columns // self.length)

    def span(self, start: int, end: int) -> tuple[int, int]:
        first = self.column(start)
        last = self.columns - 1 if end >= self.length else self.column(end + 1) - 1
        return first, max(first, last)


def _line(label: str, cells: Iterable[tuple[str, str]]) -> Text:
    text = Text(f"{label:>{LABELS - 1}} ", no_wrap=True)
    for sign, style in cells:
        text.append(sign, style=style)
    text.rstrip()
    return text


def _attunement(marks: Timeline, grid: _Grid, glyphs: Glyphs) -> list[Text]:
    if not marks.line:
        return [_line("attunement", [("too few moments for a line", "dim italic")])]
    points = {grid.column(point.turn): point for point in marks.line}
    first = min(points)
    for column in range(first, grid.columns):
        points.setdefault(column, points.get(column - 1, points[first]))
    moments = {(grid.column(m.turn), _level(m.met)): getattr(glyphs, outcome(m)) for m in marks.moments}
    rows = []
    for index in range(len(LEVELS)):
        cells = []
        for column in range(grid.columns):
            point = points.get(column) if column >= first else None
            sign, style = " ", ""
            if point and _level(point.high) <= index <= _level(point.low):
                sign, style = glyphs.band, f"dim {TERMINAL['attunement']}"
            if point and _level(point.rate) == index:
                sign, style = glyphs.line, TERMINAL["attunement"]
            if (column, index) in moments:
                sign, style = moments[column, index], f"bold {TERMINAL['attunement']}"
            cells.append((sign, style))
        label = {0: "100%", 2: "attunement", len(LEVELS) - 1: "0%"}.get(index, "")
        rows.append(_line(label, cells))
    return rows


def _level(share: float) -> int:
    return min(range(len(LEVELS)), key=lambda index: abs(LEVELS[index] - share))


def _bars(label: str, marks: tuple[Mark, ...], grid: _Grid, glyphs: Glyphs) -> Text:
    """A column shows its strongest mark, dimmed when that stayed below its threshold."""
    cells, top = [(" ", "")] * grid.columns, len(glyphs.bars) - 1
    for mark in sorted(marks, key=lambda mark: mark.probability):
        first, last = grid.span(mark.turn, mark.turn)
        cell = (glyphs.bars[round(mark.probability * top)], ("" if mark.decided else "dim ") + TERMINAL["strain"])
        cells[first : last + 1] = [cell] * (last + 1 - first)
    return _line(label, cells)


def _points(label: str, marks: tuple[Mark, ...], grid: _Grid, glyphs: Glyphs) -> Text:
    at = {grid.column(mark.turn) for mark in marks}
    return _line(label, [(glyphs.repair if c in at else " ", TERMINAL["repair"]) for c in range(grid.columns)])


def _row(kind: str, spans: list[Span], grid: _Grid, glyphs: Glyphs) -> Text:
    if not spans:
        return _line(kind, [("none found", "dim italic")])
    left, inside, right = glyphs.ends[kind]
    cells = [" "] * grid.columns
    for span in spans:
        first, last = grid.span(span.start, span.end)
        cells[first : last + 1] = [left, *[inside] * (last - first - 1), right] if last > first else [right]
    colour = TERMINAL["strain" if kind == "rupture" else kind]
    return _line(kind, [(cell, colour) for cell in cells])


def _axis(session: Session, grid: _Grid) -> list[Text]:
    room = 8  # columns a label needs
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 10**9) if grid.columns * s >= room * grid.length)
    turns = sorted({1, *range(step, grid.length + 1, step)})
    starts = [(turn, session.turns[turn - 1].start_s) for turn in turns]
    lines = [_ticks("turn", [(turn, str(turn)) for turn in turns], grid)]
    if any(start is not None for _, start in starts):
        lines.append(_ticks("time", [(turn, words.clock(start)) for turn, start in starts if start is not None], grid))
    return lines


def _ticks(label: str, ticks: list[tuple[int, str]], grid: _Grid) -> Text:
    cells = [" "] * grid.columns
    for turn, tick in ticks:
        column = grid.column(turn)
        if column + len(tick) <= grid.columns and not "".join(cells[max(0, column - 1) : column]).strip():
            cells[column : column + len(tick)] = tick
    return _line(label, [("".join(cells), "dim")])
