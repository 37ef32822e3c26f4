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
    """Hide cells under five, and as many more, the smallest first, as it takes so that no hidden one can be computed.

    Nought is hidden too, since it says something of everybody. Even to somebody who knows this rule a small cell could
    be at least three different numbers (tested over all lines of two to four cells that are not large).
    """
    total = sum(counts.values())
    if total < LEAST:
        return Line(None, dict.fromkeys(counts))
    shown = {name: count for name, count in counts.items() if count >= LEAST}
    while shown and not _is_safe(total - sum(shown.values()), len(counts) - len(shown), min(shown.values())):
        del shown[min(shown, key=lambda name: shown[name])]
    return Line(total, {name: shown.get(name) for name in counts})


def _is_safe(clients: int, cells: int, smallest_shown: int) -> bool:
    """Whether hiding so many clients in so many cells hides them.

    One cell is total less the rest. Fewer than five clients are a small cell themselves. And whoever sees more of them
    than in the smallest cell shown knows that one of two hidden cells cannot be that large, so that the other is not
    small; of three or more, two small ones still hide each other.
    """
    most = smallest_shown if cells == 2 else smallest_shown + LEAST - 1
    return cells == 0 or (cells > 1 and LEAST <= clients <= most)
