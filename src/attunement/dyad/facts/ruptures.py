"""Ruptures and their repair: as raters see them in the session, and as falls of the rating."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from attunement.dyad.courses import Courses
from attunement.dyad.facts.alliance import improvement
from attunement.dyad.facts.model import Arms
from attunement.dyad.facts.statistics import correlation, hedges_g, standardised_slope
from attunement.dyad.model import NONE
from attunement.measures.alliance import between_person_sd
from attunement.measures.alliance.criterion import criterion_flags

STUDIED = 10  # sessions of the study whose ruptures are falls of the rating
OBSERVED = 4  # early sessions that raters watched
RECOVERS = 0.5  # share of the fall that a later rating must win back


class Falls(NamedTuple):
    """Of each client: did the rating fall by 1 SD from one session to the next, and did it stay down."""

    fell: NDArray[np.bool_]
    unrepaired: NDArray[np.bool_]


def falls(courses: Courses) -> Falls:
    """Ruptures by Eubanks-Carter, Gorman and Muran's (2012) criterion, the spread being the stricter of the two."""
    ratings = np.where(courses.attended, courses.reports.rating, np.nan)[:STUDIED].T.astype(float)
    flagged = criterion_flags(ratings, between_person_sd(ratings))["1 SD below last"][:, 1:]
    before, worst = ratings[:, :-1], ratings[:, 1:]
    known = np.where(np.isnan(ratings), -np.inf, ratings)
    best_after = np.maximum.accumulate(known[:, ::-1], axis=1)[:, ::-1]
    best_later = np.hstack([best_after[:, 2:], np.full((len(ratings), 1), -np.inf)])
    stays_down = flagged & (best_later < worst + RECOVERS * (before - worst))
    return Falls(np.asarray(flagged.any(1)), np.asarray(stays_down.any(1)))


def clients_with_ruptures(arms: Arms) -> float | None:
    """Share of clients whose rating fell."""
    return float(falls(arms.usual).fell.mean())


def unrepaired_and_outcome(arms: Arms) -> float | None:
    """Among clients with a rupture, one left unrepaired with distress after the sessions studied, intake held."""
    fell, unrepaired = falls(arms.usual)
    clients = arms.usual.only(fell)
    end = clients.reports.questionnaire[STUDIED] if clients.sessions > STUDIED else clients.last
    return standardised_slope(end, unrepaired[fell], clients.first)


def repair_and_outcome(arms: Arms) -> float | None:
    """Among clients with ruptures, the share of them repaired with residual change."""
    counts = arms.usual.counts
    ruptures = (counts.withdrawals.astype(int) + counts.confrontations).sum(0)
    some = ruptures > 0
    repaired = counts.repaired.sum(0, dtype=int)[some] / ruptures[some]
    return correlation(repaired, improvement(arms.usual.only(some))) if some.any() else None


def clients_who_had_one(arms: Arms) -> float | None:
    """Share of clients with a rupture at any time, as they would tell."""
    return float(_had_one(arms.usual).mean())


def resolved_in_the_end(arms: Arms) -> float | None:
    """Among them, the share with whom none is open as they leave."""
    had_one = _had_one(arms.usual)
    return float((arms.usual.state.rupture[-1][had_one] == NONE).mean()) if had_one.any() else None


def share_of_withdrawals(arms: Arms) -> float | None:
    """Share of ruptures that are withdrawals."""
    counts = arms.usual.counts
    withdrawals, confrontations = counts.withdrawals.sum(dtype=int), counts.confrontations.sum(dtype=int)
    return float(withdrawals / (withdrawals + confrontations)) if withdrawals + confrontations else None


def confrontation_and_leaving(arms: Arms) -> float | None:
    """Confrontations in the early sessions: those who leave against those who stay, in SD."""
    early = arms.usual.counts.confrontations[:OBSERVED].sum(0, dtype=int)
    return hedges_g(early[~arms.usual.dropped_out], early[arms.usual.dropped_out])


def _had_one(courses: Courses) -> NDArray[np.bool_]:
    return np.asarray((courses.counts.withdrawals | courses.counts.confrontations).any(0))
