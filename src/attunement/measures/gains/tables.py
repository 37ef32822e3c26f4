"""Sudden gains as the tables of the R package suddengains 0.7.2: same columns, same rows, missing where it says NA."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from attunement.errors import InputError
from attunement.measures.gains.criteria import Floats, Verdict
from attunement.measures.gains.find import midway, share_of_total

if TYPE_CHECKING:
    import pandas as pd

    from attunement.measures.gains.model import Gains

# The sessions around a gain, counted from the one before it, and what their scores are called.
AROUND = {-2: "2n", -1: "1n", 0: "n", 1: "n1", 2: "n2", 3: "n3"}
SELECTIONS = ("first", "last", "smallest", "largest")


def wide(gains: Gains, ids: Sequence[Any] | None, *, id_name: str) -> pd.DataFrame:
    """See `Gains.wide`."""
    import pandas as pd

    kind = "sl" if gains.losses else "sg"
    columns: dict[str, Any] = {id_name: range(1, len(gains.values) + 1) if ids is None else list(ids)}
    for name, verdict, dtype in (
        (f"{kind}_crit1", gains.criterion_1, "boolean"),
        (f"{kind}_crit2", gains.criterion_2, "boolean"),
        (f"{kind}_crit3", gains.criterion_3, "boolean"),
        (kind, gains.all_met, "Int64"),
    ):
        columns |= _intervals(name, verdict, gains.first_session, dtype)
    return pd.DataFrame(columns)


def by_gain(
    gains: Gains,
    data: pd.DataFrame,
    *,
    names: Sequence[str],
    measure: str,
    id_name: str,
    start: str | None,
    end: str | None,
) -> pd.DataFrame:
    """See `Gains.by_gain`."""
    import pandas as pd

    rows = data.iloc[gains.client].reset_index(drop=True)
    start, end = start or names[0], end or names[-1]
    shown = list(dict.fromkeys([start, *names] if start not in names else names)) + [end] * (end not in names)
    frequency = np.bincount(gains.client, minlength=len(data))[gains.client]
    labels = [f"{id_}_sg_{session}" for id_, session in zip(rows[id_name], gains.session, strict=True)]
    table = pd.DataFrame({id_name: rows[id_name], "id_sg": labels, "sg_crit123": 1})
    table["sg_session_n"], table["sg_freq_byperson"] = gains.session, frequency
    table[shown] = rows[shown]
    for offset, name in AROUND.items():
        table[f"sg_{measure}_{name}"] = _scores_at(gains, offset)
    return table.assign(**_described(gains, rows[start] - rows[end], f"sg_{measure}_tx_change"))


def one_each(
    table: pd.DataFrame, data: pd.DataFrame, *, names: Sequence[str], id_name: str, select: str
) -> pd.DataFrame:
    """See `Gains.by_person`; `table` has a row a gain."""
    if select not in SELECTIONS:
        raise InputError(f"Select one of {', '.join(SELECTIONS)} gains.")
    by, rising = {
        "first": ("sg_session_n", True),
        "last": ("sg_session_n", False),
        "smallest": ("sg_magnitude", True),
        "largest": ("sg_magnitude", False),
    }[select]
    # The sort is stable: of two gains of the same size it leaves the earlier one first.
    chosen = table.sort_values(by, ascending=rising, kind="stable").drop_duplicates(id_name)
    kept = [
        name
        for name in map(str, table.columns)
        if name in (id_name, "id_sg") or (name.startswith("sg_") and name not in names)
    ]
    joined = data[[id_name]].merge(chosen[kept], on=id_name, how="left")
    joined = joined.fillna({"sg_crit123": 0, "sg_freq_byperson": 0})
    return joined.join(data.drop(columns=id_name).reset_index(drop=True))


def _intervals(name: str, verdict: Verdict, first: int, dtype: Any) -> dict[str, Any]:
    import pandas as pd

    columns: dict[str, Any] = {}
    for index in range(verdict.met.shape[1]):
        column = pd.array(verdict.met[:, index].astype(int), dtype="Int64").astype(dtype)
        column[~verdict.known[:, index]] = pd.NA
        columns[f"{name}_{first + index}to{first + index + 1}"] = column
    return columns


def _scores_at(gains: Gains, offset: int) -> Floats:
    """The score so many sessions after the one before each gain, NaN outside of the table."""
    column, last = gains.column + offset, gains.values.shape[1] - 1
    scores = gains.values[gains.client, np.clip(column, 0, last)]
    return np.where((column >= 0) & (column <= last), scores, np.nan)


def _described(gains: Gains, total: pd.Series[Any], total_name: str) -> dict[str, Any]:
    halfway = midway(gains.values[gains.client], gains.column + 1, gains.magnitude, gains.direction)
    # Losses have negative magnitudes here, but their share of the total change is taken from their size.
    signed = gains.direction * gains.magnitude
    return {
        "sg_magnitude": signed,
        total_name: total,
        "sg_change_proportion": share_of_total(gains.magnitude if gains.losses else signed, total.to_numpy(float)),
        "sg_reversal_value": halfway,
        "sg_reversal": _reversal(gains, halfway),
    }


def _reversal(gains: Gains, halfway: Floats) -> np.ndarray[Any, Any]:
    """Reversal as suddengains counts it: no (0) when no later score is known, and the session right after the gain's
    second is looked at only when a baseline comes first.
    """
    columns = np.arange(gains.values.shape[1])
    later = columns >= gains.session[:, None] + 2
    lost = gains.direction * (gains.values[gains.client] - halfway[:, None]) > 0
    return (later & lost).any(axis=1).astype(int)
