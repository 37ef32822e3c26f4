"""Figures made of sums over cases, so that drawing cases again is a matter of weights."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from attunement.evaluation.bootstrap import Bootstrap, interval
from benchmarks.figures.figure import numbered

Sums = npt.NDArray[np.float64]
Booleans = npt.NDArray[np.bool_]


def by_case(truth: Booleans, decided: Booleans, cases: Sequence[str]) -> Sums:
    """Twice the agreements, and all marks of both, by case: (cases, 2)."""
    case = numbered(cases)
    return np.stack([np.bincount(case, 2.0 * (truth & decided)), np.bincount(case, truth * 1.0 + decided)], axis=1)


def f1_of_sums(sums: Sums) -> Sums:
    """F1 from such sums, (…, 2); NaN where nobody marked anything."""
    return np.divide(sums[..., 0], sums[..., 1], out=np.full(sums.shape[:-1], np.nan), where=sums[..., 1] > 0)


def difference(one: Sums, other: Sums, bootstrap: Bootstrap) -> tuple[float, float, float]:
    """F1 of one less that of the other, both by the same cases, with its 95 % interval."""
    value = float(f1_of_sums(one.sum(0)) - f1_of_sums(other.sum(0)))
    return value, *interval(value, f1_of_sums(bootstrap.totals(one)) - f1_of_sums(bootstrap.totals(other)))


def area(truth: Booleans, chance: Sums, weights: Sums) -> Sums:
    """How often a turn with it is given a higher chance than one without (AUC), a value a row of weights."""
    order = np.argsort(chance, kind="stable")
    yes = weights[:, order] * truth[order]
    no = weights[:, order] * ~truth[order]
    # Equal chances count half.
    starts = np.flatnonzero(np.append(True, np.diff(chance[order]) > 0))
    yes_at, no_at = (np.add.reduceat(each, starts, axis=1) for each in (yes, no))
    wins = (yes_at * (np.cumsum(no_at, axis=1) - no_at / 2)).sum(axis=1)
    both = yes.sum(axis=1) * no.sum(axis=1)
    return np.divide(wins, both, out=np.full(len(weights), np.nan), where=both > 0)


def plain_area(truth: Booleans, chance: Sums) -> float:
    """The same, every turn counting once."""
    return float(area(truth, chance, np.ones((1, len(truth))))[0])
