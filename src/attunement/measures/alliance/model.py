"""What is found in the post-session ratings of one client, and what it is called.

Everything here is *probable*: a dip in a rating given after the session is a known but unreliable sign of a rupture in
it. Ruptures happen without a dip (a client who withdraws may rate politely), and dips happen without a rupture.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Criterion = Literal[
    "1 SD below last",
    "2 SD below last",
    "1 SD below mean",
    "2 SD below mean",
    "Shewhart chart",
    "Tukey chart",
    "partition",
]
Method = Literal["criterion", "control chart", "partition"]
Shape = Literal["V", "decline then recovery", "unrepaired"]
CourseShape = Literal["stable", "growth", "decline", "U", "inverted U"]

_METHOD_OF: dict[Criterion, Method] = {
    "1 SD below last": "criterion",
    "2 SD below last": "criterion",
    "1 SD below mean": "criterion",
    "2 SD below mean": "criterion",
    "Shewhart chart": "control chart",
    "Tukey chart": "control chart",
    "partition": "partition",
}

CAVEAT = (
    "Probable only: a dip in ratings given after the session is an unreliable sign of a rupture in it; "
    "ruptures also happen without a dip."
)


def methods_of(criteria: tuple[Criterion, ...]) -> tuple[Method, ...]:
    """The kinds of method behind some criteria, each once."""
    return tuple(dict.fromkeys(_METHOD_OF[criterion] for criterion in criteria))


@dataclass(frozen=True, slots=True)
class ProbableRupture:
    """A fall of the client's rating that several methods find unusual; not proof that anything went wrong.

    `session` is where the rating fell furthest, `worst_session` where the fall ended. `drop` (positive, in rating
    points) is from the last rating before the fall, `before`, to the `worst`; `in_sd` the same in the stricter SD,
    `None` where that is zero. `recovered` is `None` while it is too early to tell, and then so is `shape`.
    """

    session: int
    worst_session: int
    before: float
    worst: float
    drop: float
    in_sd: float | None
    criteria: tuple[Criterion, ...]
    recovered: bool | None
    sessions_to_recovery: int | None
    shape: Shape | None

    @property
    def methods(self) -> tuple[Method, ...]:
        """The kinds of method that agree, of three."""
        return methods_of(self.criteria)


@dataclass(frozen=True, slots=True)
class ProbableRepair:
    """The session by which a rating was back near its level from before a probable rupture; `gain` is positive."""

    session: int
    rupture_session: int
    gain: float


@dataclass(frozen=True, slots=True)
class Growth:
    """Change of the rating a session, positive when it gets better, with its interval at `level`."""

    slope: float
    interval: tuple[float, float]
    level: float


@dataclass(frozen=True, slots=True)
class AllianceCourse:
    """The alliance of one client as rated after each session.

    `ratings` are as given, place 0 being session 1. `ruptures` and `repairs` are `None`, not empty, where there are too
    few ratings to look for any; `sd` is the yardstick they were measured with. `growing` is `True` when the slope's
    interval lies above zero, `False` when it lies below the usual growth, else `None`. `reasons` says why something
    is `None`.
    """

    ratings: tuple[float | None, ...]
    sd: float | None
    ruptures: tuple[ProbableRupture, ...] | None
    repairs: tuple[ProbableRepair, ...] | None
    growth: Growth | None
    growing: bool | None
    shape: CourseShape | None
    reasons: tuple[str, ...]
    caveat: str = CAVEAT
