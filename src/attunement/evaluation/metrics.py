"""Agreement between two coders in plain arrays: confusion matrices and what follows from them.

Every figure built on a confusion matrix takes arrays of shape (…, levels, levels), rows the human's level, columns
the coder's, so that one call serves the whole set and a thousand resamples of it alike. Codes that are present or
absent are the case of two levels. A figure that cannot be formed (no examples, nothing decided) is NaN, never zero.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
AnyArray = npt.NDArray[Any]

CALIBRATION_BINS = 10


def _ratio(numerator: AnyArray, denominator: AnyArray) -> Floats:
    undefined = np.full(np.broadcast(numerator, denominator).shape, np.nan)
    quotient: Floats = np.divide(numerator, denominator, out=undefined, where=denominator > 0)
    return quotient


def confusion_by_group(human: AnyArray, coder: AnyArray, levels: int, group: AnyArray, groups: int) -> Floats:
    """How often the human's level (rows) meets the coder's (columns), for each group: (groups, levels, levels)."""
    cell = (group.astype(np.int64) * levels + human) * levels + coder
    counts: Integers = np.bincount(cell, minlength=groups * levels * levels)
    matrices: Floats = counts.reshape(groups, levels, levels).astype(np.float64)
    return matrices


def confusion(human: AnyArray, coder: AnyArray, levels: int = 2) -> Floats:
    """How often the human's level (rows) meets the coder's (columns): (levels, levels)."""
    matrix: Floats = confusion_by_group(human, coder, levels, np.zeros(len(human), np.int64), 1)[0]
    return matrix


def precision(matrix: Floats) -> Floats:
    """Of the turns to which the coder gives a level, the share to which the human gives it; one value a level."""
    return _ratio(np.diagonal(matrix, axis1=-2, axis2=-1), matrix.sum(-2))


def recall(matrix: Floats) -> Floats:
    """Of the turns to which the human gives a level, the share to which the coder gives it; one value a level."""
    return _ratio(np.diagonal(matrix, axis1=-2, axis2=-1), matrix.sum(-1))


def f1(matrix: Floats) -> Floats:
    """Harmonic mean of precision and recall, one value a level; NaN for a level that neither of the two gives."""
    return _ratio(2 * np.diagonal(matrix, axis1=-2, axis2=-1), matrix.sum(-2) + matrix.sum(-1))


def macro_f1(matrix: Floats) -> Floats:
    """Mean F1 over the levels that occur in the human's or the coder's answers."""
    each = f1(matrix)
    occurs = ~np.isnan(each)
    return _ratio(np.where(occurs, each, 0.0).sum(-1), occurs.sum(-1).astype(np.float64))


def kappa(matrix: Floats, *, quadratic: bool = False) -> Floats:
    """Agreement beyond chance (Cohen, 1960); `quadratic` weighs a miss by its squared distance (Cohen, 1968).

    1 is perfect, 0 what chance gives. NaN when both gave one and the same level throughout.
    """
    level = np.arange(matrix.shape[-1])
    distance = np.abs(level[:, None] - level[None, :])
    cost = (distance**2 if quadratic else distance > 0).astype(np.float64)
    total = matrix.sum((-2, -1))
    by_chance = _ratio(matrix.sum(-1)[..., :, None] * matrix.sum(-2)[..., None, :], np.asarray(total)[..., None, None])
    return 1.0 - _ratio((matrix * cost).sum((-2, -1)), np.nan_to_num((by_chance * cost).sum((-2, -1))))


def average_precision(human: AnyArray, score: AnyArray, weights: Floats | None = None) -> Floats:
    """Area under the precision–recall steps: how well `score` ranks the turns the human marked above the others.

    1 is perfect; a coder that ranks at random gets the share of turns that are marked. `weights` of shape
    (…, n) count turns several times or not at all, one figure for each leading index. NaN when nothing is marked.
    """
    order = np.argsort(-score, kind="stable")
    ranked, hits = score[order], human[order].astype(np.float64)
    # Equal scores cannot be told apart: precision is read off where each run of them ends.
    ends = np.append(np.flatnonzero(ranked[1:] != ranked[:-1]), len(ranked) - 1)
    counts = np.ones(len(order)) if weights is None else weights[..., order]
    marked = np.cumsum(counts * hits, axis=-1)[..., ends]
    taken = np.cumsum(counts, axis=-1)[..., ends]
    gained = np.diff(marked, axis=-1, prepend=0.0)
    here = np.divide(marked, taken, out=np.zeros_like(marked), where=taken > 0)
    return _ratio((here * gained).sum(-1), marked[..., -1])


def calibration_bins(probability: AnyArray, bins: int = CALIBRATION_BINS) -> Integers:
    """For each turn the bin of its probability, in bins of about equally many turns; equal values stay together."""
    edges = np.quantile(probability, np.arange(1, bins) / bins)
    return np.searchsorted(edges, probability, side="left").astype(np.int64)


def calibration_sums(human: AnyArray, probability: AnyArray, group: AnyArray, groups: int) -> Floats:
    """For each group and bin the number of turns, of marked turns, and the summed probability: (groups, bins, 3)."""
    cell = group * CALIBRATION_BINS + calibration_bins(probability)
    each = [np.bincount(cell, weight, groups * CALIBRATION_BINS) for weight in (None, human, probability)]
    return np.stack(each, axis=-1).reshape(groups, CALIBRATION_BINS, 3).astype(np.float64)


def calibration_error(sums: Floats) -> Floats:
    """Expected calibration error from sums of shape (…, bins, 3): mean distance of promised and found share, 0–1."""
    return _ratio(np.abs(sums[..., 1] - sums[..., 2]).sum(-1), sums[..., 0].sum(-1))


def expected_calibration_error(human: AnyArray, probability: AnyArray) -> float:
    """Expected calibration error over ten bins of equal numbers of turns."""
    return float(calibration_error(calibration_sums(human, probability, np.zeros(len(human), np.int64), 1)[0]))
