"""Published numbers about a score, each with its source: a key that the instrument spells out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Side = Literal["at or above", "above", "at or below", "below"]
Group = Literal["clinical", "non-clinical"]

SIDES: tuple[Side, ...] = ("at or above", "above", "at or below", "below")
GROUPS: tuple[Group, ...] = ("clinical", "non-clinical")


@dataclass(frozen=True, slots=True)
class MissingRule:
    """How many items of a scale may be missing before it cannot be scored; the mean of the others stands for them."""

    at_most: int
    source: str


@dataclass(frozen=True, slots=True)
class Cutoff:
    """A score that tells groups apart; `clinical` is the side of it on which the clinical group lies."""

    value: float
    clinical: Side
    meaning: str
    source: str

    def is_clinical(self, score: float) -> bool:
        """True when `score` lies on the clinical side."""
        if self.clinical == "at or above":
            return score >= self.value
        if self.clinical == "above":
            return score > self.value
        return score <= self.value if self.clinical == "at or below" else score < self.value


@dataclass(frozen=True, slots=True)
class Band:
    """A named stretch of scores, both ends included."""

    label: str
    low: float
    high: float
    source: str


@dataclass(frozen=True, slots=True)
class Reliability:
    """A coefficient from 0 to 1 in one sample."""

    value: float
    kind: Literal["alpha", "retest"]
    sample: str
    source: str


@dataclass(frozen=True, slots=True)
class Norm:
    """Mean and standard deviation in one sample, in points of the scale."""

    group: Group
    sample: str
    mean: float
    sd: float
    source: str


@dataclass(frozen=True, slots=True)
class ReliableChange:
    """The points a score must move to be more than measurement error."""

    points: float
    source: str
