"""Randomised trials: the same people with and without what is tried."""

from __future__ import annotations

import numpy as np

from attunement.dyad.courses import Courses
from attunement.dyad.facts.model import Arms
from attunement.dyad.facts.statistics import hedges_g


def not_on_track(courses: Courses) -> Courses:
    """Clients about whom there was a warning, or would have been one."""
    return courses.only(courses.off_track.any(0))


def feedback_all(arms: Arms) -> float | None:
    """Distress at the end with feedback and without, all clients."""
    return hedges_g(arms.feedback.last, arms.usual.last)


def feedback_not_on_track(arms: Arms) -> float | None:
    """The same among clients not on track."""
    return hedges_g(not_on_track(arms.feedback).last, not_on_track(arms.usual).last)


def support_not_on_track(arms: Arms) -> float | None:
    """Feedback with support tools, among clients not on track."""
    return hedges_g(not_on_track(arms.support).last, not_on_track(arms.usual).last)


def feedback_keeps(arms: Arms) -> float | None:
    """Odds of leaving without feedback over those with it."""
    return _ratio(_odds(arms.usual), _odds(arms.feedback))


def training(arms: Arms) -> float | None:
    """Distress at the end with therapists trained in repair and without, as a correlation."""
    g = hedges_g(arms.training.last, arms.usual.last)
    return None if g is None else g / float(np.sqrt(g**2 + 4))


def _odds(courses: Courses) -> float | None:
    leaves = float(courses.dropped_out.mean())
    return leaves / (1 - leaves) if 0 < leaves < 1 else None


def _ratio(above: float | None, below: float | None) -> float | None:
    return None if above is None or below is None else above / below
