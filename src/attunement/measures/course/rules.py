"""The simple rules in use, to compare the expected course with: each says at which sessions it would warn.

Scores are one a session from intake (place 0), `None` or NaN where missing; a session without a score never warns, and
"last time" is the last session with a score.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from attunement.measures.course.reference import Better
from attunement.measures.course.sample import Floats

Warnings = npt.NDArray[np.bool_]


def worse_than_last_time(
    scores: Sequence[float | None], *, cutoff: float, better: Better = "lower", points: float = 1.0
) -> Warnings:
    """Warns when a score is on the clinical side of the cut-off, or at it, and `points` worse than last time."""
    values, times = _distress(scores, better)
    before = np.full(len(values), np.nan)
    last = np.nan
    for place, value in enumerate(values):
        before[place] = last
        last = last if np.isnan(value) else value
    return np.asarray((values >= times * cutoff) & (values - before >= points))


def reliably_worse(scores: Sequence[float | None], *, reliable_change: float, better: Better = "lower") -> Warnings:
    """Warns when a score is worse than the first one by at least `reliable_change` points."""
    change = _change(scores, better)
    return np.asarray(change >= reliable_change)


def not_reliably_better(
    scores: Sequence[float | None], *, reliable_change: float, from_session: int, better: Better = "lower"
) -> Warnings:
    """Warns from session `from_session` on whenever a score is not better than the first one by `reliable_change`."""
    change = _change(scores, better)
    return np.asarray((change > -reliable_change) & (np.arange(len(change)) >= max(from_session, 1)))


def _distress(scores: Sequence[float | None], better: Better) -> tuple[Floats, int]:
    """Scores turned so that higher is worse, and what they were multiplied with."""
    times = 1 if better == "lower" else -1
    values = np.array([np.nan if score is None else score for score in scores], dtype=float)
    return np.asarray(times * values, dtype=float), times


def _change(scores: Sequence[float | None], better: Better) -> Floats:
    """Change from the first score, positive when worse; NaN up to it and where there is no score."""
    values, _ = _distress(scores, better)
    rated = np.flatnonzero(~np.isnan(values))
    if len(rated) == 0:
        return values
    change: Floats = values - values[rated[0]]
    change[rated[0]] = np.nan
    return change
