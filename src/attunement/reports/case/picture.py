"""The time line of a case as lines of text: a column a session, a row a lane, a row a kind of mark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.text import Text

from attunement.case.findings import Point
from attunement.reports.case import wording
from attunement.reports.case.course import Course, Lane
from attunement.reports.case.signs import ROWS, SIGNS, SIGNS_ASCII, legend
from attunement.reports.palette import TERMINAL

LABELS = 17  # columns before the picture
WIDEST_COLUMN = 7
SHARES = ("attunement", "strain", "openness")
BARS, BARS_ASCII = "▁▂▃▄▅▆▇█", ".:-=+*#@"
HUE = {"distress": "", "alliance": "repair", "unsaid": "strain", "strain": "strain", "openness": "corrective"}


@dataclass(frozen=True)
class _Grid:
    sessions: tuple[int, ...]
    column: int
    ascii_only: bool

    def cells(self, at: dict[int, str]) -> str:
        return "".join(
            f"{at.get(session, '')[: self.column - (self.column > 1)]:<{self.column}}" for session in self.sessions
        )


def picture(course: Course, *, width: int, ascii_only: bool = False) -> list[Text]:
    """Lanes, marks and their legend, each line at most `width` columns; in long therapies the latest sessions only."""
    if not (course.lanes or course.marks):
        return [Text("There is nothing to draw yet.")]
    room = max(10, width - LABELS)
    sessions = course.sessions[-room:]
    grid = _Grid(sessions, max(1, min(WIDEST_COLUMN, room // max(1, len(sessions)))), ascii_only)
    lines = [*_lanes(course, grid), *_marks(course, grid), _axis(grid)]
    if len(sessions) < len(course.sessions):
        lines.append(_line("", f"the latest {len(sessions)} of {len(course.sessions)} sessions", "dim italic"))
    return [*lines, Text(), *_legend(course, grid)]


def sparkline(strength: tuple[Point, ...], *, ascii_only: bool = False) -> Text:
    """How strongly something shows, session by session: `session 2 ▅  4 ▂  5 █`."""
    signs = BARS_ASCII if ascii_only else BARS
    text = Text("shows in session", style="dim")
    for point in strength:
        text.append(f" {point.session} ")
        text.append(signs[round(min(1.0, max(0.0, point.value)) * (len(signs) - 1))], style=TERMINAL["corrective"])
        text.append(" ")
    return text


def _line(label: str, cells: str, style: str) -> Text:
    text = Text(f"{label[: LABELS - 1]:>{LABELS - 1}} ", no_wrap=True)
    text.append(cells, style=style)
    text.rstrip()
    return text


def _lanes(course: Course, grid: _Grid) -> Iterator[Text]:
    signs = BARS_ASCII if grid.ascii_only else BARS
    for lane in course.lanes:
        values = {point.session: _value(lane, point.value) for point in lane.points}
        longest = max(map(len, values.values()), default=0)
        # All of a lane or none: a value cut short would be another value.
        gap = " " if longest + 2 < grid.column else ""
        shown = values if longest + 1 < grid.column else {}
        at = {
            point.session: signs[round(lane.share(point.value) * (len(signs) - 1))] + gap + shown.get(point.session, "")
            for point in lane.points
        }
        yield _line(lane.label, grid.cells(at), TERMINAL.get(HUE.get(lane.family, "attunement"), ""))


def _value(lane: Lane, value: float) -> str:
    return f"{value:.0%}" if lane.family in SHARES else wording.number(value)


def _marks(course: Course, grid: _Grid) -> Iterator[Text]:
    signs = SIGNS_ASCII if grid.ascii_only else SIGNS
    for row, (label, hue) in ROWS.items():
        at: dict[int, str] = {}
        for mark in course.of(row):
            at[mark.session] = at.get(mark.session, "") + signs[mark.sign]
        if at:
            yield _line(label, grid.cells(at), f"bold {TERMINAL[hue]}")


def _axis(grid: _Grid) -> Text:
    step = next(s for s in (1, 2, 5, 10, 20, 50, 10**9) if grid.column * s >= 4)
    shown = {session: str(session) for place, session in enumerate(grid.sessions) if place % step == 0}
    cells = [" "] * (grid.column * len(grid.sessions))
    for place, session in enumerate(grid.sessions):
        text = shown.get(session, "")
        start = place * grid.column
        if start + len(text) <= len(cells):
            cells[start : start + len(text)] = text
    return _line("session", "".join(cells), "dim")


def _legend(course: Course, grid: _Grid) -> Iterator[Text]:
    """Only what occurs, a line a row of marks."""
    scales = [_scale(lane) for lane in course.lanes if lane.family not in SHARES]
    if scales:
        yield Text("   ".join(scales), style="dim")
    if shares := [lane.label for lane in course.lanes if lane.family in SHARES]:
        yield Text(f"{', '.join(shares)}: shares, as read from the words", style="dim")
    for title, meanings in legend(course, ascii_only=grid.ascii_only):
        yield Text(f"{title}: " + "   ".join(f"{sign} {meaning}" for sign, meaning in meanings), style="dim")


def _scale(lane: Lane) -> str:
    low, high = (wording.number(bound) for bound in lane.range)
    return f"{lane.label}: {low} to {high}, {'higher' if lane.higher_is_better else 'lower'} is better"
