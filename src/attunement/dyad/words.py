"""Figures of the check as people read them."""

from __future__ import annotations

from math import inf, isinf

CANNOT_TELL = "cannot tell"


def interval(value: float | None, low: float | None, high: float | None) -> str:
    """`.28 [.26, .30]`; a direction as `above .50`."""
    if low is None or high is None:
        return CANNOT_TELL
    if value is None:
        return f"below {number(high)}" if isinf(low) else f"above {number(low)}"
    return f"{number(value)} [{number(low)}, {number(high)}]"


def number(value: float) -> str:
    """Two decimals, three below a tenth, without the zero before the point."""
    if value in (inf, -inf):
        return "∞" if value > 0 else "-∞"
    return f"{value:.{3 if abs(value) < 0.0995 else 2}f}".replace("0.", ".", 1)


def inside(holds: bool | None) -> str:
    """In a word or two."""
    return CANNOT_TELL if holds is None else "inside" if holds else "OUTSIDE"
