"""Hageman and Arrindell's view of clients as a group: which shares of them changed, and are functional (1999).

Shares of true scores, estimated from normal distributions with the spread that error leaves; counts of clients need not
agree with them.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd

from attunement.measures.change.cutoffs import Cutoff, direction_of
from attunement.measures.change.indices import Sample, reliability_of_change

NORMAL = NormalDist()


def estimated_shares(sample: Sample, clients: pd.DataFrame, cutoff: Cutoff, better: str) -> pd.DataFrame:
    """Two rows, or two a group: `Changed` for the better, and `Functional`, on the better side of the cut-off after.

    `percent` is a share, None where scores of a group do not spread.

    Raises:
        InputError: when the changes spread no more than their error does.
    """
    of_change, of_post = reliability_of_change(sample), sample.reliability_of(sample.sd_post)
    rows: list[dict[str, Any]] = []
    for group, members in _groups(clients):
        shares = {
            "Changed": _better_than(0.0, members["change"], of_change, better),
            "Functional": _better_than(cutoff.value, members["post"], of_post, better),
        }
        rows += [{**group, "category": name, "percent": share} for name, share in shares.items()]
    return pd.DataFrame(rows)


def _groups(clients: pd.DataFrame) -> Iterator[tuple[dict[str, Any], pd.DataFrame]]:
    """The groups in the order in which their first clients come; one nameless group without."""
    if "group" not in clients:
        yield {}, clients
        return
    for name in clients["group"].unique():
        yield {"group": name}, clients.loc[clients["group"] == name]


def _better_than(value: float, scores: pd.Series[float], reliability: float, better: str) -> float | None:
    spread = float(scores.std(ddof=1)) * float(np.sqrt(reliability))
    if not spread > 0:
        return None
    below = NORMAL.cdf((value - float(scores.mean())) / spread)
    return below if direction_of(better) < 0 else 1 - below
