"""The five approaches to clinical significance, each a function of prepared clients.

| approach | asks |
|---|---|
| distribution | is the change more than measurement error? |
| statistical | did the client cross from the clients' scores to those of people without the trouble? |
| combined | both |
| percentage | is it a large enough share of the score before? |
| anchor | is it as large as a difference known to matter? |
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from attunement.errors import InputError
from attunement.measures.change import categories
from attunement.measures.change.categories import FIVE, THREE
from attunement.measures.change.cutoffs import Crossing, crossing, direction_of, functional, true_crossing
from attunement.measures.change.hierarchical import slopes_of
from attunement.measures.change.indices import (
    Floats,
    method_of,
    refuse_no_spread,
    sample,
)
from attunement.measures.change.prepost import PrePost
from attunement.measures.change.reliable import SIGNIFICANCE_LEVEL, critical_value
from attunement.measures.change.repeated import Repeated
from attunement.measures.change.result import ChangeResult
from attunement.measures.change.shares import estimated_shares

SAME_RELIABILITY = "The reliability after was taken to be that before."
FRAGILE = (
    "Clients' slopes hardly differ, or go with their level almost perfectly: the fourth digit of the index hangs on "
    "rounding, here as in R's lme4, and little can be read from it."
)
MET_AT_ZERO = (
    "{count} clients scored 0 before: a percentage of 0 has no meaning. A rise from 0 counts as improved, as in R's "
    "clinicalsignificance (and, where lower is better, as deteriorated as well); look at these clients yourself."
)


def distribution(
    prepared: PrePost | Repeated,
    *,
    method: str = "JT",
    reliability: float | None = None,
    reliability_post: float | None = None,
    better: str = "lower",
    significance_level: float = SIGNIFICANCE_LEVEL,
) -> ChangeResult:
    """Who changed by more than measurement error.

    `rci` is the index, in units of its error; positive when scores rose. HLM takes `Repeated` clients and no
    reliability, every other method `PrePost` and a reliability; only NK uses `reliability_post` (default: the same).
    For HA the significance level is the largest risk of a wrong category, one-sided.

    Raises:
        InputError: when method, reliability, level or direction cannot be used, or do not go with the clients.
    """
    index, notes = _index(prepared, method, reliability, reliability_post)
    rows = prepared.clients.index
    change = categories.beyond(index, _critical(method, significance_level), direction_of(better), rows)
    columns = pd.concat([pd.DataFrame({"rci": index}, index=rows), change], axis=1)
    return _in_three("distribution", method.upper(), prepared, columns, change, notes=notes)


def statistical(
    prepared: PrePost,
    *,
    method: str = "JT",
    cutoff_type: str = "a",
    functional_mean: float | None = None,
    functional_sd: float | None = None,
    reliability: float | None = None,
    better: str = "lower",
    significance_level: float = SIGNIFICANCE_LEVEL,
) -> ChangeResult:
    """Who crossed the cut-off between clients and people without the trouble, in either direction.

    With JT by scores as they are, with HA by estimated true scores and beyond their error (needs a reliability).

    Raises:
        InputError: when method, cut-off, reliability, level or direction cannot be used.
    """
    if method.upper() not in ("JT", "HA"):
        raise InputError(f"a cut-off is found by JT or HA, not by {method}.")
    crossed = _crossing(
        prepared, method, cutoff_type, functional_mean, functional_sd, reliability, better, significance_level
    )
    sides = crossed.columns
    if "clinical_post" in sides:
        improved, deteriorated = sides["functional_post"], sides["clinical_post"]
    else:
        improved = sides["clinical_pre"] & sides["functional_post"]
        deteriorated = ~sides["clinical_pre"] & ~sides["functional_post"]
    change = categories.flags(improved, deteriorated, prepared.clients.index)
    return _in_three("statistical", method.upper(), prepared, sides, change, cutoff=crossed.cutoff.table())


def combined(
    prepared: PrePost | Repeated,
    *,
    method: str = "JT",
    reliability: float | None = None,
    reliability_post: float | None = None,
    cutoff_type: str = "a",
    functional_mean: float | None = None,
    functional_sd: float | None = None,
    mid_improvement: float | None = None,
    mid_deterioration: float | None = None,
    better: str = "lower",
    significance_level: float = SIGNIFICANCE_LEVEL,
) -> ChangeResult:
    """Who changed beyond error and crossed the cut-off (recovered, harmed), and who changed without crossing it.

    With `mid_improvement`, a change counts when it is as large as this difference known to matter, and the index, its
    method and reliability are not used.

    Raises:
        InputError: when an option is missing or cannot be used.
    """
    clients = prepared.clients
    notes: tuple[str, ...] = ()
    shown = pd.DataFrame(index=clients.index)
    if mid_improvement is not None:
        change = _by_anchor(_pre_post(prepared), mid_improvement, mid_deterioration, better)
        crossed = _crossing(
            prepared, "JT", cutoff_type, functional_mean, functional_sd, None, better, significance_level
        )
    else:
        index, notes = _index(prepared, method, reliability, reliability_post)
        change = categories.beyond(index, _critical(method, significance_level), direction_of(better), clients.index)
        crossed = _crossing(
            prepared, method, cutoff_type, functional_mean, functional_sd, reliability, better, significance_level
        )
        shown = crossed.columns.filter(["cs_indiv", "clinical_post"]).assign(rci=index)
    found = categories.recovery(change, crossed.columns)
    named = pd.DataFrame({"category": categories.category(found, FIVE)}, index=clients.index)
    return ChangeResult(
        approach="combined",
        method=method.upper() if mid_improvement is None else None,
        augmented=pd.concat([clients, shown, found, named], axis=1),
        summary=categories.counts(found, FIVE, clients.get("group")),
        cutoff=crossed.cutoff.table(),
        group_level=estimated_shares(sample(clients, reliability), clients, crossed.cutoff, better)
        if "cs_indiv" in shown
        else None,
        left_out=prepared.left_out,
        notes=notes,
    )


def percentage(
    prepared: PrePost, *, improvement: float, deterioration: float | None = None, better: str = "lower"
) -> ChangeResult:
    """Who changed by a share of the score before, such as .5; `deterioration` is the same share unless given.

    `pct_change` is missing or infinite where the score before was 0; a note says how often.

    Raises:
        InputError: when a share is outside [0, 1] or the direction unknown.
    """
    worse = improvement if deterioration is None else deterioration
    for share in (improvement, worse):
        if not 0 <= share <= 1:
            raise InputError(f"a percentage is given as a share from 0 to 1, such as .5 for 50 %, not {share:g}.")
    clients, direction = prepared.clients, direction_of(better)
    pre, post = clients["pre"].to_numpy(float), clients["post"].to_numpy(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        of_pre = (post - pre) / pre
        improved = (direction * of_pre >= improvement) | ((pre == 0) & (post > 0))
        deteriorated = (direction * of_pre <= -worse) | ((pre == 0) & (post < 0))
    moved = pre != post
    change = categories.flags(improved & moved, deteriorated & moved, clients.index)
    columns = pd.concat([pd.DataFrame({"pct_change": of_pre}, index=clients.index), change], axis=1)
    from_zero = int((pre == 0).sum())
    notes = (MET_AT_ZERO.format(count=from_zero),) if from_zero else ()
    return _in_three("percentage", None, prepared, columns, change, notes=notes)


def anchor(
    prepared: PrePost, *, improvement: float, deterioration: float | None = None, better: str = "lower"
) -> ChangeResult:
    """Who changed by at least the minimal important difference of the instrument, in points.

    `deterioration` is the same difference unless given.

    Raises:
        InputError: when a difference is negative or the direction unknown.
    """
    change = _by_anchor(prepared, improvement, deterioration, better)
    return _in_three("anchor", None, prepared, change, change)


def _in_three(
    approach: str,
    method: str | None,
    prepared: PrePost | Repeated,
    columns: pd.DataFrame,
    change: pd.DataFrame,
    **more: Any,
) -> ChangeResult:
    clients = prepared.clients
    named = pd.DataFrame({"category": categories.category(change, THREE)}, index=clients.index)
    return ChangeResult(
        approach=approach,
        method=method,
        augmented=pd.concat([clients, columns, named], axis=1),
        summary=categories.counts(change, THREE, clients.get("group")),
        left_out=prepared.left_out,
        **more,
    )


def _index(
    prepared: PrePost | Repeated, code: str, reliability: float | None, reliability_post: float | None
) -> tuple[Floats, tuple[str, ...]]:
    """The index of every client, with notes."""
    method = method_of(code)
    if method.index is None:
        if not isinstance(prepared, Repeated):
            raise InputError("HLM needs every score of each client, not two; prepare them with prepare_repeated.")
        slopes = slopes_of(prepared)
        return slopes.index, (FRAGILE,) if slopes.is_fragile else ()
    taken = sample(_pre_post(prepared).clients, reliability, reliability_post)
    notes = (SAME_RELIABILITY,) if code.upper() == "NK" and reliability_post is None else ()
    return method.index(taken), notes


def _pre_post(prepared: PrePost | Repeated) -> PrePost:
    if isinstance(prepared, Repeated):
        raise InputError("only the method HLM takes every score of each client; the others take two, from prepare.")
    return prepared


def _critical(code: str, significance_level: float) -> float:
    try:
        return critical_value(significance_level, sides=method_of(code).sides)
    except ValueError as error:
        raise InputError(str(error)) from None


def _crossing(
    prepared: PrePost | Repeated,
    method: str,
    kind: str,
    mean: float | None,
    sd: float | None,
    reliability: float | None,
    better: str,
    significance_level: float,
) -> Crossing:
    people = functional(kind, mean, sd)
    if method.upper() == "HA":
        taken = sample(prepared.clients, reliability)
        return true_crossing(taken, kind, people, better, _critical(method, significance_level))
    refuse_no_spread(prepared.clients)
    return crossing(prepared.clients, kind, people, better)


def _by_anchor(prepared: PrePost, improvement: float, deterioration: float | None, better: str) -> pd.DataFrame:
    worse = improvement if deterioration is None else deterioration
    for difference in (improvement, worse):
        if not 0 <= difference < np.inf:
            raise InputError(f"an important difference is a number of points from 0 up, not {difference:g}.")
    change = direction_of(better) * prepared.clients["change"].to_numpy(float)
    return categories.flags(change >= improvement, change <= -worse, prepared.clients.index)
