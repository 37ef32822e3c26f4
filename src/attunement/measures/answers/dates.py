"""Dates in a file: ISO at best; for `03/04/2026` the file itself must show whether the day or the month comes first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from attunement.measures.answers.cells import text_of

TIME = r"(?:[T ,].{0,40})?"
YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){TIME}", re.ASCII)
YEAR_LAST = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){TIME}", re.ASCII)
EARLIEST, LATEST = 1900, 2100
AMBIGUOUS = "the date can be read day first or month first, and no row of the file decides it; write it as 2026-12-31"
UNREADABLE = "not a date; write it as 2026-12-31"
IMPOSSIBLE = "there is no such day; write dates as 2026-12-31"

Order = Literal["day", "month"]


@dataclass(frozen=True, slots=True)
class DateReader:
    """Reads the dates of one file; `first` is what comes first where the year is last, None when nothing decides it."""

    first: Order | None

    @classmethod
    def of(cls, cells: Iterable[object]) -> DateReader:
        """Find out from all dates of a file: one with a number above 12 decides, two that disagree decide nothing."""
        pairs = [(int(found[1]), int(found[3])) for cell in cells if (found := _slashed(cell))]
        day = any(first > 12 >= second for first, second in pairs)
        month = any(second > 12 >= first for first, second in pairs)
        return cls(None if day == month else "day" if day else "month")

    def read(self, cell: object) -> date | str:
        """The date in a cell, or why it cannot be read."""
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        text = text_of(cell)
        if found := YEAR_FIRST.fullmatch(text):
            return _date(found[1], found[3], found[4])
        found = YEAR_LAST.fullmatch(text)
        if found is None:
            return UNREADABLE
        order = "day" if found[2] == "." else _order(int(found[1]), int(found[3])) or self.first
        if order is None:
            return AMBIGUOUS
        day, month = (found[1], found[3]) if order == "day" else (found[3], found[1])
        return _date(found[4], month, day)


def _slashed(cell: object) -> re.Match[str] | None:
    found = None if isinstance(cell, date) else YEAR_LAST.fullmatch(text_of(cell))
    return found if found and found[2] != "." else None


def _order(first: int, second: int) -> Order | None:
    """What comes first in one date by itself; either does where both numbers are the same."""
    if first > 12 or first == second:
        return "day"
    return "month" if second > 12 else None


def _date(year: str, month: str, day: str) -> date | str:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return IMPOSSIBLE
    return found if EARLIEST <= found.year <= LATEST else f"the year must lie between {EARLIEST} and {LATEST}"
