"""The analyses of a simulated study, each a p-value; all take into account that clients share therapists.

Trials are analysed by therapists, not clients: with few or unequal therapists such tests keep their size where tests of
clients do not (Donner & Klar, 2000; Hayes & Moulton, 2017). Correlations are tested by a regression with a random
intercept for therapists (Fuller & Battese, 1973). Everything is one study: (therapists, clients) arrays.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
NOTHING_FOUND = 1.0
NO_SPREAD = 1e-12  # below it, what is left is rounding


def adjusted(outcome: Floats, intake: Floats, known: Flags) -> Floats:
    """The outcome less what intake lets expect; the slope is that within therapists."""
    centred = [np.where(known, values - means_of(values, known)[:, None], 0.0) for values in (intake, outcome)]
    spread = float((centred[0] ** 2).sum())
    slope = float((centred[0] * centred[1]).sum()) / spread if spread > 0 else 0.0
    return np.asarray(outcome - slope * intake)


def means_of(values: Floats, known: Flags) -> Floats:
    """Each therapist's mean of what is known; 0 where nothing is."""
    return np.asarray((values * known).sum(1) / np.maximum(known.sum(1), 1))


def between_therapists(outcome: Floats, known: Flags, treated: Flags) -> float:
    """Therapists were randomised, `treated` (therapists,): Welch's t-test of their means."""
    some = known.any(1)
    means = means_of(outcome, known)
    one, other = means[some & treated], means[some & ~treated]
    if min(len(one), len(other)) < 2:
        return NOTHING_FOUND
    errors = np.array([each.var(ddof=1) / len(each) for each in (one, other)])
    if errors.sum() < NO_SPREAD:
        return NOTHING_FOUND
    freedom = errors.sum() ** 2 / (errors**2 / [len(one) - 1, len(other) - 1]).sum()
    return _two_sided((one.mean() - other.mean()) / np.sqrt(errors.sum()), freedom)


def within_therapists(outcome: Floats, known: Flags, treated: Flags) -> float:
    """Clients were randomised, `treated` as `outcome`: t-test of each therapist's difference between the arms."""
    both = (known & treated).any(1) & (known & ~treated).any(1)
    differences = (means_of(outcome, known & treated) - means_of(outcome, known & ~treated))[both]
    if len(differences) < 2 or differences.var() < NO_SPREAD:
        return NOTHING_FOUND
    error = np.sqrt(differences.var(ddof=1) / len(differences))
    return _two_sided(differences.mean() / error, len(differences) - 1)


def association(outcome: Floats, predictor: Floats, known: Flags) -> float:
    """Nobody was randomised: the slope of the outcome on the predictor, with a random intercept for therapists."""
    y, x, size = outcome[known], predictor[known], known.sum(1)
    size = size[size > 0]
    clients, therapists = len(y), len(size)
    if clients - therapists < 2 or np.ptp(x) == 0 or np.ptp(y) == 0:
        return NOTHING_FOUND
    share = _between(_left(y, x), size)
    kept = np.repeat(1 - np.sqrt((1 - share) / (1 + (size - 1) * share)), size)
    y, x, one = (v - kept * np.repeat(_group_means(v, size), size) for v in (y, x, np.ones(clients)))
    left = _residual(y, one)
    moved = _residual(x, one)
    spread = float(moved @ moved)
    freedom = clients - therapists - 1
    if spread <= 1e-12 * clients:
        return NOTHING_FOUND
    slope = float(moved @ left) / spread
    error = float(((left - slope * moved) ** 2).sum()) / freedom / spread
    return _two_sided(slope / np.sqrt(error), freedom) if error > 0 else NOTHING_FOUND


def _two_sided(t: float, freedom: float) -> float:
    return float(2 * stats.t.sf(abs(t), freedom))


def _left(y: Floats, x: Floats) -> Floats:
    ones = np.ones(len(y))
    return _residual(_residual(y, ones), _residual(x, ones))


def _residual(y: Floats, x: Floats) -> Floats:
    return np.asarray(y - float(y @ x) / float(x @ x) * x)


def _group_means(values: Floats, size: NDArray[np.int64]) -> Floats:
    return np.asarray(np.add.reduceat(values, np.r_[0, size.cumsum()[:-1]]) / size)


def _between(residual: Floats, size: NDArray[np.int64]) -> float:
    """Share of the variance between therapists, from mean squares; 0 or more."""
    means = _group_means(residual, size)
    clients, therapists = len(residual), len(size)
    if therapists < 2 or clients <= therapists:
        return 0.0
    between = float(size @ (means - residual.mean()) ** 2) / (therapists - 1)
    within = float(((residual - np.repeat(means, size)) ** 2).sum()) / (clients - therapists)
    typical = (clients - float(size @ size) / clients) / (therapists - 1)
    variance = max(0.0, (between - within) / typical)
    return variance / (variance + within) if variance + within > 0 else 0.0
