"""Counts of several sessions added up: rates with intervals, and whether the earliest and the latest differ.

Openings and ruptures of one session are more alike than those of different sessions. So the number of cases that an
interval rests on is divided by the design effect (Rao & Scott, 1992), sessions being the clusters; it is never taken to
be below one. That sessions of one client are alike too, no figure shows for so few clients: pages say it in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import Any

FEWEST_CASES = 3.0  # openings or ruptures, for a rate
FEWEST_TURNS = 50  # of the therapist, for a rate of those that miss or hurt
STRETCH = 5  # sessions at least, for a rate of their own
MOST_STRETCHES = 4
FEW_SESSIONS, FEW_CLIENTS = 20, 5


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of `cases` with its 95 % interval, all three of `share`, `low` and `high` from 0 to 1."""

    share: float
    low: float
    high: float
    cases: float

    @property
    def in_words(self) -> str:
        """The rate with its interval, for a table."""
        return f"{self.share:.0%} ({self.low:.0%}–{self.high:.0%})"


@dataclass(frozen=True, slots=True)
class Hits:
    """What happened in one session: `hits` of `cases`, either of which may be an expected number."""

    hits: float
    cases: float


def openings(counts: dict[str, Any]) -> Hits:
    """Openings that were met. Higher is better."""
    return Hits(counts["met"], counts["called"])


def taken_up(counts: dict[str, Any]) -> Hits:
    """Ruptures that were taken up in their session. Higher is better."""
    return Hits(counts["taken_up"], counts["ruptures"])


def pooled(sessions: Sequence[Hits]) -> Rate | None:
    """The rate over sessions; None when there were fewer than three cases."""
    from attunement.episodes.moments import wilson

    hits, cases = sum(each.hits for each in sessions), sum(each.cases for each in sessions)
    if cases < FEWEST_CASES:
        return None
    share = hits / cases
    low, high = wilson(share, cases / design_effect(sessions))
    return Rate(share, low, high, cases)


def design_effect(sessions: Sequence[Hits]) -> float:
    """How many times further the rate spreads than that of independent cases would; 1 at least."""
    with_cases = [each for each in sessions if each.cases > 0]
    cases, count = sum(each.cases for each in with_cases), len(with_cases)
    share = sum(each.hits for each in with_cases) / cases if cases else 0.0
    if count < 2 or not 0 < share < 1:
        return 1.0
    residuals = sum((each.hits - share * each.cases) ** 2 for each in with_cases)
    variance = count / (count - 1) * residuals / cases**2
    return max(1.0, variance / (share * (1 - share) / cases))


def failing(sessions: Sequence[dict[str, Any]]) -> Rate | None:
    """The share of the therapist's turns that miss or hurt. Lower is better. None for fewer than 50 turns.

    Each session's count is corrected for the coder's errors and has an interval; distances to its ends are added as
    independent errors are.
    """
    turns = sum(each["turns"] for each in sessions)
    if turns < FEWEST_TURNS:
        return None
    about = sum(each["failing"] for each in sessions)
    below = sqrt(sum((each["failing"] - each["low"]) ** 2 for each in sessions))
    above = sqrt(sum((each["high"] - each["failing"]) ** 2 for each in sessions))
    return Rate(about / turns, max(0.0, about - below) / turns, min(float(turns), about + above) / turns, turns)


def stretches(count: int) -> list[range]:
    """So many sessions cut into two to four stretches of about the same length; none when they would be too short."""
    parts = min(MOST_STRETCHES, count // STRETCH)
    if parts < 2:
        return []
    ends = [round(part * count / parts) for part in range(parts + 1)]
    return [range(start, end) for start, end in pairwise(ends)]


def difference(first: Rate, last: Rate) -> tuple[float, float]:
    """The 95 % interval of last minus first, from the intervals of both (Newcombe, 1998, method 10)."""
    change = last.share - first.share
    return (
        change - sqrt((last.share - last.low) ** 2 + (first.high - first.share) ** 2),
        change + sqrt((last.high - last.share) ** 2 + (first.share - first.low) ** 2),
    )


def are_few(sessions: int, clients: int) -> bool:
    """Whether so little says hardly anything about how somebody works."""
    return sessions < FEW_SESSIONS or clients < FEW_CLIENTS
