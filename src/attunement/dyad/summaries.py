"""Millions of therapies in a few numbers a session, added up a part at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attunement.dyad.courses import Courses
from attunement.dyad.model import Counts

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Summary:
    """Sessions that took place, over all dyads; every array (sessions,). Where nobody came, means and spreads are 0."""

    dyads: int
    attended: NDArray[np.int64]  # dyads
    mean: dict[str, Floats]  # of ratings, questionnaires, and hidden states, by field
    spread: dict[str, Floats]  # their standard deviation between dyads
    events: dict[str, Floats]  # how often in a session, by field of `Counts`

    @property
    def dropped_out(self) -> float:
        """Share of dyads that did not come to the last session."""
        return 1 - float(self.attended[-1]) / self.dyads


def summarise(parts: Iterable[Courses]) -> Summary:
    """The summary of all parts, such as `simulate.chunks` gives them; only one is in memory at a time."""
    dyads = 0
    sums: dict[str, Floats] = {}
    for part in parts:
        dyads += part.dyads
        sums["attended"] = _added(sums.get("attended"), part.attended.sum(1))
        for name, values in _values(part):
            there = np.where(part.attended, values, 0).astype(np.float64)
            sums[name] = _added(sums.get(name), np.stack([there.sum(1), (there**2).sum(1)]))
    attended = sums.pop("attended")
    count = np.maximum(attended, 1)
    means = {name: total[0] / count for name, total in sums.items()}
    spreads = {name: np.sqrt(np.maximum(total[1] / count - means[name] ** 2, 0)) for name, total in sums.items()}
    events = {name: means.pop(name) for name in Counts._fields if name in means}
    return Summary(dyads, attended.astype(np.int64), means, {name: spreads[name] for name in means}, events)


def _values(part: Courses) -> Iterable[tuple[str, NDArray[np.float32]]]:
    for found in (part.reports, part.state, part.counts):
        yield from zip(found._fields, found, strict=True)


def _added(total: Floats | None, more: NDArray[Any]) -> Floats:
    return more.astype(np.float64) if total is None else total + more
