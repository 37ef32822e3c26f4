"""Small pictures of rates over sessions: where every mark goes, in pixels, as text that a template may print.

Numbers are made text here: a template would write them in the reader's language, and no browser reads that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from attunement.web.supervision.skills import Rate

WIDE, NARROW = 1000, 300
HEIGHT = 190
LEFT, RIGHT, TOP, FOOT = 40, 12, 12, 26
DOT = 4.0


@dataclass(frozen=True)
class Line:
    """A line of the grid with the value that it stands for."""

    y: str
    label: str


@dataclass(frozen=True)
class Spot:
    """One session: a dot at its rate, a line over its interval."""

    x: str
    y: str
    low: str
    high: str


@dataclass(frozen=True)
class Band:
    """A stretch of sessions: a box over the interval of their common rate, a line at the rate."""

    x: str
    width: str
    top: str
    height: str
    y: str
    end: str


@dataclass(frozen=True)
class Mark:
    """One rupture; `is_hit` when it was taken up."""

    x: str
    y: str
    is_hit: bool


@dataclass(frozen=True)
class Chart:
    """All marks of one picture of this width; `ends` are the words under its left and its right end."""

    width: int
    ends: tuple[str, str]
    lines: list[Line]
    spots: list[Spot] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    height: int = HEIGHT
    left: int = LEFT
    label_x: int = LEFT - 6

    @property
    def foot(self) -> int:
        """Where the words under the picture stand."""
        return self.height - 8

    @property
    def right(self) -> int:
        """Where the lines of the grid end."""
        return self.width - RIGHT


def rates(
    rates: Sequence[Rate | None],
    bands: Sequence[tuple[range, Rate | None]],
    *,
    top: float,
    width: int,
    ends: tuple[str, str],
) -> Chart:
    """A picture of shares from 0 to `top`; a session without a rate leaves its place empty."""
    step = (width - LEFT - RIGHT) / max(len(rates), 1)
    return Chart(
        width=width,
        ends=ends,
        lines=[Line(_y(share, top), f"{share:.0%}") for share in (0.0, top / 2, top)],
        spots=[
            Spot(_text(_x(place, step)), _y(rate.share, top), _y(rate.low, top), _y(rate.high, top))
            for place, rate in enumerate(rates)
            if rate
        ],
        bands=[_band(places, rate, step, top) for places, rate in bands if rate],
    )


def ruptures(taken_up: Sequence[tuple[int, int]], *, width: int, ends: tuple[str, str]) -> Chart:
    """A picture of ruptures stacked over their session, those taken up lowest: (taken up, all) for each session."""
    step = (width - LEFT - RIGHT) / max(len(taken_up), 1)
    most = max((count for _, count in taken_up), default=0) or 1
    rise = min(28.0, (HEIGHT - TOP - FOOT) / most)
    height = round(TOP + most * rise + FOOT)
    return Chart(
        width=width,
        ends=ends,
        height=height,
        lines=[Line(_text(height - FOOT), "0")],
        marks=[
            Mark(_text(_x(place, step)), _text(height - FOOT - (number + 0.6) * rise), number < hits)
            for place, (hits, count) in enumerate(taken_up)
            for number in range(count)
        ],
    )


def _x(place: float, step: float) -> float:
    return LEFT + (place + 0.5) * step


def _y(share: float, top: float) -> str:
    return _text(TOP + (1 - min(share, top) / top) * (HEIGHT - TOP - FOOT))


def _band(places: range, rate: Rate, step: float, top: float) -> Band:
    x, width = LEFT + places.start * step + 1, len(places) * step - 2
    upper, lower = float(_y(rate.high, top)), float(_y(rate.low, top))
    return Band(_text(x), _text(width), _text(upper), _text(lower - upper), _y(rate.share, top), _text(x + width))


def _text(pixels: float) -> str:
    return f"{pixels:.1f}"
