"""Alliance and empathy, and what they go with."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from attunement.dyad.courses import Courses
from attunement.dyad.facts.model import Arms
from attunement.dyad.facts.statistics import correlation, residual, skewness, standardised_slope

EARLY = slice(2, 5)  # sessions 3 to 5, in which most studies ask


def improvement(courses: Courses) -> NDArray[np.float64]:
    """Residual change: how much lower distress ends than intake lets expect."""
    return -residual(courses.last, courses.first)


def early_mean(values: NDArray[np.float32], attended: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Mean over the early sessions that were attended; every client must have been there once."""
    return np.asarray((values * attended)[EARLY].sum(0) / attended[EARLY].sum(0))


def stayed(courses: Courses) -> Courses:
    """Those who came to the first of the early sessions."""
    return courses.only(
        courses.attended[EARLY.start] if courses.sessions > EARLY.start else courses.attended[0] & False
    )


def alliance_and_outcome(arms: Arms) -> float | None:
    """Early rating with residual change."""
    clients = stayed(arms.usual)
    if clients.dyads == 0:
        return None
    return correlation(early_mean(clients.reports.rating, clients.attended), improvement(clients))


def empathy_and_outcome(arms: Arms) -> float | None:
    """Share of openings met in the early sessions with residual change, among clients who opened."""
    clients = stayed(arms.usual)
    opened, met = (count[EARLY].sum(0, dtype=int) for count in (clients.counts.opened, clients.counts.met))
    some = opened > 0
    return correlation(met[some] / opened[some], improvement(clients)[some])


def within_person(arms: Arms) -> float | None:
    """A rating above the client's own usual, and distress at the next session below it; positive when it helps.

    Ratings and distress are centred within session and client; distress of the same session is held.
    """
    clients, sessions = arms.usual, arms.usual.sessions
    after = np.vstack([clients.reports.questionnaire[1:], clients.last[None]])
    several = clients.attended.sum(0) > 2
    rating, before, later = (
        _centred(values[:, several], clients.attended[:, several])
        for values in (clients.reports.rating, clients.reports.questionnaire, after)
    )
    if sessions < 3 or len(rating) == 0:
        return None
    slope = standardised_slope(later, rating, before)
    return None if slope is None else -slope


def mean_rating(arms: Arms) -> float | None:
    """Mean of the early ratings."""
    clients = stayed(arms.usual)
    return float(early_mean(clients.reports.rating, clients.attended).mean()) if clients.dyads else None


def spread_of_ratings(arms: Arms) -> float | None:
    """Their standard deviation between clients."""
    clients = stayed(arms.usual)
    return float(early_mean(clients.reports.rating, clients.attended).std()) if clients.dyads else None


def skewness_of_ratings(arms: Arms) -> float | None:
    """Their skewness."""
    clients = stayed(arms.usual)
    return skewness(early_mean(clients.reports.rating, clients.attended)) if clients.dyads else None


def _centred(values: NDArray[np.float32], attended: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Deviation from the mean of the session and of the client, of attended sessions only, as one row."""
    values = np.where(attended, values, 0.0)
    values = np.where(
        attended, values - values.sum(1, keepdims=True) / np.maximum(attended.sum(1, keepdims=True), 1), 0
    )
    values = values - values.sum(0) / np.maximum(attended.sum(0), 1)
    return np.asarray(values[attended])
