"""Every rupture of simulated therapies: when it began, whether it was noticed and repaired, when it ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from attunement.dyad.courses import Courses
from attunement.errors import InputError


@dataclass(frozen=True, slots=True)
class TrueRupture:
    """One rupture; `client` from 0, sessions and exchanges from 1.

    `began` is the exchange whose miss or harm broke it. `attempts` counts how often it was taken up, first in session
    `noticed_session`; both parties may have begun. It ended by a repair (`is_repaired`), by another therapist taking
    over, or not at all: then `ended_session` and `ended_exchange` are None.
    """

    client: int
    kind: str
    began_session: int
    began_exchange: int
    attempts: int
    noticed_session: int | None
    noticed_exchange: int | None
    is_repaired: bool
    ended_session: int | None
    ended_exchange: int | None


def true_ruptures(courses: Courses) -> list[TrueRupture]:
    """All ruptures, by client and time.

    Raises:
        InputError: when the courses were simulated without `keep_exchanges`.
    """
    if courses.exchanges is None:
        raise InputError("Ruptures are known exchange by exchange; simulate with keep_exchanges=True.")
    counts = courses.counts
    clients = np.flatnonzero((counts.withdrawals + counts.confrontations).any(0))
    return [rupture for client in clients for rupture in _of_client(courses, int(client))]


def _of_client(courses: Courses, client: int) -> Iterator[TrueRupture]:
    happened = courses.exchanges
    assert happened is not None
    length = happened.opened.shape[1]
    withdrawals, confrontations, noticed, repaired = (
        np.flatnonzero(each[:, :, client])
        for each in (happened.withdrawals, happened.confrontations, happened.noticed, happened.repaired)
    )
    changed = courses.changed[:, client]
    takes_over = [int(changed.argmax()) * length] if changed.any() else []
    for step in sorted([*withdrawals, *confrontations]):
        ends = [int(each) for each in (*repaired, *takes_over) if each > step]
        end = min(ends, default=None)
        tries = noticed[(noticed > step) & (noticed <= (np.inf if end is None else end))]
        is_repaired = end is not None and end in repaired
        noticed_at, ended = _at(_first(tries), length), _at(end, length)
        yield TrueRupture(
            client=client,
            kind="withdrawal" if step in withdrawals else "confrontation",
            began_session=int(step) // length + 1,
            began_exchange=int(step) % length + 1,
            attempts=len(tries),
            noticed_session=noticed_at[0],
            noticed_exchange=noticed_at[1],
            is_repaired=bool(is_repaired),
            ended_session=ended[0],
            ended_exchange=ended[1],
        )


def _first(steps: NDArray[np.intp]) -> int | None:
    return int(steps[0]) if len(steps) else None


def _at(step: int | None, length: int) -> tuple[int | None, int | None]:
    """Session and exchange, from 1, of a step from 0; None twice where there is none."""
    return (None, None) if step is None else (step // length + 1, step % length + 1)
