"""How therapies end: who leaves, how much is won, in which steps, and with whom."""

from __future__ import annotations

import numpy as np

from attunement.dyad.facts.alliance import improvement
from attunement.dyad.facts.model import Arms
from attunement.dyad.facts.statistics import intraclass_correlation
from attunement.measures.gains import sudden_gains

# Distress as points of a depression inventory of 0 to 63, with its usual mean and SD at intake.
POINTS_MEAN, POINTS_SD, POINTS_MOST = 28, 8, 63
LARGE = 7  # points: criterion 1 of Tang and DeRubeis (1999) on that scale
WATCHED = 12  # sessions
EARLY_SESSIONS = 8


def drop_out(arms: Arms) -> float | None:
    """Share of clients who leave before the last session."""
    return float(arms.usual.dropped_out.mean())


def change(arms: Arms) -> float | None:
    """Mean fall of distress in SD at intake, those who leave included."""
    first, last = arms.usual.first, arms.usual.last
    spread = float(first.std())
    return float((first - last).mean()) / spread if spread > 0 else None


def half_way(arms: Arms) -> float | None:
    """Mean fall of distress over the first 8 sessions as a share of that over the whole therapy."""
    reported = arms.usual.reports.questionnaire
    whole = float((arms.usual.first - arms.usual.last).mean())
    if len(reported) <= EARLY_SESSIONS or whole <= 0:
        return None
    return float((arms.usual.first - reported[EARLY_SESSIONS]).mean()) / whole


def therapists(arms: Arms) -> float | None:
    """Share of the variance of residual change that lies between therapists."""
    return intraclass_correlation(improvement(arms.usual), arms.usual.design.therapist)


def clients_with_sudden_gains(arms: Arms) -> float | None:
    """Share of clients with a sudden gain, among those with enough sessions to show one."""
    attended = arms.usual.attended[:WATCHED]
    if len(attended) < 4:
        return None
    points = np.clip(np.round(POINTS_MEAN + POINTS_SD * arms.usual.reports.questionnaire[:WATCHED]), 0, POINTS_MOST)
    enough = attended.sum(0) >= 4
    scores = np.where(attended, points, np.nan).T[enough]
    return sudden_gains(scores, cutoff=LARGE).clients_with_one / len(scores) if len(scores) else None
