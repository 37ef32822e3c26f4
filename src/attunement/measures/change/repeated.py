"""All scores of a client, for the method that looks at whole courses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from attunement.errors import InputError
from attunement.measures.change.rows import LeftOut, long_rows, refuse_too_few

FEWEST_MEASUREMENTS = 3


@dataclass(frozen=True)
class Repeated:
    """Clients with three scores or more, sorted by client as text.

    `clients` has `id` (text), `group` if asked for, `n` (scores), `pre` and `post` (the first and the last).
    `measurements` has `client` (position in `clients`), `time` and `outcome`, sorted by client and time.
    """

    clients: pd.DataFrame
    measurements: pd.DataFrame
    left_out: tuple[LeftOut, ...]


def prepare_repeated(data: pd.DataFrame, *, id: str, time: str, outcome: str, group: str | None = None) -> Repeated:
    """Gather every score of each client; those with fewer than three are left out and named.

    Raises:
        InputError: when a column is missing, a time or outcome is no number, a client has two rows for the same time,
            or fewer than three clients are left.
    """
    rows = long_rows(data, id=id, time=time, outcome=outcome, group=group)
    table, left_out = rows.table, list(rows.left_out)
    if not pd.api.types.is_numeric_dtype(table["time"]):
        raise InputError(f"{time} must be a number for a course over time; give a column with sessions, days or weeks.")
    for column, reason in (("outcome", f"no {outcome}"), *([("group", "no group")] if group is not None else [])):
        missing = table[column].isna()
        left_out += [LeftOut(reason, row=int(row)) for row in table.loc[missing, "row"]]
        table = table.loc[~missing]
    names, client = _numbered(table["id"])
    table = table.assign(client=client).sort_values(["client", "time"], kind="stable")
    by_client = table.groupby("client")
    clients = by_client["outcome"].agg(n="size", pre="first", post="last")
    clients.insert(0, "id", names)
    wrong = clients["n"] < FEWEST_MEASUREMENTS
    left_out += [LeftOut(f"fewer than 3 scores of {outcome}", client=client) for client in clients.loc[wrong, "id"]]
    if group is not None:
        clients.insert(1, "group", by_client["group"].first())
        codes = table["group"].cat.codes.groupby(table["client"])
        movers = (codes.min() != codes.max()) & ~wrong
        left_out += [LeftOut("in two groups", client=client) for client in clients.loc[movers, "id"]]
        wrong |= movers
    clients = clients.loc[~wrong]
    refuse_too_few(len(clients), f"3 scores of {outcome}")
    used = table.loc[table["client"].isin(clients.index)]
    measurements = pd.DataFrame(
        {
            "client": clients.index.get_indexer(used["client"]),
            "time": used["time"].to_numpy(float),
            "outcome": used["outcome"].to_numpy(float),
        }
    )
    return Repeated(clients.reset_index(drop=True), measurements, tuple(left_out))


def _numbered(ids: pd.Series[Any]) -> tuple[list[str], npt.NDArray[np.intp]]:
    """The clients' names sorted as text, and for every row the position of its client there."""
    codes, known = pd.factorize(ids)
    names = np.array([str(name) for name in known], dtype=object)
    order = np.argsort(names)
    position = np.empty_like(order)
    position[order] = np.arange(len(order))
    return list(names[order]), position[codes]
