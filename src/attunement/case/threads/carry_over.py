"""Corrective experiences that went on living: something done or met differently outside, told in a later session.

What is told in the session of the experience happened before it, and cannot have come of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from attunement.case.findings import CarryOver, Evidence
from attunement.case.record import Case
from attunement.episodes.model import Corrective, SessionReading

WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Experience:
    """A corrective experience, the session it was had in, and the words that were used in it."""

    session: int
    episode: Corrective
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Told:
    """A client turn that the coder takes to tell of change outside, and how likely it does."""

    session: int
    turn: int
    chance: float
    words: frozenset[str]


def carry_overs(case: Case) -> tuple[CarryOver, ...]:
    """The corrective experiences after which the client told of change outside, each with the turns that tell it.

    A turn goes with the experience whose words it shares most, rare ones counting more; with the last one where it
    shares none. `confidence` is the chance that the experience was one and that one of its turns tells of change.
    """
    experiences, told = list(_experiences(case)), list(_told(case))
    rarity = _rarity(case)
    with_experience = [(_origin(each, experiences, rarity), each) for each in told]
    found = []
    for number, experience in enumerate(experiences):
        lived = [each for origin, each in with_experience if origin == number]
        if lived:
            found.append(_carry_over(experience, sorted(lived, key=lambda each: -each.chance)))
    return tuple(found)


def _carry_over(experience: Experience, lived: list[Told]) -> CarryOver:
    any_of_them = 1 - float(np.prod([1 - each.chance for each in lived]))
    return CarryOver(
        experience_session=experience.session,
        experience=experience.episode,
        lived=tuple(Evidence(each.session, (each.turn,)) for each in lived),
        confidence=round(experience.episode.confidence * any_of_them, 3),
    )


def _experiences(case: Case) -> Iterator[Experience]:
    for number, reading in _readings(case):
        for episode in reading.correctives:
            turns = reading.session.turns[episode.start - 1 : episode.end]
            yield Experience(number, episode, _words(" ".join(turn.text for turn in turns)))


def _told(case: Case) -> Iterator[Told]:
    for number, reading in _readings(case):
        table = reading.table
        decided = table.decisions[:, table.codes.index("change_outside")]
        for row in np.flatnonzero(decided):
            text = reading.session.turns[row].text
            yield Told(number, int(row) + 1, float(table.column("change_outside")[row]), _words(text))


def _origin(told: Told, experiences: list[Experience], rarity: dict[str, float]) -> int | None:
    before = [number for number, each in enumerate(experiences) if each.session < told.session]

    def shared(number: int) -> tuple[float, int]:
        return sum(rarity[word] for word in told.words & experiences[number].words), number

    return max(before, key=shared, default=None)


def _rarity(case: Case) -> dict[str, float]:
    """One over the number of turns of the case in which a word stands."""
    turns = [turn.text for _, reading in _readings(case) for turn in reading.session.turns]
    counts = Counter(word for text in turns for word in _words(text))
    return {word: 1 / count for word, count in counts.items()}


def _words(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(text.lower()))


def _readings(case: Case) -> list[tuple[int, SessionReading]]:
    return [(session.number, session.reading) for session in case.sessions if session.reading is not None]
