"""How the model card writes numbers, lists and tables."""

from __future__ import annotations

from collections.abc import Iterable


def points(share: float) -> str:
    """A share in points of a hundred."""
    return f"{100 * share:.1f} points"


def percent(share: float) -> str:
    """A share as a whole percentage."""
    return f"{100 * share:.0f} %"


def thousands(count: int) -> str:
    """With a comma, as the documentation writes counts."""
    return f"{count:,}"


def signed(difference: float) -> str:
    """Two digits after the point and none before it, with its sign."""
    return ("−" if round(difference, 2) < 0 else "+") + f"{abs(difference):.2f}".removeprefix("0")


def listed(names: Iterable[str]) -> str:
    """`a, b and c`; empty for none."""
    *first, last = list(names) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def markdown(head: list[str], rows: list[list[str]]) -> str:
    """A table; empty without rows."""
    if not rows:
        return ""
    lines = [f"| {' | '.join(cells)} |" for cells in (head, *rows)]
    return "\n".join([lines[0], "|" + "---|" * len(head), *lines[1:]])
