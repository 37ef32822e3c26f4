"""Intervals from drawing whole cases again: turns of one person are alike, so turns are never drawn singly.

Most figures are made of sums over cases. A resample is then no more than a row of weights (how often each case was
drawn), and all resamples together are one matrix product.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attunement.evaluation.metrics import AnyArray, Floats

RESAMPLES = 1000
# Average precision is no sum over cases and has to be formed anew in each resample.
RESAMPLES_OF_RANKING = 200
# Fewer cases say too little about how cases differ: no interval is given.
FEWEST_CASES = 5


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """`weights` (resamples, cases): how often each resample drew each case. No rows below `FEWEST_CASES`."""

    weights: Floats

    @classmethod
    def over(cls, cases: int, *, resamples: int = RESAMPLES, seed: int = 0) -> Bootstrap:
        """Draw as many cases as there are, with replacement, `resamples` times; the same seed draws the same."""
        if cases < FEWEST_CASES:
            return cls(np.empty((0, cases)))
        drawn = np.random.default_rng(seed).multinomial(cases, np.full(cases, 1.0 / cases), size=resamples)
        return cls(drawn.astype(np.float64))

    @property
    def cases(self) -> int:
        """How many cases there are to draw from."""
        return int(self.weights.shape[1])

    def totals(self, by_case: Floats) -> Floats:
        """Sums over the drawn cases: (cases, …) becomes (resamples, …)."""
        return np.tensordot(self.weights, by_case, axes=1)

    def turn_weights(self, case: npt.NDArray[np.int64]) -> Floats:
        """How often each turn was drawn, from the case it belongs to: (resamples of ranking, turns)."""
        return self.weights[:RESAMPLES_OF_RANKING, case]


def interval(figure: float, samples: AnyArray) -> tuple[float, float]:
    """95 % percentile interval, made wide enough to hold the figure itself.

    The widening matters for the calibration error, which resampling inflates. NaN where the figure is, or where it
    could be formed in fewer than half of the resamples.
    """
    defined = samples[~np.isnan(samples)]
    if np.isnan(figure) or len(defined) == 0 or 2 * len(defined) < len(samples):
        return float("nan"), float("nan")
    low, high = np.percentile(defined, [2.5, 97.5])
    return min(float(low), figure), max(float(high), figure)
