"""Where things go in the picture of a case: lanes from top to bottom, sessions from left to right, all in pixels."""

from __future__ import annotations

from dataclasses import dataclass

from attunement.reports.case.course import Course, Lane, Row
from attunement.reports.case.signs import ROWS

ROOMY = 600  # pixels of width from which titles stand beside the lanes
GUTTER, LEFT, RIGHT = 132, 10, 12
LANES = {
    "distress": 84.0,
    "alliance": 72.0,
    "unsaid": 40.0,
    "attunement": 60.0,
    "strain": 34.0,
    "openness": 34.0,
    "model": 48.0,
}
BOX, GAP, AXIS = 20.0, 24.0, 36.0
LANE_TITLE, ROW_TITLE = 32.0, 18.0  # over lanes and rows, where there is no gutter
MOST_STACKED = 3  # marks of one kind and session that are drawn; the rest is in words


@dataclass(frozen=True)
class Layout:
    """The layout for one width and one case; `gutter` is 0 where titles stand above the lanes.

    `lanes` are the tops of the lanes, in their order; `rows` those of the rows that have marks.
    """

    width: int
    height: float
    gutter: int
    sessions: tuple[int, ...]
    lanes: tuple[float, ...]
    rows: dict[Row, float]
    axis: float

    @property
    def step(self) -> float:
        """Width of one session."""
        return (self.width - self.gutter - LEFT - RIGHT) / max(1, len(self.sessions))

    @property
    def left(self) -> float:
        """Where the first session begins."""
        return self.gutter + LEFT

    @property
    def right(self) -> float:
        """Where the last session ends."""
        return float(self.width - RIGHT)

    def x(self, session: int) -> float:
        """The middle of a session."""
        return self.left + (self.sessions.index(session) + 0.5) * self.step

    def y(self, place: int, lane: Lane, value: float) -> float:
        """The height of a value in the lane at this place; the highest value is on top."""
        return self.lanes[place] + (1 - lane.share(value)) * LANES[lane.family]


def layout_for(course: Course, width: int) -> Layout:
    """Lay lanes and rows out for a picture `width` pixels wide."""
    roomy = width >= ROOMY
    lanes, rows, y = [], {}, 16.0 if roomy else 0.0
    for lane in course.lanes:
        y += 0 if roomy else LANE_TITLE
        lanes.append(y)
        y += LANES[lane.family] + (GAP if roomy else GAP / 2)
    for row in ROWS:
        if marks := course.of(row):
            y += 0 if roomy else ROW_TITLE
            rows[row] = y
            y += BOX * stacked(course, row, {mark.session for mark in marks}) + 8
    return Layout(width, y + AXIS, GUTTER if roomy else 0, course.sessions, tuple(lanes), rows, y)


def stacked(course: Course, row: Row, sessions: set[int]) -> int:
    """How many boxes stand on top of each other in a row, at most."""
    return min(MOST_STACKED, max(len(course.of(row, session)) for session in sessions))
