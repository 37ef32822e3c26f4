"""One course as lanes of values and rows of marks, for whoever draws it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from attunement.dyad.courses import Courses


@dataclass(frozen=True, slots=True)
class Lane:
    """Values by session, of sessions held only; `low` and `high` are the ends of what is drawn."""

    label: str
    values: tuple[float, ...]
    low: float
    high: float
    higher_is_better: bool
    hue: str

    def share(self, value: float) -> float:
        """Where a value lies, 0 at the foot and 1 at the top."""
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))


def lanes(courses: Courses) -> tuple[Lane, ...]:
    """Safety, strain, old expectation, alliance rating and distress of the one client of these courses."""
    held = int(courses.sessions_attended[0])

    def values(array: np.ndarray) -> tuple[float, ...]:
        return tuple(float(value) for value in array[:held, 0])

    state, reports = courses.state, courses.reports
    return (
        Lane("safety", values(state.safety), 0, 1, True, "attunement"),
        Lane("strain", values(state.strain), 0, 2, False, "strain"),
        Lane("old expectation", values(state.expectation), 0, 1, False, "corrective"),
        Lane("alliance rating", values(reports.rating), 0, 10, True, "repair"),
        Lane("distress (SD)", values(reports.questionnaire), -3, 3, False, "ink"),
    )


def marks(courses: Courses) -> dict[int, tuple[str, ...]]:
    """What happened in which session: `rupture`, `repair`, `failed`, `left`."""
    found: dict[int, tuple[str, ...]] = {}
    counts = courses.counts
    ruptures = counts.withdrawals + counts.confrontations
    rows = {"rupture": ruptures, "failed": counts.failed, "repair": counts.repaired}
    for session in range(int(courses.sessions_attended[0])):
        here = [name for name, row in rows.items() if row[session, 0]]
        if courses.left[session, 0]:
            here.append("left")
        if here:
            found[session + 1] = tuple(here)
    return found
