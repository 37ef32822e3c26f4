"""What was observed as arrays, a row a session, long enough to look two sessions ahead."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from attunement.dyad.inference.coder_errors import CoderErrors, log_likelihoods
from attunement.dyad.inference.observed import HIGHEST, Observed

AHEAD = 2  # sessions after the last one known
PADDED_TO = 12  # few different lengths: each is compiled once
BEYOND = 6.0  # logit of the end of the scale: a rating of 9.975


class Evidence(NamedTuple):
    """Every field (sessions, …); what is missing is masked and holds zeros."""

    rating_low: NDArray[np.float32]  # logit of the 0–10 scale
    rating_high: NDArray[np.float32]
    rating_middle: NDArray[np.float32]
    rating_width: NDArray[np.float32]
    is_rated: NDArray[np.bool_]
    distress: NDArray[np.float32]
    is_answered: NDArray[np.bool_]
    coded: NDArray[np.float32]  # log-likelihood of the counts, (sessions, kinds, true number)
    took_place: NDArray[np.bool_]


def evidence_of(observed: Observed, errors: CoderErrors) -> Evidence:
    """The rows of one therapy; sessions past the last known did not take place yet."""
    rows = -(-(observed.sessions + AHEAD) // PADDED_TO) * PADDED_TO
    numbers = range(1, rows + 1)
    ratings = [observed.rating(number) for number in numbers]
    distress = [observed.distress_at(number) for number in numbers]
    low, high = zip(*(_between(rating, observed.rating_step) for rating in ratings), strict=True)
    return Evidence(
        rating_low=np.array(low, np.float32),
        rating_high=np.array(high, np.float32),
        rating_middle=np.array([(a + b) / 2 for a, b in zip(low, high, strict=True)], np.float32),
        rating_width=np.array([b - a for a, b in zip(low, high, strict=True)], np.float32),
        is_rated=np.array([rating is not None for rating in ratings]),
        distress=np.array([score or 0.0 for score in distress], np.float32),
        is_answered=np.array([score is not None for score in distress]),
        coded=np.array([log_likelihoods(observed.coded_at(number), errors) for number in numbers], np.float32),
        took_place=np.array([number <= observed.sessions for number in numbers]),
    )


def _between(rating: float | None, step: float) -> tuple[float, float]:
    if rating is None:
        return 0.0, 1.0
    return _logit(rating - step / 2), _logit(rating + step / 2)


def _logit(rating: float) -> float:
    share = rating / HIGHEST
    if share <= 0 or share >= 1:
        return -BEYOND if share <= 0 else BEYOND
    return float(np.log(share / (1 - share)))
