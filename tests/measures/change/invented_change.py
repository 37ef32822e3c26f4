"""A few invented clients whose figures can be worked out on paper."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from attunement.measures.change import PrePost, prepare

# Mean 20, standard deviation 10: with reliability .75 the error of measurement is 5 points.
PRE = (10.0, 20.0, 30.0)
RELIABILITY = 0.75


def long(
    pre: Sequence[float | None], post: Sequence[float | None], groups: Sequence[str] | None = None
) -> pd.DataFrame:
    """One row a client and time; clients are numbered from 1."""
    count = len(pre)
    table = pd.DataFrame(
        {
            "client": [*range(1, count + 1), *range(1, count + 1)],
            "time": ["before"] * count + ["after"] * count,
            "score": [*pre, *post],
        }
    )
    return table if groups is None else table.assign(group=[*groups, *groups])


def clients(post: Sequence[float | None], pre: Sequence[float | None] = PRE) -> PrePost:
    """Prepared clients."""
    return prepare(long(pre, post), id="client", time="time", outcome="score", pre="before", post="after")


def grouped(pre: Sequence[float], post: Sequence[float], groups: Sequence[str]) -> PrePost:
    """Prepared clients in groups."""
    table = long(pre, post, groups)
    return prepare(table, id="client", time="time", outcome="score", pre="before", post="after", group="group")
