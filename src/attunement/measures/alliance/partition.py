"""Partitioning: the split of a course into segments, each as flat as possible, that pays for its own complexity.

The cost of a partition is the sum of squares within its segments plus a penalty for every further segment; the
cheapest one is found exactly by dynamic programming (Fisher, 1958; Jackson et al., 2005).
"""

from __future__ import annotations

import numpy as np

from attunement.measures.alliance.ratings import Floats

# A single low session is the charts' business; a segment is a level that lasted.
SHORTEST_SEGMENT = 2
# Penalty of a further segment in units of noise variance × log(ratings).
PENALTY = 10.0
# Changes of level make a few large differences: the largest fifth, two at least, is left out of the noise.
LEFT_OUT = 0.2
# But the noise is never taken to be less than this share of what all differences say.
LEAST_SHARE = 0.25


def segment_starts(ratings: Floats, *, penalty: float = PENALTY) -> tuple[int, ...]:
    """Places (from 0) of one client's array at which a new level begins; the first rated place always does.

    Noise is taken from successive differences (von Neumann, 1941) without the largest. With the default `penalty`
    pure noise is split in about one course of eight with six ratings, one of twenty with twelve, fewer with more. NaN
    is passed over; no ratings, no segments.
    """
    places = np.flatnonzero(~np.isnan(ratings))
    if len(places) == 0:
        return ()
    values = ratings[places]
    starts = _cheapest(values, penalty * noise_variance(values) * np.log(len(values)))
    return tuple(int(places[start]) for start in starts)


def noise_variance(values: Floats) -> float:
    """Half the mean square of successive differences, the largest left out; zero with fewer than two values."""
    squares = np.sort(np.diff(values) ** 2)
    if len(squares) == 0:
        return 0.0
    kept = squares[: max(len(squares) - max(2, int(np.ceil(LEFT_OUT * len(squares)))), 1)]
    return float(max(kept.mean(), LEAST_SHARE * squares.mean()) / 2)


def falls_of_level(ratings: Floats) -> tuple[int, ...]:
    """Places at which a segment begins that lies lower than the one before it (higher ratings are better)."""
    starts = segment_starts(ratings)
    means = [float(np.nanmean(part)) for part in np.split(ratings, starts[1:])] if starts else []
    return tuple(start for start, before, here in zip(starts[1:], means, means[1:], strict=False) if here < before)


def _cheapest(values: Floats, price: float) -> list[int]:
    """Starts of the segments of the cheapest partition; ties go to fewer segments."""
    n = len(values)
    sums, squares = _running(values - values.mean()), _running((values - values.mean()) ** 2)
    cost = np.full(n + 1, np.inf)
    cost[0], start_of = -price, np.zeros(n + 1, dtype=int)
    for end in range(min(SHORTEST_SEGMENT, n), n + 1):
        starts = np.arange(0, max(end - SHORTEST_SEGMENT, 0) + 1)
        within = squares[end] - squares[starts] - (sums[end] - sums[starts]) ** 2 / (end - starts)
        totals = cost[starts] + np.maximum(within, 0.0) + price
        start_of[end] = int(np.argmin(totals))
        if totals[0] <= totals[start_of[end]] + 1e-9 * squares[-1]:
            start_of[end] = 0
        cost[end] = totals[start_of[end]]
    found = [n]
    while found[-1] > 0:
        found.append(int(start_of[found[-1]]))
    return found[:0:-1]


def _running(values: Floats) -> Floats:
    return np.concatenate([[0.0], np.cumsum(values)])
