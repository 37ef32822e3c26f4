"""Post-session ratings as they come, made ready: numbers, gaps, and one direction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt

from attunement.errors import InputError
from attunement.measures.numbers import number_or_missing

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Better = Literal["higher", "lower"]


def oriented(ratings: Sequence[float | None], better: Better = "higher") -> Floats:
    """Ratings as an array in which higher is better, NaN where there is none; place 0 is session 1.

    Raises:
        InputError: a rating is not a finite number, or `better` is neither "higher" nor "lower".
    """
    if better not in ("higher", "lower"):
        raise InputError(f"better is {better!r}: write 'higher' or 'lower'")
    values = np.array(
        [number_or_missing(rating, session, "rating") for session, rating in enumerate(ratings, start=1)], dtype=float
    )
    return values if better == "higher" else -values


def last_rated(ratings: Floats) -> Floats:
    """The rating of the last rated session before each, NaN before the first; works along the last axis."""
    places = np.where(np.isnan(ratings), 0, np.arange(1, ratings.shape[-1] + 1))
    latest = np.maximum.accumulate(places, axis=-1)[..., :-1]
    padded = np.concatenate([np.full((*ratings.shape[:-1], 1), np.nan), ratings], axis=-1)
    before = np.take_along_axis(padded, latest, axis=-1)
    return np.concatenate([np.full((*ratings.shape[:-1], 1), np.nan), before], axis=-1)


def rounding_error(ratings: Floats) -> Floats:
    """How far two equal ratings may differ by arithmetic alone; as wide as `ratings`, with a last axis of one."""
    rated = ~np.isnan(ratings)
    largest = np.where(rated, np.abs(ratings), 0.0).max(axis=-1, keepdims=True, initial=0.0)
    return np.asarray(1e-9 * largest)
