"""Two scores a client: before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from attunement.errors import InputError
from attunement.measures.change.rows import LeftOut, Time, as_key, is_missing, listing, long_rows, refuse_too_few


@dataclass(frozen=True)
class PrePost:
    """Clients with both scores, sorted by client.

    `clients` has `id`, `group` if asked for, `pre`, `post` and `change` (post − pre). `left_out` names everybody and
    every row that was not used.
    """

    clients: pd.DataFrame
    pre: Time
    post: Time
    left_out: tuple[LeftOut, ...]


def prepare(
    data: pd.DataFrame,
    *,
    id: str,
    time: str,
    outcome: str,
    pre: Time | None = None,
    post: Time | None = None,
    group: str | None = None,
) -> PrePost:
    """Pair each client's score at `pre` with that at `post`.

    Without `pre` and `post` there must be just two times: of numbers the smaller is before, of names the first in the
    alphabet. Clients who lack a score or a group, or change groups, are left out and named.

    Raises:
        InputError: when a column or time is missing, `pre` lies after `post`, an outcome is no number, a client has two
            rows for the same time, or fewer than three clients have both scores.
    """
    before, after = _two_times(data, time, pre, post)
    rows = long_rows(data, id=id, time=time, outcome=outcome, group=group, times=(before, after))
    at = {moment: rows.table.loc[rows.table["time"] == moment].set_index("id") for moment in (before, after)}
    clients = pd.DataFrame(index=pd.Index(np.sort(rows.table["id"].unique()), name="id"))
    wrong = pd.Series("", index=clients.index)
    if group is not None:
        groups = {moment: table["group"].reindex(clients.index) for moment, table in at.items()}
        clients["group"] = groups[before]
        first, second = groups[before].astype(object), groups[after].astype(object)
        wrong[first.notna() & second.notna() & (first != second)] = "in two groups"
        wrong[first.isna() | second.isna()] = "no group"
    for name, moment in (("post", after), ("pre", before)):
        clients[name] = at[moment]["outcome"].reindex(clients.index)
        wrong[clients[name].isna()] = f"no {outcome} at {time} {moment}"
    kept = clients.loc[wrong == ""].reset_index()
    refuse_too_few(len(kept), f"{outcome} at {time} {before} and at {after}")
    kept = kept.assign(change=kept["post"] - kept["pre"])
    columns = ["id", *(["group"] if group is not None else []), "pre", "post", "change"]
    lacking = tuple(LeftOut(reason, client=client) for client, reason in wrong[wrong != ""].items())
    return PrePost(kept[columns], before, after, rows.left_out + lacking)


def _two_times(data: pd.DataFrame, column: str, pre: Time | None, post: Time | None) -> tuple[Time, Time]:
    if column not in data.columns:
        raise InputError(f"there is no column {column!r} for time; there are {listing(map(str, data.columns))}.")
    known = data[column].loc[~is_missing(data[column])]
    there: list[Any] = sorted(as_key(known).unique())
    before, after = (None if moment is None else _found(moment, there, column) for moment in (pre, post))
    if before is None or after is None:
        before, after = _completed(before, after, there, column)
    if before == after:
        raise InputError(f"before and after are the same time, {before}; give two.")
    if not isinstance(before, str) and before > after:
        raise InputError(f"the time before, {before}, lies after the other, {after}; exchange them.")
    return before, after


def _found(moment: Time, there: list[Any], column: str) -> Any:
    for time in there:
        if time == moment or _same_text(str(moment), time):
            return time
    raise InputError(f"{column} is never {moment}; it is {listing(map(str, there))}.")


def _same_text(wanted: str, time: Any) -> bool:
    if isinstance(time, str):
        return wanted.strip() == time
    try:
        return float(wanted) == float(time)
    except ValueError:
        return False


def _completed(before: Any, after: Any, there: list[Any], column: str) -> tuple[Any, Any]:
    if len(there) != 2:
        raise InputError(
            f"{column} has {len(there)} different values ({listing(map(str, there))}); "
            "say which is before and which after."
        )
    others = [time for time in there if time not in (before, after)]
    return (others[0] if before is None else before, others[-1] if after is None else after)
