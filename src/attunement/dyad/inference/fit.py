"""Whether the model fits a therapy: what came beside what it had predicted, and how much was left to rest on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from attunement.dyad.inference.observed import Observed
from attunement.dyad.inference.particles import Paths

TAIL = 0.05  # of predictions should come outside their 95 % band
RARE = 0.01  # so many outside is this rare when the model holds
FEWEST_LINEAGES = 30


def warning(observed: Observed, found: Paths) -> str | None:
    """One sentence when the model does not fit, None otherwise.

    Every answer is compared with the 95 % band predicted before its session; the warning comes when more lie outside
    than happen with one therapy in a hundred that follows the model, or when hardly any simulated therapy came close.
    """
    outside = surprises(observed, found)
    if len(outside) and binom.sf(outside.sum() - 1, len(outside), TAIL) < RARE:
        return (
            f"The model does not fit this therapy: {outside.sum()} of {len(outside)} answers lay outside the band in "
            "which it expected 95 % of them. Do not rely on its bands."
        )
    if len(np.unique(found.lineage)) < FEWEST_LINEAGES:
        return (
            "Hardly any simulated therapy came close to what was observed: the bands are too narrow to rely on; "
            "with more particles they may hold."
        )
    return None


def surprises(observed: Observed, found: Paths) -> NDArray[np.bool_]:
    """For each answer, whether it lay outside the 95 % band predicted from the sessions before."""
    outside = []
    for session in observed.known:
        comes = np.asarray(found.steps.comes[session - 1])
        for answer, predicted, margin in (
            (observed.rating(session), found.steps.rating, observed.rating_step / 2),
            (observed.distress_at(session), found.steps.distress, 0.0),
        ):
            if answer is not None and comes.any():
                low, high = np.quantile(np.asarray(predicted[session - 1])[comes], [TAIL / 2, 1 - TAIL / 2])
                outside.append(not low - margin <= answer <= high + margin)
    return np.array(outside, bool)
