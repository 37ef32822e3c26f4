"""By criterion: a rating lies 1 or 2 standard deviations under the last one, or under the client's own mean.

Both thresholds are in use, as is the spread within a client and that between clients. Gumz, Brähler, Geyer & Erices
(2012) propose to report both thresholds and to take the larger, stricter, of the two spreads: so minor dips of a very
steady client do not count, nor ordinary swings of a changeable one. Earlier criteria: Stiles et al. (2004), Strauss
et al. (2006); overview: Eubanks-Carter, Gorman & Muran (2012).
"""

from __future__ import annotations

import numpy as np

from attunement.measures.alliance.model import Criterion
from attunement.measures.alliance.ratings import Flags, Floats, last_rated, rounding_error


def within_person_sd(ratings: Floats) -> Floats:
    """How much a client's own ratings spread (sample SD along the last axis); NaN with fewer than two ratings."""
    rated = ~np.isnan(ratings)
    count = rated.sum(axis=-1)
    mean = np.where(rated, ratings, 0.0).sum(axis=-1) / np.maximum(count, 1)
    squares = np.where(rated, (ratings - mean[..., None]) ** 2, 0.0).sum(axis=-1)
    return np.where(count > 1, np.sqrt(squares / np.maximum(count - 1, 1)), np.nan)


def between_person_sd(ratings: Floats) -> float | None:
    """How much clients' mean ratings spread; ratings are (clients, sessions), NaN where missing.

    `None` with fewer than two clients rated.
    """
    rated = ~np.isnan(ratings)
    count = rated.sum(axis=-1)
    means = np.where(rated, ratings, 0.0).sum(axis=-1)[count > 0] / count[count > 0]
    return float(np.std(means, ddof=1)) if len(means) > 1 else None


def stricter_sd(ratings: Floats, between_sd: float | None) -> Floats:
    """The larger of the spread within the client and between clients; the former alone where the latter is unknown."""
    within = within_person_sd(ratings)
    return within if between_sd is None else np.fmax(within, between_sd)


def criterion_flags(ratings: Floats, between_sd: float | None = None) -> dict[Criterion, Flags]:
    """Which sessions meet which criterion; higher ratings are better, sessions on the last axis, NaN meets none."""
    sd = stricter_sd(ratings, between_sd)[..., None]
    error = rounding_error(ratings)
    count = np.maximum((~np.isnan(ratings)).sum(axis=-1, keepdims=True), 1)
    mean = np.where(np.isnan(ratings), 0.0, ratings).sum(axis=-1, keepdims=True) / count
    under_last, under_mean = last_rated(ratings) - ratings, mean - ratings
    return {
        "1 SD below last": _at_least(under_last, sd, error),
        "2 SD below last": _at_least(under_last, 2 * sd, error),
        "1 SD below mean": _at_least(under_mean, sd, error),
        "2 SD below mean": _at_least(under_mean, 2 * sd, error),
    }


def _at_least(fall: Floats, threshold: Floats, error: Floats) -> Flags:
    return np.asarray((fall > error) & (fall >= threshold - error))
