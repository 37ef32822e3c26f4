"""When somebody answered, and what: the form in which every reader hands its answers on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from attunement.measures.answers.model import Refused
from attunement.measures.instruments.model import Instrument, Item, Scale


@dataclass(frozen=True, slots=True)
class Moment:
    """Whose answers, and of which session or date; at least one of the two is there."""

    client: str | None
    session: int | None
    date: date | None


@dataclass(frozen=True, slots=True)
class Target:
    """What a number is: the answer to `item`, or, where that is None, a ready score of `scale`."""

    instrument: Instrument
    scale: Scale
    item: Item | None = None

    @property
    def name(self) -> str:
        """The target as it may stand in a message."""
        part = self.item.name if self.item else self.scale.name
        return f"{self.instrument.name} {part}" if part else self.instrument.name


@dataclass(frozen=True, slots=True)
class Answer:
    """One number; `sheet` tells apart the times an instrument was filled in, None where only the moment does."""

    moment: Moment
    target: Target
    value: float
    row: int
    column: str | None
    sheet: int | None = None


@dataclass
class Reading:
    """What a reader gathers from a file, in the file's order."""

    answers: list[Answer] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    def refuse(self, row: int, column: str | None, reason: str) -> None:
        """Note something that was not taken."""
        self.refused.append(Refused(row, column, reason))
