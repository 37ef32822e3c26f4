"""Where calibration searches, and how far a point lies from what is published."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from attunement.dyad.check import arms
from attunement.dyad.facts import FACTS, Fact
from attunement.dyad.parameters import DEFAULT, TABLE, Parameters

Point = NDArray[np.float64]  # each free parameter's place in its range, 0 to 1

# What no fact of the table speaks about stays where it is.
FIXED = frozenset(
    {
        "clinic_spread",
        "expected_change",
        "insight_exposure",
        "life_event",
        "life_event_size",
        "off_track_margin",
        "open_withdrawn",
    }
)
FREE = tuple(row for row in TABLE if row.name not in FIXED)
LOW, HIGH = (np.array([getattr(row, end) for row in FREE]) for end in ("low", "high"))

UNKNOWN = 8.0  # distance of a fact that cannot be told
DIRECTION_MARGIN = 0.1  # within which a fact that only has a direction counts as near its limit
TAME = 4.0  # distances beyond grow with the logarithm, so that no single fact drowns the others
PULL = 0.15  # towards where the search began, in published half-widths a quarter of the range


def point(parameters: Parameters) -> Point:
    """Where in the space these parameters lie."""
    values = np.array([getattr(parameters, row.name) for row in FREE])
    return (values - LOW) / (HIGH - LOW)


def parameters(place: Point) -> Parameters:
    """The parameters at a point; outside the ranges their nearest ends."""
    values = LOW + (HIGH - LOW) * np.clip(place, 0, 1)
    return DEFAULT._replace(**{row.name: float(value) for row, value in zip(FREE, values, strict=True)})


def figures(place: Point, *, dyads: int, seed: int) -> list[float | None]:
    """Every fact as simulated at this point. The same seed gives the same people and luck at every point."""
    simulated = arms(dyads, parameters=parameters(place), seed=seed)
    return [fact.measure(simulated) for fact in FACTS]


def distance(fact: Fact, value: float | None) -> float:
    """How far from the middle of what is published, in half-widths: inside from -1 to 1.

    Where only a direction is published: 0 inside, and 1 where a margin is used up.
    """
    if value is None:
        return UNKNOWN
    if fact.interval == "direction":
        beyond = max(fact.low - value, value - fact.high) + DIRECTION_MARGIN
        return max(0.0, beyond / DIRECTION_MARGIN)
    return (value - (fact.low + fact.high) / 2) / ((fact.high - fact.low) / 2)


def distances(values: list[float | None]) -> NDArray[np.float64]:
    """The distance of each fact."""
    return np.array([distance(fact, value) for fact, value in zip(FACTS, values, strict=True)])


def loss(place: Point, start: Point, *, dyads: int, seed: int) -> float:
    """Sum of squared tamed distances, and a weak pull to the start, which decides where the facts leave it open."""
    far = np.abs(distances(figures(place, dyads=dyads, seed=seed)))
    tamed = np.minimum(far, TAME) + np.log1p(np.maximum(far - TAME, 0))
    pull = PULL * (place - start) / 0.25
    return float(tamed @ tamed + pull @ pull)
