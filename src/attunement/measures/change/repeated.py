"""All scores of a client, for the method that looks at whole courses."""

from __future__ import annotations

from dataclasses import dataclass

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
    table = table.assign(id=table["id"].astype(str)).sort_values(["id", "time"], kind="stable")
    by_client = table.groupby("id", sort=True)
    clients = by_client["outcome"].agg(n="size", pre="first", post="last")
    few = clients["n"] < FEWEST_MEASUREMENTS
    left_out += [LeftOut(f"fewer than 3 scores of {outcome}", client=client) for client in clients.index[few]]
    if group is not None:
        clients.insert(0, "group", by_client["group"].first())
        few = _leave_out_movers(by_client["group"].nunique(), few, left_out)
    clients = clients.loc[~few].reset_index()
    refuse_too_few(len(clients), f"3 scores of {outcome}")
    position = pd.Series(clients.index, index=clients["id"])
    used = table.loc[table["id"].isin(clients["id"])]
    measurements = pd.DataFrame(
        {
            "client": used["id"].map(position).to_numpy(int),
            "time": used["time"].to_numpy(float),
            "outcome": used["outcome"].to_numpy(float),
        }
    )
    return Repeated(clients, measurements, tuple(left_out))


def _leave_out_movers(groups: pd.Series[int], few: pd.Series[bool], left_out: list[LeftOut]) -> pd.Series[bool]:
    movers = (groups > 1) & ~few
    left_out += [LeftOut("in two groups", client=client) for client in groups.index[movers]]
    return few | movers
