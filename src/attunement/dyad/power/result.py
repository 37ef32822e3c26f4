"""What comes out: a row a design, and why it differs from the textbook."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from math import sqrt
from typing import Any

import numpy as np
from scipy.stats import binom

from attunement.dyad.power.question import Question
from attunement.dyad.power.textbook import Ingredients

Z = 1.96
FALSE_ALARM = 0.05


@dataclass(frozen=True, slots=True)
class Share:
    """How often, of so many simulated studies, with the 95 % Monte-Carlo interval (Wilson, 1927)."""

    value: float
    low: float
    high: float


def share(found: int, studies: int) -> Share:
    """A count as a share of the studies."""
    rate = found / studies
    centre = (rate + Z**2 / (2 * studies)) / (1 + Z**2 / studies)
    half = Z / (1 + Z**2 / studies) * sqrt(rate * (1 - rate) / studies + Z**2 / (4 * studies**2))
    return Share(rate, max(0.0, centre - half), min(1.0, centre + half))


@dataclass(frozen=True, slots=True)
class Cell:
    """One design: `therapists` in all with `clients_each`.

    `power` is how often the effect is found; `size`, how often one is found where there is none (it should be `level`).
    `textbook` is the formula's power, `counting_therapists` the formula's as the study is analysed (see `textbook`);
    None where there is none.
    """

    therapists: int
    clients_each: int
    power: Share
    size: Share
    textbook: float | None
    counting_therapists: float | None

    @property
    def clients(self) -> int:
        """In all."""
        return self.therapists * self.clients_each


@dataclass(frozen=True)
class PowerResult:
    """Power of every design tried, in the order of therapists and clients."""

    question: Question
    cells: tuple[Cell, ...]
    ingredients: Ingredients
    studies: int
    level: float
    wanted: float

    @property
    def smallest(self) -> Cell | None:
        """The design with fewest clients (then fewest therapists) that reaches the power wanted; None where none does.

        It counts as reaching it when the middle of its Monte-Carlo interval does.
        """
        enough = [cell for cell in self.cells if cell.power.value >= self.wanted]
        return min(enough, key=lambda cell: (cell.clients, cell.therapists), default=None)

    @property
    def holds_size(self) -> bool:
        """False when in some design the test finds more where nothing is than chance allows.

        One-sided binomial tests at .05 over the number of designs (Bonferroni).
        """
        found = np.array([round(cell.size.value * self.studies) for cell in self.cells])
        return bool((binom.sf(found - 1, self.studies, self.level) >= FALSE_ALARM / len(found)).all())

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        smallest = self.smallest
        return {
            "schema": "attunement/power/1",
            "question": asdict(self.question),
            "level": self.level,
            "wanted": self.wanted,
            "studies": self.studies,
            "ingredients": asdict(self.ingredients),
            "designs": [{"clients": cell.clients, **asdict(cell)} for cell in self.cells],
            "smallest": None if smallest is None else {k: getattr(smallest, k) for k in ("therapists", "clients_each")},
        }
