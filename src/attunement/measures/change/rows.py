"""The rows of a long table (one row a client and time), checked before anything is computed."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from attunement.errors import InputError

Time = float | str
FIRST_ROW = 2  # as a spreadsheet counts: the header is row 1
FEWEST_CLIENTS = 3
SHOWN = 8
# What people write for "no value"; R writes NA.
MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "."})


@dataclass(frozen=True)
class LeftOut:
    """A row, or a client, that was not used, and why."""

    reason: str
    client: Hashable | None = None
    row: int | None = None


@dataclass(frozen=True)
class LongRows:
    """Usable rows in the order of the file: `row`, `id`, `time`, `outcome` (or NaN), and `group` if asked for."""

    table: pd.DataFrame
    left_out: tuple[LeftOut, ...]


def long_rows(
    data: pd.DataFrame, *, id: str, time: str, outcome: str, group: str | None, times: Iterable[Time] | None = None
) -> LongRows:
    """Take the named columns; leave out, and name, rows without client or time.

    With `times`, rows of other times are not looked at.

    Raises:
        InputError: when a column is missing, an outcome is no number, or a client has two rows for the same time.
    """
    columns = {"id": id, "time": time, "outcome": outcome} | ({} if group is None else {"group": group})
    for role, column in columns.items():
        if column not in data.columns:
            raise InputError(f"there is no column {column!r} for {role}; there are {listing(map(str, data.columns))}.")
    table = pd.DataFrame({role: data[column].to_numpy() for role, column in columns.items()})
    table.insert(0, "row", np.arange(FIRST_ROW, FIRST_ROW + len(table)))
    table = table.loc[~np.logical_and.reduce([is_missing(table[role]) for role in columns])]  # blank lines
    left_out: list[LeftOut] = []
    for role, what in (("id", "no client"), ("time", "no time")):
        missing = is_missing(table[role])
        left_out += [LeftOut(what, row=int(row)) for row in table.loc[missing, "row"]]
        table = table.loc[~missing]
    table = table.assign(id=as_key(table["id"]), time=as_key(table["time"]))
    if group is not None:
        table["group"] = as_group(table["group"])
    if times is not None:
        table = table.loc[table["time"].isin(list(times))]
    table = table.assign(outcome=as_numbers(table["outcome"], table["row"], outcome)).reset_index(drop=True)
    _refuse_duplicates(table)
    return LongRows(table, tuple(left_out))


def is_missing(values: pd.Series[Any]) -> pd.Series[bool]:
    """True where a cell is empty or holds one of the usual words for that."""
    if pd.api.types.is_numeric_dtype(values):
        return values.isna()
    codes, known = pd.factorize(values, use_na_sentinel=False)  # far fewer names than rows
    said = pd.Series(known)
    missing = said.isna() | said.astype(str).str.strip().str.casefold().isin(MISSING)
    return pd.Series(missing.to_numpy()[codes], index=values.index)


def as_key(values: pd.Series[Any]) -> pd.Series[Any]:
    """Values that clients or times are told apart by: numbers where all are (whole ones as integers), else text."""
    if not pd.api.types.is_numeric_dtype(values) or pd.api.types.is_bool_dtype(values):
        codes, known = pd.factorize(values, use_na_sentinel=False)
        return pd.Series(pd.Series(known).astype(str).str.strip().to_numpy()[codes], index=values.index)
    numbers = values.to_numpy(dtype=float)
    if np.all(numbers == np.floor(numbers)) and np.all(np.abs(numbers) < 2**53):
        return pd.Series(numbers.astype(np.int64), index=values.index)
    return pd.Series(numbers, index=values.index)


def as_group(values: pd.Series[Any]) -> pd.Series[Any]:
    """Groups as categories: numbers by size, names in the order of the table, a categorical's own order kept."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        return values
    known = values.mask(is_missing(values))
    keys = as_key(known.dropna())
    order = sorted(keys.unique()) if pd.api.types.is_numeric_dtype(keys) else list(keys.unique())
    return pd.Series(pd.Categorical(keys.reindex(values.index), categories=order), index=values.index)


def as_numbers(values: pd.Series[Any], rows: pd.Series[Any], column: str) -> pd.Series[float]:
    """Numbers, NaN where there is none.

    Raises:
        InputError: at the first cell that holds something else.
    """
    numbers = pd.to_numeric(values, errors="coerce").astype(float)
    wrong = (numbers.isna() & ~is_missing(values)) | np.isinf(numbers)
    if wrong.any():
        row = rows[wrong].iloc[0]
        raise InputError(f"row {row}: {column} is not a number; correct it, or leave the cell empty.")
    return numbers


def refuse_too_few(count: int, needed: str) -> None:
    """Raise InputError when so few clients are left that nothing can be said of them."""
    if count < FEWEST_CLIENTS:
        raise InputError(f"{count} {'client has' if count == 1 else 'clients have'} {needed}; at least 3 are needed.")


def listing(values: Iterable[str], shown: int = SHOWN) -> str:
    """The first few of them, for a message."""
    names = list(values)
    return ", ".join(names[:shown]) + (f" and {len(names) - shown} more" if len(names) > shown else "")


def _refuse_duplicates(table: pd.DataFrame) -> None:
    again = table.duplicated(["id", "time"])
    if not again.any():
        return
    client, time = (table.loc[again, column].tolist()[0] for column in ("id", "time"))
    one, other = table.loc[(table["id"] == client) & (table["time"] == time), "row"].iloc[:2]
    raise InputError(f"rows {one} and {other}: the same client and time twice ({client}, {time}); keep one of them.")
