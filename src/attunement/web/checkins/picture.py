"""Answers over sessions as points of a simple line, for an SVG that the template draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, EDGE = 300, 64, 8


@dataclass(frozen=True, slots=True)
class Picture:
    """`line` as a polyline's points; `dots` as their places; the last dot is the last answer."""

    line: str
    dots: tuple[tuple[str, str], ...]
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def last(self) -> tuple[str, str]:
        """Where the last answer is."""
        return self.dots[-1]


def picture(points: Sequence[tuple[int, float]], low: float, high: float) -> Picture:
    """Places for values, `low` at the lower edge, `high` at the upper, by session number; one alone in the middle."""
    first, span = points[0][0], points[-1][0] - points[0][0]
    dots = tuple(
        (
            _number(_between((session - first) / span if span else 0.5, EDGE, WIDTH - EDGE)),
            _number(_height(value, low, high)),
        )
        for session, value in points
    )
    return Picture(" ".join(",".join(dot) for dot in dots), dots)


def _height(value: float, low: float, high: float) -> float:
    return _between(1 - (value - low) / (high - low), EDGE, HEIGHT - EDGE)


def _between(share: float, low: float, high: float) -> float:
    return low + min(max(share, 0), 1) * (high - low)


def _number(place: float) -> str:
    return f"{place:.1f}"
