"""Whether a whole group changed by an important difference: the mean change with its interval, against that difference.

The R package clinicalsignificance draws these intervals from a Bayesian model unless told `bayesian = FALSE`; here
they are those of the t-test, which is what it gives then.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from attunement.errors import InputError
from attunement.measures.change.cutoffs import direction_of
from attunement.measures.change.indices import Floats
from attunement.measures.change.prepost import PrePost
from attunement.measures.change.result import ChangeResult
from attunement.measures.change.rows import Time, is_missing, listing, long_rows

NOT_SIGNIFICANT = "Statistically not significant"
NOT_RELEVANT = "Statistically significant but not clinically relevant"
NOT_LESS = "Not significantly less than the threshold"
NOT_GREATER = "Not significantly greater than the threshold"
PROBABLY = "Probably clinically significant effect"
LARGE = "Large clinically significant effect"
CONFIDENCE = 0.95


def anchor_within(
    prepared: PrePost, *, improvement: float, better: str = "lower", confidence: float = CONFIDENCE
) -> ChangeResult:
    """Mean change of all clients, or of each group, with its confidence interval (paired t-test).

    `summary` has `difference` (after − before), `lower`, `upper`, `ci`, `n`, `category`.

    Raises:
        InputError: when the difference, the level or the direction cannot be used.
    """
    _check(improvement, confidence)
    clients = prepared.clients
    if "group" in clients:
        names = list(clients["group"].unique())
        parts = [({"group": name}, clients.loc[clients["group"] == name, "change"]) for name in names]
    else:
        parts = [({}, clients["change"])]
    rows = []
    for group, change in parts:
        interval = _paired(change.to_numpy(float), confidence)
        rows.append({**group, **interval, "ci": confidence, "n": len(change)})
    return _result(rows, improvement, better, prepared.left_out)


def anchor_between(
    data: pd.DataFrame,
    *,
    id: str,
    time: str,
    outcome: str,
    group: str,
    post: Time,
    improvement: float,
    reference_group: Time | None = None,
    better: str = "lower",
    confidence: float = CONFIDENCE,
) -> ChangeResult:
    """Mean difference of every other group from the reference group, at one time (Welch's t-test).

    The reference is the first group unless given. `summary` has `reference`, `comparison`, `difference`, `lower`,
    `upper`, `ci`, `n_reference`, `n_comparison`, `category`.

    Raises:
        InputError: when a column, the time or the group is missing, or a group has fewer than two scores.
    """
    _check(improvement, confidence)
    rows = long_rows(data, id=id, time=time, outcome=outcome, group=group)
    at_post = rows.table.loc[rows.table["time"].astype(str) == _text(post)]
    if at_post.empty:
        raise InputError(f"{time} is never {post}; it is {listing(map(str, sorted(rows.table['time'].unique())))}.")
    there = [name for name in at_post["group"].cat.categories if (at_post["group"] == name).any()]
    reference = there[0] if reference_group is None else _group_named(reference_group, there)
    scores = {
        name: at_post.loc[(at_post["group"] == name) & ~is_missing(at_post["outcome"]), "outcome"].to_numpy(float)
        for name in there
    }
    found = []
    for name in there:
        if name == reference:
            continue
        interval = _welch(scores[name], scores[reference], confidence)
        counts = {"ci": confidence, "n_reference": len(scores[reference]), "n_comparison": len(scores[name])}
        found.append({"reference": reference, "comparison": name, **interval, **counts})
    if not found:
        raise InputError(f"{group} has one group only, {reference}; there is nothing to compare it with.")
    return _result(found, improvement, better, rows.left_out)


def _check(improvement: float, confidence: float) -> None:
    if not 0 <= improvement < np.inf:
        raise InputError(f"an important difference is a number of points from 0 up, not {improvement:g}.")
    if not 0 < confidence < 1:
        raise InputError(f"a confidence level lies between 0 and 1, not {confidence:g}.")


def _text(moment: Time) -> str:
    try:
        number = float(moment)
    except ValueError:
        return str(moment).strip()
    return str(int(number)) if number.is_integer() else str(number)


def _group_named(wanted: Time, there: list[Any]) -> Any:
    for name in there:
        if str(name) == _text(wanted) or str(name) == str(wanted):
            return name
    raise InputError(f"there is no group {wanted}; there are {listing(map(str, there))}.")


def _result(rows: list[dict[str, Any]], improvement: float, better: str, left_out: Any) -> ChangeResult:
    threshold = direction_of(better) * improvement
    judged = [
        {**row, "category": verdict(row["difference"], row["lower"], row["upper"], threshold, better)} for row in rows
    ]
    return ChangeResult("anchor", None, pd.DataFrame(), pd.DataFrame(judged), left_out=left_out)


def verdict(difference: float, lower: float, upper: float, threshold: float, better: str) -> str | None:
    """What an interval says of an effect, the important difference being `threshold` (signed, in the better direction).

    The names and their rules are those of clinicalsignificance 3.0.0. Where higher is better it has none for an
    interval that holds 0 and stays below the threshold: None.
    """
    same_side = np.sign(lower) == np.sign(upper)
    if better == "lower":
        rules = [
            (not same_side, NOT_SIGNIFICANT),
            (same_side and lower > threshold, NOT_RELEVANT),
            (lower < threshold < upper and difference > threshold, NOT_LESS),
            (lower < threshold < upper and difference < threshold, PROBABLY),
            (upper < threshold, LARGE),
        ]
    else:
        rules = [
            (same_side and upper < threshold, NOT_RELEVANT),
            (lower < threshold < upper and difference < threshold, NOT_GREATER),
            (lower < threshold < upper and difference > threshold, PROBABLY),
            (lower > threshold, LARGE),
        ]
    return next((name for applies, name in rules if applies), None)


def _paired(change: Floats, confidence: float) -> dict[str, float]:
    if len(change) < 2:
        raise InputError("a group has fewer than two clients with both scores; there is no interval.")
    return _interval(float(change.mean()), float(change.var(ddof=1)) / len(change), len(change) - 1, confidence)


def _welch(comparison: Floats, reference: Floats, confidence: float) -> dict[str, float]:
    if min(len(comparison), len(reference)) < 2:
        raise InputError("a group has fewer than two scores at this time; there is no interval.")
    one, other = (float(scores.var(ddof=1)) / len(scores) for scores in (comparison, reference))
    difference = float(comparison.mean() - reference.mean())
    if one + other == 0:
        raise InputError("the scores of two groups do not spread; there is no interval.")
    freedom = (one + other) ** 2 / (one**2 / (len(comparison) - 1) + other**2 / (len(reference) - 1))
    return _interval(difference, one + other, freedom, confidence)


def _interval(difference: float, squared_error: float, freedom: float, confidence: float) -> dict[str, float]:
    from scipy.special import stdtrit

    half = float(stdtrit(freedom, 1 - (1 - confidence) / 2)) * float(np.sqrt(squared_error))
    return {"difference": difference, "lower": difference - half, "upper": difference + half}
