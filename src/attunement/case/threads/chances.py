"""How likely a turn carries any of several codes, and which turns to show for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from attunement.coder.table import CodeTable

Chances = npt.NDArray[np.floating[Any]]

# A turn is shown as evidence when what it shows is at least this likely; the likeliest one always is.
TELLING = 0.3
MOST = 4


def chance_of_any(table: CodeTable, codes: Iterable[str]) -> Chances:
    """The chance (0–1) that each turn carries one of the codes at least; 0 where they do not apply to its speaker."""
    none = np.prod([1 - np.nan_to_num(table.column(code)) for code in codes], axis=0)
    return np.asarray(1 - none)


def chance_of_strain(table: CodeTable, kind: str = "strain") -> Chances:
    """The chance (0–1) of strain, `withdrawal` or `confrontation` on each turn; 0 on the therapist's."""
    return np.nan_to_num(table.group(kind))


def turns_to_show(chances: Chances, rows: Sequence[int], most: int = MOST) -> tuple[int, ...]:
    """Turn numbers among `rows` (from 0), likeliest first; none when there are no rows."""
    order = sorted(rows, key=lambda row: (-chances[row], row))[:most]
    return tuple(row + 1 for place, row in enumerate(order) if place == 0 or chances[row] >= TELLING)
