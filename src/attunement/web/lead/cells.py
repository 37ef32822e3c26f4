"""Hiding small cells, so that nobody can be told from a number, nor a hidden number from the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LEAST = 5


@dataclass(frozen=True, slots=True)
class Line:
    """Clients, each counted in exactly one cell; None is hidden. The total is hidden when it is small itself."""

    total: int | None
    cells: dict[str, int | None]


def hide_small(counts: Mapping[str, int]) -> Line:
    """Hide cells under five, and as many more as it takes so that a hidden one cannot be computed.

    What is hidden of a line is at least two cells and five clients, and no more than the smallest cell that is shown:
    then even somebody who knows this rule cannot tell which of the hidden is which. Nought is hidden too, since it says
    something of everybody.
    """
    total = sum(counts.values())
    if total < LEAST:
        return Line(None, dict.fromkeys(counts))
    shown = {name: count for name, count in counts.items() if count >= LEAST}
    while shown and not _is_safe(total - sum(shown.values()), len(counts) - len(shown), min(shown.values())):
        del shown[min(shown, key=lambda name: shown[name])]
    return Line(total, {name: shown.get(name) for name in counts})


def _is_safe(clients: int, cells: int, smallest_shown: int) -> bool:
    """Whether hiding so many clients in so many cells hides them."""
    return cells == 0 or (cells > 1 and LEAST <= clients <= smallest_shown)
