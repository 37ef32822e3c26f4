"""The kept figures as the page shows them: words for cells, shares with their intervals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from attunement.measures.instruments import Instrument

Words = str | Promise
CHANGES: dict[str, Words] = {
    "improved": _("reliably better"),
    "unchanged": _("not reliably changed"),
    "deteriorated": _("reliably worse"),
    "unknown": _("cannot be told: answered less than twice"),
}
STAGES: dict[str, Words] = {
    "under way": _("Clients in therapy"),
    "ended": _("Therapies that ended within a year"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """How many clients; None is hidden. `share` is per cent of its line, `low` and `high` bound it (95 %)."""

    name: str
    words: Words
    count: int | None
    share: int | None = None
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """One stage: how many clients, and how they changed; `total` None where they are too few."""

    words: Words
    total: int | None
    cells: tuple[Cell, ...]

    @property
    def hides(self) -> bool:
        """Whether any cell is hidden."""
        return any(cell.count is None for cell in self.cells)


def outcome_of(kept: dict[str, Any] | None, known: Iterable[Instrument]) -> dict[str, Any] | None:
    """What was kept of outcomes, with words; None where the clinic goes by no measure, or nothing was computed yet."""
    if not kept:
        return None
    title = next((each.title for each in known if each.name == kept["instrument"]), kept["instrument"])
    lines = [_line(stage, kept["lines"][stage]) for stage in STAGES]
    return {"instrument": title, "as_of": date.fromisoformat(kept["as_of"]), "lines": lines}


def months_of(kept: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """A row a month, shares in per cent."""
    return [
        each | {"month": date.fromisoformat(each["month"]), "check_ins": _check_ins(each["check_ins"])} for each in kept
    ]


def _check_ins(kept: dict[str, Any] | None) -> dict[str, Any] | None:
    return kept and kept | {"share": kept["share"] and _percent(kept["share"])}


def _line(stage: str, kept: dict[str, Any]) -> OutcomeLine:
    cells = tuple(_cell(name, kept["cells"][name]) for name in CHANGES)
    return OutcomeLine(STAGES[stage], kept["total"], cells)


def _cell(name: str, kept: dict[str, float] | None) -> Cell:
    if kept is None:
        return Cell(name, CHANGES[name], None)
    return Cell(name, CHANGES[name], int(kept["count"]), **_percent(kept))


def _percent(kept: dict[str, float]) -> dict[str, int]:
    return {name: round(100 * kept[name]) for name in ("share", "low", "high")}
