"""A published fact and the simulated studies that it is looked for in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from attunement.dyad.courses import Courses


class Arms(NamedTuple):
    """The same people under the conditions that the facts speak of."""

    usual: Courses
    feedback: Courses
    support: Courses
    training: Courses


Interval = Literal["95 % interval", "range of studies", "direction"]
Measure = Callable[[Arms], float | None]


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of the published table.

    Args:
        name: for the JSON and the reports of calibration.
        says: what was found, in plain words.
        value: the published figure; None where only a direction is published.
        low: the lower end of what is published; -inf where there is none.
        high: the upper end; inf where there is none.
        interval: what `low` and `high` are.
        source: authors, year, journal.
        measured: how it is computed on simulated therapies.
        measure: that computation; None where it cannot be told.
        note: how the interval was obtained where the source gives none.
    """

    name: str
    says: str
    value: float | None
    low: float
    high: float
    interval: Interval
    source: str
    measured: str
    measure: Measure
    note: str = ""

    def holds(self, value: float | None) -> bool | None:
        """Whether a figure lies within what is published; None when there is none."""
        return None if value is None else self.low <= value <= self.high
