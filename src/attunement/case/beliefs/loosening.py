"""What spoke against an expectation and what moved: met in experience, understood only, or neither.

An episode or turn belongs to the expectations voiced in it or shortly before it; where none is near, to the one whose
words it shares most, if it shares enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import prod
from typing import Literal

import numpy as np

from attunement.case.beliefs.groups import Group
from attunement.case.beliefs.likeness import Wording
from attunement.case.findings import Contradiction, Evidence
from attunement.case.record import Case, CaseSession

Loosened = Literal["experience", "insight", "none"]
NEAR_TURNS = 10  # five exchanges
SHARED_WORDS = 0.05  # mean overlap with the turns of an expectation
LIKELY = 0.5


@dataclass(frozen=True, slots=True)
class Sign:
    """A client turn in which something moved; `felt` is the chance that it is so and was felt (experiencing 2)."""

    session: int
    turn: int
    chance: float
    felt: float

    @property
    def evidence(self) -> Evidence:
        """Where it can be looked up."""
        return Evidence(self.session, (self.turn,))


@dataclass(frozen=True)
class Moved:
    """All that bears on one expectation; each list likeliest first, `contradicted` in order."""

    contradicted: tuple[Contradiction, ...]
    new_views: tuple[Sign, ...]
    met: tuple[Sign, ...]
    lived_outside: tuple[Sign, ...]
    understood: tuple[Sign, ...]

    @property
    def loosened(self) -> Loosened:
        """By experience: contradicted, then a new view or being met, felt; or lived outside. By insight: understood."""
        if self.is_felt or any_of(sign.chance for sign in self.lived_outside) >= LIKELY:
            return "experience"
        understood = (*self.new_views, *self.understood)
        return "insight" if any_of(sign.chance for sign in understood) >= LIKELY else "none"

    @property
    def is_felt(self) -> bool:
        """Whether a felt new view, or being met, likely came in a contradicting episode or after it."""
        if not self.contradicted:
            return False
        first = min((each.session, each.episode.start) for each in self.contradicted)
        after = [sign for sign in (*self.new_views, *self.met) if (sign.session, sign.turn) >= first]
        return any_of(sign.felt for sign in after) >= LIKELY


def any_of(chances: Iterable[float]) -> float:
    """The chance that at least one of independent things is so; 0 of none."""
    return 1 - prod(1 - chance for chance in chances)


def moved(case: Case, groups: Sequence[Group], wording: Wording) -> list[Moved]:
    """For each group what bears on it."""
    contradictions = [
        (Contradiction(session.number, episode), _links(session, episode.start, episode.end, groups, wording))
        for session in case.read
        if session.reading is not None
        for episode in session.reading.correctives
    ]
    signs = {
        code: [
            (sign, _links(session, sign.turn, sign.turn, groups, wording))
            for session in case.read
            for sign in _signs(session, code)
        ]
        for code in ("new_view", "felt_met", "change_outside", "insight")
    }

    def of(code: str, number: int) -> tuple[Sign, ...]:
        return tuple(sorted((sign for sign, to in signs[code] if number in to), key=lambda sign: -sign.chance))

    return [
        Moved(
            contradicted=tuple(each for each, to in contradictions if number in to),
            new_views=of("new_view", number),
            met=of("felt_met", number),
            lived_outside=of("change_outside", number),
            understood=of("insight", number),
        )
        for number in range(len(groups))
    ]


def _signs(session: CaseSession, code: str) -> list[Sign]:
    """The turns to which the coder gives the code."""
    assert session.reading is not None
    table, turns = session.reading.table, session.reading.session.turns
    chances, decided = table.column(code), table.decisions[:, table.codes.index(code)]
    felt = chances * table.experiencing[:, 2]
    return [
        Sign(session.number, turn.number, float(chances[row]), float(felt[row]))
        for row, turn in enumerate(turns)
        if turn.speaker == "client" and decided[row]
    ]


def _links(session: CaseSession, start: int, end: int, groups: Sequence[Group], wording: Wording) -> set[int]:
    """Which groups a span of turns bears on."""
    near = {
        number
        for number, group in enumerate(groups)
        for voice in group.voices
        if voice.session == session.number and start - NEAR_TURNS <= voice.turn <= end
    }
    if near or not groups:
        return near
    assert session.reading is not None
    said = " ".join(turn.text for turn in session.reading.session.turns[start - 1 : end] if turn.speaker == "client")
    shared = [float(wording.overlap([said], [voice.text for voice in group.voices]).mean()) for group in groups]
    return {int(np.argmax(shared))} if max(shared) >= SHARED_WORDS else set()
