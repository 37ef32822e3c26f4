"""Individuals control charts: where a rating falls under what this client's own variation lets one expect.

Shewhart's chart takes the variation from the mean moving range, Tukey's from the quartiles, so that a single deep
fall does not widen its own limits. Applied to alliance ratings by Eubanks-Carter, Gorman & Muran (2012).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from attunement.measures.alliance.model import Criterion
from attunement.measures.alliance.ratings import Flags, Floats, last_rated, rounding_error

# Three standard deviations, each the mean moving range over 1.128 (the expected range of two normal values).
SHEWHART_CONSTANT = 2.66
TUKEY_CONSTANT = 1.5


@dataclass(frozen=True, slots=True)
class Limits:
    """Lower limit, centre and upper limit of a chart: numbers for one client, arrays (clients,) for many."""

    lower: Floats
    centre: Floats
    upper: Floats


def shewhart_limits(ratings: Floats) -> Limits:
    """Mean ± 2.66 mean moving ranges, a moving range being the distance of successive ratings (Shewhart, 1931).

    Sessions on the last axis; a session without rating is passed over. NaN with fewer than two ratings.
    """
    rated = ~np.isnan(ratings)
    count = rated.sum(axis=-1)
    ranges = np.abs(ratings - last_rated(ratings))
    mean_range = np.nansum(ranges, axis=-1) / np.where(count > 1, count - 1, np.nan)
    centre = np.nansum(ratings, axis=-1) / np.where(count > 1, count, np.nan)
    reach = SHEWHART_CONSTANT * mean_range
    return Limits(centre - reach, centre, centre + reach)


def tukey_limits(ratings: Floats) -> Limits:
    """Lower and upper fourth, 1.5 times their distance further out; the centre is the median (Tukey, 1977).

    Fourths are Tukey's hinges: the medians of the two halves, a middle rating belonging to both. Sessions on the last
    axis; NaN with fewer than two ratings.
    """
    ordered = np.sort(ratings, axis=-1)
    count = (~np.isnan(ratings)).sum(axis=-1)
    depth = ((count + 3) // 2) / 2
    lower, upper = _at_depth(ordered, count, depth), _at_depth(ordered, count, count + 1 - depth)
    reach = TUKEY_CONSTANT * (upper - lower)
    return Limits(lower - reach, _at_depth(ordered, count, (count + 1) / 2), upper + reach)


def chart_flags(ratings: Floats) -> dict[Criterion, Flags]:
    """Which sessions lie below the lower limit of which chart; higher ratings are better, NaN is never below."""
    error = rounding_error(ratings)
    limits: dict[Criterion, Limits] = {"Shewhart chart": shewhart_limits(ratings), "Tukey chart": tukey_limits(ratings)}
    return {name: np.asarray(ratings < limit.lower[..., None] - error) for name, limit in limits.items()}


def _at_depth(ordered: Floats, count: Floats, depth: Floats) -> Floats:
    """The value at a depth counted from 1, halfway between two values where the depth ends in .5."""
    below = np.clip(np.floor(depth).astype(int) - 1, 0, None)[..., None]
    above = np.clip(np.ceil(depth).astype(int) - 1, 0, np.maximum(count, 1) - 1)[..., None]
    value = (np.take_along_axis(ordered, below, -1) + np.take_along_axis(ordered, above, -1))[..., 0] / 2
    return np.where(count > 1, value, np.nan)
