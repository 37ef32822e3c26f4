"""The three criteria of Tang and DeRubeis (1999), each judged for every client and interval at once.

`change` is how far a score moved in the direction looked for: positive when it did. What cannot be judged, because a
score is missing, is unknown, which is neither met nor not met.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attunement.errors import InputError
from attunement.measures.gains.windows import WINDOW, Windows

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
# Two-tailed t at alpha = .05 for the 4 degrees of freedom of two windows of three scores.
CRITICAL_VALUE = 2.776
FEWEST_SCORES = 2  # on either side, for criterion 3


@dataclass(frozen=True)
class Criteria:
    """Which criteria apply, and how strictly.

    Args:
        cutoff: criterion 1: the change in score points that counts as large, as a rule the instrument's reliable
            change; None switches the criterion off.
        percent: criterion 2: the change as a share of the score before it, 0 to 1; None switches it off.
        criterion_3: whether the change must stand out from the fluctuation of the three scores before and after it.
        alpha: two-tailed error rate of criterion 3.
        adjust: whether the critical value of criterion 3 rises where scores are missing (Lutz and colleagues, 2013):
            2.776 with all six, 3.182 with five, 4.303 with four (alpha .05).
        critical_value: used for all comparisons when `adjust` is False, and not at all otherwise.

    Raises:
        InputError: when a value is out of range or all three are switched off.
    """

    cutoff: float | None
    percent: float | None = 0.25
    criterion_3: bool = True
    alpha: float = 0.05
    adjust: bool = True
    critical_value: float = CRITICAL_VALUE

    def __post_init__(self) -> None:
        if self.cutoff is None and self.percent is None and not self.criterion_3:
            raise InputError("All three criteria are switched off; leave at least one on.")
        if self.cutoff is not None and not 0 <= self.cutoff < math.inf:
            raise InputError("The cut-off is a number of score points, 0 or more.")
        if self.percent is not None and not 0 <= self.percent <= 1:
            raise InputError("The percentage is a share from 0 to 1: write .25 for 25 %.")
        if not 0 < self.alpha < 1:
            raise InputError("Alpha lies between 0 and 1.")
        if not 0 <= self.critical_value < math.inf:
            raise InputError("The critical value is a number, 0 or more.")


@dataclass(frozen=True)
class Verdict:
    """Yes, no or unknown for each element: `met` holds only where `known` does."""

    met: Flags
    known: Flags

    @classmethod
    def of(cls, met: NDArray[Any], known: NDArray[Any]) -> Verdict:
        """The verdict in which nothing unknown is met."""
        return cls(met & known, known)

    @classmethod
    def unknown(cls, shape: tuple[int, ...]) -> Verdict:
        """A verdict that tells nothing, as of a criterion that is switched off."""
        return cls(np.zeros(shape, bool), np.zeros(shape, bool))

    def __and__(self, other: Verdict) -> Verdict:
        """Unknown where either is, even where the other is not met: so it is in suddengains."""
        return Verdict(self.met & other.met, self.known & other.known)


def is_large(change: Floats, cutoff: float) -> Verdict:
    """Criterion 1: large in absolute terms."""
    return Verdict.of(change >= cutoff, ~np.isnan(change))


def is_large_share(change: Floats, before: Floats, share: float) -> Verdict:
    """Criterion 2: large beside the score before it."""
    return Verdict.of(change >= share * before, ~np.isnan(change))


def is_stable(windows: Windows, *, direction: int, criteria: Criteria) -> Verdict:
    """Criterion 3: the means of the three scores before and after differ by more than chance fluctuation.

    The difference must exceed the critical value times the pooled standard deviation, as in suddengains. A t-test would
    divide it by its standard error, which is smaller (.82 of that for three and three scores), and so be less strict.
    """
    before, after = windows.before(), windows.after()
    known = (before.count >= FEWEST_SCORES) & (after.count >= FEWEST_SCORES)
    freedom = np.where(known, before.count + after.count - 2, 1)
    squares = (before.count - 1) * before.deviation**2 + (after.count - 1) * after.deviation**2
    pooled = np.sqrt(np.where(known, squares, 0) / freedom)
    difference = direction * (before.mean - after.mean)
    return Verdict.of(difference > _critical_values(criteria)[freedom] * pooled, known)


def _critical_values(criteria: Criteria) -> Floats:
    """The critical value for each number of degrees of freedom, which is the index."""
    freedoms = np.arange(2 * WINDOW - 1, dtype=np.float64)
    if not criteria.adjust:
        return np.full(freedoms.shape, criteria.critical_value)
    from scipy.special import stdtrit

    return np.abs(stdtrit(np.maximum(freedoms, 1), criteria.alpha / 2))
