"""How many turns of a session carry a group of codes: counts put right for the coder's errors, with intervals.

To count decisions is to count false alarms and to miss what was missed. The adjusted count (Gart & Buck, 1966; Forman,
2008) is linear in what was decided and in the number of turns, with coefficients from the error rates; on single
sessions it is further off than the plain count (`make bench-counts`). The same form with coefficients fitted for the
least error, and with the sum of the probabilities as a third term, is nearer. The interval holds 95 % of what careful
readers counted in held-out sessions, errors taken in units of the probabilities' own spread (normalised conformal
prediction; Papadopoulos, Gammerman & Vovk, 2008).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from attunement.coder.decisions import GROUPS
from attunement.coder.table import CodeTable
from attunement.errors import ModelError

RATES = Path(__file__).parent / "weights" / "rates.json"
COUNTED: dict[str, tuple[str, ...]] = {**GROUPS, "felt_met": ("felt_met",)}
# Added to the variance of the probabilities, so that a session without any doubt has some spread too.
LEAST_VARIANCE = 0.25


@dataclass(frozen=True, slots=True)
class Seen:
    """What the coder made of one group in one session: of `turns` turns, `decided` were given a code of the group.

    `expected` is the sum of the turns' probabilities, `spread` the standard deviation that goes with it.
    """

    turns: int
    decided: int
    expected: float
    spread: float


@dataclass(frozen=True, slots=True)
class Rates:
    """How to put a count right: weights of expected, decided and turns; the interval's ends, in units of the spread."""

    weights: tuple[float, float, float]
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Count:
    """About how many of `turns` turns a careful reader would mark, plausibly `low` to `high` (95 %).

    `decided` is how many the coder marked.
    """

    turns: int
    decided: int
    estimate: float
    low: int
    high: int


def seen(table: CodeTable, group: str) -> Seen:
    """Over the turns of the group's speaker."""
    codes = COUNTED[group]
    chances = table.group(group) if group in GROUPS else table.column(group)
    columns = [table.codes.index(code) for code in codes]
    applies = np.isfinite(chances)
    p: npt.NDArray[Any] = chances[applies].astype(float)
    decided = np.any(table.decisions[:, columns], axis=1) & applies
    spread = float(np.sqrt((p * (1 - p)).sum() + LEAST_VARIANCE))
    return Seen(int(applies.sum()), int(decided.sum()), float(p.sum()), spread)


def put_right(found: Seen, rates: Rates) -> Count:
    """The corrected count of one group."""
    weighed = np.dot(rates.weights, (found.expected, found.decided, found.turns))
    estimate = min(max(float(weighed), 0.0), found.turns)
    low, high = (
        round(float(np.clip(estimate + end * found.spread, 0, found.turns))) for end in (rates.low, rates.high)
    )
    return Count(found.turns, found.decided, estimate, min(low, round(estimate)), max(high, round(estimate)))


def counts(table: CodeTable) -> dict[str, Count]:
    """The corrected count of every group of `COUNTED`, by name.

    Raises:
        ModelError: when the shipped rates are missing or damaged.
    """
    rates = shipped_rates()
    return {group: put_right(seen(table, group), rates[group]) for group in COUNTED}


@lru_cache(maxsize=1)
def shipped_rates() -> Mapping[str, Rates]:
    """The rates that come with the weights, read once a process; `training/rates.py` writes them."""
    try:
        kept = json.loads(RATES.read_text(encoding="utf-8"))
        return {group: Rates(tuple(kept[group]["weights"]), *kept[group]["interval"]) for group in COUNTED}
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise ModelError("The coder's error rates cannot be read (rates.json): reinstall attunement.") from error
