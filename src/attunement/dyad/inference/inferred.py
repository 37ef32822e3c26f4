"""What is inferred of one therapy: bands by session, what comes next, and how far it can be relied on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LEVELS = (0.5, 0.8, 0.95)
_LOWS, _HIGHS = ([0.5 + sign * level / 2 for level in LEVELS] for sign in (-1, 1))


@dataclass(frozen=True)
class Bands:
    """What can be said of a quantity: its mean, its median, and the bands that hold it with 50, 80 and 95 %.

    `mean` and `median` are (sessions,), or a number each for a quantity without sessions; `low` and `high` have the
    three bands first.
    """

    mean: Floats
    median: Floats
    low: Floats
    high: Floats

    @classmethod
    def of(cls, draws: NDArray[np.float32]) -> Bands:
        """From equally likely draws in the last axis."""
        found = np.quantile(draws, [*_LOWS, 0.5, *_HIGHS], axis=-1).astype(np.float64)
        bands = len(LEVELS)
        mean = np.asarray(draws.mean(axis=-1, dtype=np.float64))
        return cls(mean=mean, median=found[bands], low=found[:bands], high=found[bands + 1 :])

    def band(self, level: float) -> tuple[Floats, Floats]:
        """The ends of the band of this level: .5, .8 or .95.

        Raises:
            ValueError: at any other level.
        """
        place = LEVELS.index(level)
        return self.low[place], self.high[place]


@dataclass(frozen=True)
class Inferred:
    """What the model infers of one therapy given all that was observed; it is the model's view, not a measurement.

    `safety`, `expectation` and `strain` are as each session ended; safety and expectation 0–1, strain 0 none and 1 a
    rupture. `rupture_open` is the chance that a rupture was open then. `traits` are what stays the same over the
    therapy: `attunement` and `repairs` (probabilities), `politeness` (logit of the rating scale), and on the first day
    `first_safety` and `first_expectation`.

    `next_rating` (0–10) and `next_distress` (SD of clients at intake) are predicted for the next session if the client
    comes; `ending_within_two` is the chance that they leave after the last session known or the one that follows.

    `effective` is the effective number of particles at each session, `lineages` the number of different persons that
    the bands rest on. `warning` says in a sentence when the model does not fit this therapy, None when nothing speaks
    against it.
    """

    safety: Bands
    expectation: Bands
    strain: Bands
    rupture_open: Floats
    traits: Mapping[str, Bands]
    next_rating: Bands
    next_distress: Bands
    ending_within_two: float
    effective: Floats
    lineages: int
    warning: str | None

    @property
    def sessions(self) -> int:
        """The last session that anything is known of; bands go from session 1 to it."""
        return len(self.safety.mean)
