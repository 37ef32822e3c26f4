"""Whether the alliance grows from session to session, and the shape of the course as a whole.

Shapes are those of the literature on alliance patterns: stable, linear growth, quadratic (Kivlighan & Shaughnessy,
2000; Stevens et al., 2007).
"""

from __future__ import annotations

import numpy as np

from attunement.measures.alliance.model import CourseShape, Growth
from attunement.measures.alliance.ratings import Floats

FEWEST_FOR_GROWTH = 4
# From eight ratings on, one parameter less is worth more than two units of BIC: a straight line can win.
FEWEST_FOR_SHAPE = 8
# Less is "not worth more than a bare mention" (Kass & Raftery, 1995).
LEAST_LEAD = 2.0


def growth_of(ratings: Floats, *, level: float) -> Growth | None:
    """Least-squares slope over sessions with its t interval; higher ratings are better, NaN is passed over.

    `None` with fewer than four ratings. Ratings of one client may depend on each other from session to session; the
    interval does not know this and is then somewhat too narrow.
    """
    from scipy.stats import t as student

    sessions = np.flatnonzero(~np.isnan(ratings)).astype(float)
    if len(sessions) < FEWEST_FOR_GROWTH:
        return None
    values = ratings[~np.isnan(ratings)]
    if np.ptp(values) == 0:
        return Growth(0.0, (0.0, 0.0), level)
    centred = sessions - sessions.mean()
    slope = float(centred @ values / (centred @ centred))
    residuals = values - values.mean() - slope * centred
    degrees = len(values) - 2
    error = float(np.sqrt(residuals @ residuals / degrees / (centred @ centred)))
    reach = float(student.ppf((1 + level) / 2, degrees)) * error
    return Growth(slope, (slope - reach, slope + reach), level)


def typical_growth(ratings: Floats) -> float | None:
    """The mean slope over clients, rating points a session: what "as it usually grows" means in one's own sample.

    `ratings` is (clients, sessions), higher is better, NaN where missing. Clients with fewer than four ratings are left
    out; `None` where nobody remains.
    """
    slopes = [growth.slope for row in ratings if (growth := growth_of(row, level=0.9)) is not None]
    return float(np.mean(slopes)) if slopes else None


def shape_of(ratings: Floats) -> CourseShape | None:
    """The shape of the constant, straight or quadratic course that has the lowest BIC.

    `None` when a course of another shape is less than 2 behind, and with fewer than eight ratings. A quadratic course
    that turns outside the sessions rated is growth or decline.
    """
    sessions = np.flatnonzero(~np.isnan(ratings)).astype(float)
    values = ratings[~np.isnan(ratings)]
    if len(values) < FEWEST_FOR_SHAPE:
        return None
    if np.ptp(values) == 0:
        return "stable"
    fits = [np.polynomial.Polynomial.fit(sessions, values, degree) for degree in range(3)]
    candidates = [(_information(values - fit(sessions), values, fit.degree()), _name(fit, sessions)) for fit in fits]
    lowest, shape = min(candidates)
    others = [information for information, name in candidates if name != shape]
    return shape if all(information - lowest >= LEAST_LEAD for information in others) else None


def _information(residuals: Floats, values: Floats, degree: int) -> float:
    """Bayesian information criterion of a least-squares fit; residuals of arithmetic alone count as none."""
    n = len(values)
    floor = n * (1e-6 * float(np.ptp(values))) ** 2
    return float(n * np.log(max(float(residuals @ residuals), floor) / n) + (degree + 1) * np.log(n))


def _name(fit: np.polynomial.Polynomial, sessions: Floats) -> CourseShape:
    if fit.degree() == 0:
        return "stable"
    turns = [root.real for root in fit.deriv().roots() if sessions[0] < root.real < sessions[-1]]
    if turns:
        return "U" if float(fit.deriv(2)(turns[0])) > 0 else "inverted U"
    return "growth" if fit(sessions[-1]) > fit(sessions[0]) else "decline"
