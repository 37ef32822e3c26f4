"""What an analysis of change gives: a table of clients, a table of counts, the cut-off."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from attunement.measures.change.rows import LeftOut

NO_CUTOFF = pd.DataFrame({"type": pd.Series(dtype=str), "value": pd.Series(dtype=float)})


@dataclass(frozen=True)
class ChangeResult:
    """Clients, counts and cut-off of one analysis, with the column names of the R package clinicalsignificance.

    `augmented` has one row a client, `summary` one a category (or group of clients, when groups were compared),
    `cutoff` one or no row. `group_level` is Hageman and Arrindell's estimate of the share of clients changed and
    functional. `notes` are what the reader has to know about this run.
    """

    approach: str
    method: str | None
    augmented: pd.DataFrame
    summary: pd.DataFrame
    cutoff: pd.DataFrame = field(default_factory=NO_CUTOFF.copy)
    group_level: pd.DataFrame | None = None
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()

    def to_json(self) -> str:
        """`augmented`, `summary` and `cutoff`, each a list of rows; what is not known is null."""
        parts = {"augmented": self.augmented, "summary": self._whole_summary(), "cutoff": self.cutoff}
        return json.dumps({name: _rows(table) for name, table in parts.items()}, ensure_ascii=False)

    def _whole_summary(self) -> pd.DataFrame:
        """The counts; with group-level estimates, side by side with these and the clients, as R lays the three out."""
        if self.group_level is None:
            return self.summary
        parts = {
            "individual_level_summary": self.summary,
            "group_level_summary": self.group_level,
            "categories": self.augmented.drop(columns="category"),
        }
        # R repeats the shorter tables down to the longest.
        length = max(map(len, parts.values()))
        repeated = [
            part.iloc[np.arange(length) % len(part)].reset_index(drop=True).add_prefix(f"{name}.")
            for name, part in parts.items()
        ]
        return pd.concat(repeated, axis=1)


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    columns = [_plain(table.iloc[:, position]) for position in range(table.shape[1])]
    names = list(map(str, table.columns))
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _plain(values: pd.Series[Any]) -> list[Any]:
    """Values as JSON has them: whole numbers without a point, null for what is missing or infinite."""
    if pd.api.types.is_float_dtype(values.dtype):
        return [_number(value) for value in values.tolist()]
    return [None if value is None or value is pd.NA or value != value else value for value in values.tolist()]


def _number(value: float) -> float | int | None:
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() and abs(value) < 2**53 else value
