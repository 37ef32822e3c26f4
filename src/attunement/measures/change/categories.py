"""Names for what happened, one a client, and how often each occurred."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from attunement.measures.change.indices import Floats

THREE = ("Improved", "Unchanged", "Deteriorated")
FIVE = ("Recovered", "Improved", "Unchanged", "Deteriorated", "Harmed")
DIGITS = 4


def flags(improved: Any, deteriorated: Any, index: pd.Index[Any]) -> pd.DataFrame:
    """`improved`, `deteriorated`, and `unchanged` where neither is true."""
    table = pd.DataFrame({"improved": improved, "deteriorated": deteriorated}, index=index)
    return table.assign(unchanged=~table["improved"] & ~table["deteriorated"])


def beyond(index: Floats, critical: float, direction: int, rows: pd.Index[Any]) -> pd.DataFrame:
    """Flags of clients whose index lies beyond the critical value, for better or for worse."""
    return flags(direction * index > critical, direction * index < -critical, rows)


def recovery(change: pd.DataFrame, crossing: pd.DataFrame) -> pd.DataFrame:
    """Flags of the five combined categories, from change and the sides of the cut-off (Jacobson & Truax, 1991)."""
    recovered = crossing["clinical_pre"] & crossing["functional_post"] & change["improved"]
    harmed = ~crossing["clinical_pre"] & ~crossing["functional_post"] & change["deteriorated"]
    return pd.DataFrame(
        {
            "recovered": recovered,
            "improved": change["improved"] & ~recovered,
            "unchanged": change["unchanged"],
            "deteriorated": change["deteriorated"] & ~harmed,
            "harmed": harmed,
        }
    )


def category(flags: pd.DataFrame, names: Sequence[str]) -> pd.Categorical[Any]:
    """The first of the names whose flag is true."""
    chosen = np.select([flags[name.casefold()] for name in names], list(names), default="")
    return pd.Categorical(chosen, categories=list(names), ordered=True)


def counts(flags: pd.DataFrame, names: Sequence[str], group: pd.Series[Any] | None) -> pd.DataFrame:
    """One row a category: `n`, and `percent` as a share of all, to four digits; by group `percent_by_group` as well."""
    if group is None:
        numbers = np.array([int(flags[name.casefold()].sum()) for name in names])
        return pd.DataFrame({"category": names, "n": numbers, "percent": rounded(numbers / numbers.sum())})
    by_group = flags.groupby(group.cat.remove_unused_categories(), observed=True).sum()
    table = by_group[[name.casefold() for name in names]].to_numpy(int)
    return pd.DataFrame(
        {
            "group": np.repeat(list(by_group.index), len(names)),
            "category": list(names) * len(by_group),
            "n": table.ravel(),
            "percent": rounded(table.ravel() / table.sum()),
            "percent_by_group": rounded((table / table.sum(axis=1, keepdims=True)).ravel()),
        }
    )


def rounded(values: Floats, digits: int = DIGITS) -> Floats:
    """Rounded as R does since 4.0: the nearer of the two decimal neighbours, the even one of two equally near."""
    scale = 10.0**digits
    low = np.floor(values * scale)
    below, above = low / scale, np.ceil(values * scale) / scale
    to_above, to_below = above - values, values - below
    up = (to_above < to_below) | ((to_above == to_below) & (low % 2 == 1))
    return np.where(up, above, below)
