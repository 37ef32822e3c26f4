"""Turns that show something, each with the chance that it does: what findings about a whole session are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import prod

import numpy as np

from attunement.case.findings import Evidence
from attunement.case.record import CaseSession
from attunement.episodes.model import SessionReading

# A turn is shown as a sign from this chance on: about where the coder decides on the codes used here (model card).
TELLING = 0.3
MOST_TURNS = 4


@dataclass(frozen=True, slots=True)
class Sign:
    """A turn (counted from 1) and the chance (0–1) that it carries any of the codes asked for."""

    turn: int
    chance: float


def signs(
    reading: SessionReading, codes: Iterable[str], *, first: int = 1, last: int | None = None
) -> tuple[Sign, ...]:
    """The turns from `first` to `last` that likely enough carry one of the codes, likeliest first.

    A turn's chance is that of its likeliest code: codes shut each other out too often to be added up.
    """
    columns = np.nan_to_num(np.array([reading.table.column(code) for code in codes]))
    chances = columns.max(axis=0)
    until = len(chances) if last is None else last
    found = [Sign(row + 1, float(chances[row])) for row in range(first - 1, until) if chances[row] >= TELLING]
    return tuple(sorted(found, key=lambda sign: -sign.chance))


def chance_of_one(found: Iterable[Sign]) -> float:
    """The chance that at least one of the signs is right, each taken on its own."""
    return 1 - prod(1 - sign.chance for sign in found)


def chance_of_two(found: Iterable[Sign]) -> float:
    """The chance that at least two of the signs are right, each taken on its own."""
    none, one = 1.0, 0.0
    for sign in found:
        none, one = none * (1 - sign.chance), one * (1 - sign.chance) + none * sign.chance
    return 1 - none - one


def shown(session: CaseSession, found: Iterable[Sign]) -> Evidence:
    """The likeliest turns as evidence."""
    return Evidence(session.number, tuple(sign.turn for sign in found)[:MOST_TURNS])


def consecutive(sessions: tuple[CaseSession, ...]) -> Iterator[tuple[CaseSession, CaseSession]]:
    """Pairs of one session and the one right before it, both with a reading; a gap in between makes no pair."""
    for before, now in pairwise(sessions):
        if before.reading is not None and now.reading is not None and now.number == before.number + 1:
            yield before, now
