"""Which transcript is which session: from `events.yaml`, else from the number or the date in the file's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from attunement.case.events import Listed

DATE = re.compile(r"(?<!\d)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)")
NUMBER = re.compile(r"(?<!\d)(\d{1,4})(?!\d)")


@dataclass(frozen=True, slots=True)
class Placed:
    """A transcript with its place in the therapy."""

    path: Path
    number: int
    date: date | None


def placed(paths: Iterable[Path], listed: Sequence[Listed]) -> tuple[tuple[Placed, ...], tuple[str, ...]]:
    """Every transcript with its session's number, in that order, and a line for each thing that did not fit.

    Numbers come from `listed` where the file is named there, else from the file names when each has one, else from the
    dates in the names, else from the names' order. Of two files for one session the second is left out.
    """
    paths = sorted(paths, key=lambda path: path.name)
    dates = {entry.session: entry.date for entry in listed}
    named = {Path(entry.transcript).name.casefold(): entry.session for entry in listed if entry.transcript}
    known = {path: named[path.name.casefold()] for path in paths if path.name.casefold() in named}
    notes = [
        f"{name}: named in events.yaml as session {number}, but there is no such transcript."
        for name, number in named.items()
        if name not in {path.name.casefold() for path in paths}
    ]
    rest = [path for path in paths if path not in known]
    numbers, how = _from_names(rest)
    notes += how
    kept: dict[int, Placed] = {}
    for path, number in (known | numbers).items():
        if number in kept:
            notes.append(
                f"{path.name}: left out, {kept[number].path.name} is session {number} already; "
                "say in events.yaml which is which."
            )
        else:
            kept[number] = Placed(path, number, dates.get(number) or date_in(path.stem))
    return tuple(kept[number] for number in sorted(kept)), tuple(notes)


def _from_names(paths: Sequence[Path]) -> tuple[dict[Path, int], list[str]]:
    numbers = {path: number_in(path.stem) for path in paths}
    if all(number is not None for number in numbers.values()):
        return {path: number for path, number in numbers.items() if number is not None}, []
    dates = {path: date_in(path.stem) for path in paths}
    if all(day is not None for day in dates.values()):
        ordered = sorted(paths, key=lambda path: (str(dates[path]), path.name))
        return {path: place for place, path in enumerate(ordered, start=1)}, []
    note = "Not every transcript's name has a number or a date: the sessions were taken in the order of their names."
    return {path: place for place, path in enumerate(paths, start=1)}, [note]


def number_in(stem: str) -> int | None:
    """The last number in a file's name that is no part of a date; None where there is none, or it is 0."""
    found = NUMBER.findall(DATE.sub(" ", stem))
    return int(found[-1]) or None if found else None


def date_in(stem: str) -> date | None:
    """The date in a file's name, as 2026-03-31 or 20260331; None where there is none."""
    for match in DATE.finditer(stem):
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            continue
    return None
