"""The few statistics that the studies use; each is None where it cannot be told."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
FEWEST = 10  # clients, below which no figure is given


def correlation(x: ArrayLike, y: ArrayLike) -> float | None:
    """Pearson's r."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    if len(x) < FEWEST or np.ptp(x) == 0 or np.ptp(y) == 0:
        return None
    return float(np.corrcoef(x, y)[0, 1])


def residual(y: ArrayLike, *predictors: ArrayLike) -> Floats:
    """What a linear regression on the predictors leaves of `y`."""
    y = np.asarray(y, float)
    design = np.column_stack([np.ones(len(y)), *(np.asarray(x, float) for x in predictors)])
    return np.asarray(y - design @ np.linalg.lstsq(design, y, rcond=None)[0])


def standardised_slope(y: ArrayLike, x: ArrayLike, *others: ArrayLike) -> float | None:
    """The slope of `y` on `x` with the others held, in SD of y for one SD of x."""
    y, x = np.asarray(y, float), np.asarray(x, float)
    if len(y) < FEWEST or np.ptp(x) == 0 or np.ptp(y) == 0:
        return None
    x_left, y_left = residual(x, *others), residual(y, *others)
    spread = float(x_left @ x_left)
    return float(x_left @ y_left / spread * x.std() / y.std()) if spread > 0 else None


def hedges_g(better: ArrayLike, worse: ArrayLike) -> float | None:
    """Difference of means in pooled SD, positive when the first is lower (distress), with Hedges' correction."""
    a, b = np.asarray(better, float), np.asarray(worse, float)
    freedom = len(a) + len(b) - 2
    if min(len(a), len(b)) < FEWEST:
        return None
    pooled = np.sqrt(((len(a) - 1) * a.var(ddof=1) + (len(b) - 1) * b.var(ddof=1)) / freedom)
    return float((b.mean() - a.mean()) / pooled * (1 - 3 / (4 * freedom - 1))) if pooled > 0 else None


def intraclass_correlation(y: ArrayLike, group: ArrayLike) -> float | None:
    """Share of the variance that lies between groups, from the mean squares of a one-way analysis of variance."""
    y = np.asarray(y, float)
    _, index, size = np.unique(np.asarray(group), return_inverse=True, return_counts=True)
    groups, clients = len(size), len(y)
    if groups < 2 or clients <= groups:
        return None
    means = np.bincount(index, y) / size
    between = float(size @ (means - y.mean()) ** 2) / (groups - 1)
    within = float(((y - means[index]) ** 2).sum()) / (clients - groups)
    typical = (clients - float(size @ size) / clients) / (groups - 1)
    variance = (between - within) / typical
    return variance / (variance + within) if variance + within > 0 else None


def skewness(x: ArrayLike) -> float | None:
    """Third standardised moment, negative when the long tail is on the left."""
    x = np.asarray(x, float)
    if len(x) < FEWEST or np.ptp(x) == 0:
        return None
    return float((((x - x.mean()) / x.std()) ** 3).mean())
