"""What can be observed of one therapy: answers and coded sessions, any of them missing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TypeVar

from attunement.errors import InputError

HIGHEST = 10.0
FURTHEST = 10.0  # SD; a distress score beyond is a slip of standardising
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Coded:
    """How often what was marked in one session, each None where nobody counted it.

    `exchanges` is the number of client turns looked at, `opened` in how many the client opened; `missed` and `harmed`
    are openings, the others were met. `ruptures` are all that showed in the session, also one left from before;
    `repairs` those that succeeded.

    Raises:
        InputError: when a count is negative, no whole number, or more than there were exchanges.
    """

    exchanges: int
    opened: int | None = None
    missed: int | None = None
    harmed: int | None = None
    ruptures: int | None = None
    repairs: int | None = None

    def __post_init__(self) -> None:
        if self.exchanges < 1:
            raise InputError("A coded session has at least one exchange.")
        for each in fields(self):
            count = getattr(self, each.name)
            if count is not None and not (isinstance(count, int) and 0 <= count <= self.exchanges):
                raise InputError(f"A coded session's {each.name}: a whole number from 0 to the exchanges, not {count}.")

    @property
    def is_empty(self) -> bool:
        """Whether nothing was counted."""
        return all(getattr(self, each.name) is None for each in fields(self) if each.name != "exchanges")


@dataclass(frozen=True)
class Observed:
    """One therapy from session 1 on, a place a session, None where something is missing; lists may end early.

    Args:
        ratings: of the alliance, after the session, 0–10, high is good.
        distress: before the session, in SD of clients at intake from their mean, high is bad.
        coded: see `Coded`.
        rating_step: how finely ratings are given: 1 for whole numbers, .25 for the mean of four. A rating is taken to
            lie within half a step, at the ends of the scale beyond it.

    Raises:
        InputError: when a value is no number or outside its scale.
    """

    ratings: Sequence[float | None] = ()
    distress: Sequence[float | None] = ()
    coded: Sequence[Coded | None] = ()
    rating_step: float = 0.25

    def __post_init__(self) -> None:
        if not 0 < self.rating_step <= HIGHEST / 2:
            raise InputError(f"The step of ratings lies between 0 and {HIGHEST / 2:g}, not at {self.rating_step:g}.")
        for session, rating in enumerate(self.ratings, start=1):
            if rating is not None and not 0 <= rating <= HIGHEST:  # nor is NaN
                raise InputError(f"Session {session}: a rating lies between 0 and {HIGHEST:g}, not at {rating:g}.")
        for session, score in enumerate(self.distress, start=1):
            if score is not None and not (math.isfinite(score) and abs(score) <= FURTHEST):
                raise InputError(
                    f"Session {session}: distress is given in standard deviations from the mean at intake, at most "
                    f"{FURTHEST:g}, not {score:g}."
                )

    @property
    def sessions(self) -> int:
        """The last session at which anything is known."""
        return max(self.known, default=0)

    @property
    def known(self) -> tuple[int, ...]:
        """The sessions at which anything is known, numbered from 1."""
        longest = max(len(self.ratings), len(self.distress), len(self.coded))
        return tuple(session for session in range(1, longest + 1) if self._is_known(session))

    def rating(self, session: int) -> float | None:
        """The rating after this session."""
        return _at(self.ratings, session)

    def distress_at(self, session: int) -> float | None:
        """The questionnaire before this session."""
        return _at(self.distress, session)

    def coded_at(self, session: int) -> Coded | None:
        """What was coded in this session."""
        return _at(self.coded, session)

    def _is_known(self, session: int) -> bool:
        coded = self.coded_at(session)
        answered = self.rating(session) is not None or self.distress_at(session) is not None
        return answered or (coded is not None and not coded.is_empty)


def _at(values: Sequence[Value | None], session: int) -> Value | None:
    return values[session - 1] if session <= len(values) else None
