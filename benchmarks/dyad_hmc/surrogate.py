"""A whole session as one step: regressions fitted to simulated sessions, so that what follows can be differentiated.

The model decides forty times a session by chance whether a client opens and what comes of it; Hamiltonian Monte Carlo
can follow none of these decisions. Here a session has only its ends. How a rupture stands after it is a logistic
regression on how things stood before; for each of the nine changes of rupture, safety and expectation after it are
normal about a quadratic of what was before; strain follows from them, its residual by its own quantiles, and so do
moments missed. Everything is in logits, and `r` is the rupture's kind (none, withdrawal, confrontation).
"""

from __future__ import annotations

from itertools import combinations_with_replacement
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.stats import norm

from benchmarks.dyad_hmc.rows import Rows

Floats = npt.NDArray[np.float64]
KINDS = 3
RIDGE = 1.0
FEWEST = 30  # sessions, below which a change of rupture borrows from all
LITTLE = 0.02  # added to strain before its logarithm
MOST_ROWS = 20_000  # for the logistic regressions
MOST_COUNTED = 40
QUANTILES = np.linspace(-3.5, 3.5, 57)  # of a standard normal


class Surrogate(NamedTuple):
    """Weights of all regressions; the first axes are the rupture before and after."""

    rupture: Floats  # (3, 3, features)
    end: Floats  # safety and expectation: (3, 3, 2, features)
    end_spread: Floats  # logarithm, (3, 3, 2, features)
    end_correlation: Floats  # (3, 3)
    strain: Floats  # logarithm, by the rupture after: (3, features)
    strain_residual: Floats  # (3, quantiles)
    missed: Floats  # (3, 3, features)
    missed_spread: Floats  # (3, 3)
    episodes: Floats  # log chance of harmed, ruptures, repaired: (3, 3, 3, counts)


def quadratics(xp: Any, *columns: Any) -> Any:
    """One, each, and each product of two, in a last axis; `xp` is NumPy or JAX's."""
    products = [one * other for one, other in combinations_with_replacement(columns, 2)]
    return xp.stack([xp.ones_like(columns[0]), *columns, *products], axis=-1)


def plain(xp: Any, *columns: Any) -> Any:
    """One and each, in a last axis."""
    return xp.stack([xp.ones_like(columns[0]), *columns], axis=-1)


def fitted(rows: Rows) -> Surrogate:
    """All regressions."""
    before = (rows.safety, rows.expectation, rows.strain, rows.attunement)
    ends = np.stack([rows.safety_after, rows.expectation_after], axis=-1)
    full, short = quadratics(np, *before), plain(np, *before)
    cells = [[_cell(rows, r, after) for after in range(KINDS)] for r in range(KINDS)]

    def each(fit: Any) -> Any:
        found = [[fit(cell) for cell in row] for row in cells]
        return tuple(np.array([[part[place] for part in row] for row in found]) for place in range(len(found[0][0])))

    end, spread, correlation = each(lambda cell: _ends(full[cell], short[cell], ends[cell]))
    strained = quadratics(np, rows.safety_after, rows.expectation_after, rows.attunement)
    strain, residual = zip(*(_strain(strained, rows, after) for after in range(KINDS)), strict=True)
    between = quadratics(np, rows.safety, rows.safety_after, rows.expectation, rows.strain_after, rows.attunement)
    missed, missed_spread = each(lambda cell: _with_spread(between[cell], rows.missed[cell].astype(float)))
    (episodes,) = each(lambda cell: (np.stack([_shares(count[cell]) for count in _episodes(rows)]),))
    traits = (rows.notices_withdrawal, rows.notices_confrontation, rows.repairs, rows.withdraws)
    rupture = np.stack([_ruptures(quadratics(np, *before, *traits), rows, r) for r in range(KINDS)])
    return Surrogate(
        rupture, end, spread, correlation, np.stack(strain), np.stack(residual), missed, missed_spread, episodes
    )


def _cell(rows: Rows, before: int, after: int) -> npt.NDArray[np.int64]:
    exactly = np.flatnonzero((rows.rupture == before) & (rows.rupture_after == after))
    return exactly if len(exactly) >= FEWEST else np.flatnonzero(rows.rupture_after == after)


def _episodes(rows: Rows) -> tuple[npt.NDArray[np.int64], ...]:
    return rows.harmed, rows.ruptures, rows.repaired


def _slopes(features: Floats, y: Floats) -> Floats:
    return np.linalg.solve(features.T @ features + RIDGE * np.eye(features.shape[1]), features.T @ y)


def _with_spread(features: Floats, y: Floats) -> tuple[Floats, Any]:
    slopes = _slopes(features, y)
    return slopes, np.std(y - features @ slopes)


def _ends(full: Floats, short: Floats, ends: Floats) -> tuple[Floats, Floats, Any]:
    """Means, then spreads by regression of the squared residuals' logarithm, whose mean is 1.27 below that of 1."""
    slopes = _slopes(full, ends)
    left = ends - full @ slopes
    spread = _slopes(short, (np.log(left**2 + 1e-8) + 1.27) / 2)
    standard = left / np.exp(short @ spread)
    spread[0] += np.log(standard.std(axis=0))
    return slopes.T, spread.T, np.corrcoef(standard.T)[0, 1]


def _strain(features: Floats, rows: Rows, after: int) -> tuple[Floats, Floats]:
    there = rows.rupture_after == after
    y = np.log(rows.strain_after[there] + LITTLE)
    slopes = _slopes(features[there], y)
    return slopes, np.quantile(y - features[there] @ slopes, norm.cdf(QUANTILES))


def _shares(count: npt.NDArray[np.int64]) -> Floats:
    counted = np.bincount(np.minimum(count, MOST_COUNTED), minlength=MOST_COUNTED + 1)
    return np.asarray(np.log((counted + 1e-3) / (counted + 1e-3).sum()))


def _ruptures(features: Floats, rows: Rows, before: int) -> Floats:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    there = np.flatnonzero(rows.rupture == before)[:MOST_ROWS]
    found = make_pipeline(StandardScaler(), LogisticRegression(max_iter=300))
    found.fit(features[there, 1:], rows.rupture_after[there])
    scaler, regression = (step for _, step in found.steps)
    slopes = regression.coef_ / scaler.scale_
    return np.column_stack([regression.intercept_ - slopes @ scaler.mean_, slopes])
