"""Client turns that may voice an expectation, with the chance that they do and of which kind it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from attunement.case.findings import Evidence
from attunement.case.record import Case, CaseSession

CODES_OF_KIND: dict[str, tuple[str, ...]] = {
    "self": ("belief_self",),
    "others": ("belief_other", "fear_of_response"),
    "hiding": ("hiding",),
}
# Under this the map would be mostly chaff: of the turns above it a careful reader codes two in five, and of the turns
# that the reader codes two in five are above it.
CHANCE_AT_LEAST = 0.25
QUOTABLE_WORDS = (6, 30)


@dataclass(frozen=True, slots=True)
class Voice:
    """A client turn; `chance` (0–1) that it voices any expectation, `kinds` the chance of each of `CODES_OF_KIND`."""

    session: int
    turn: int
    text: str
    chance: float
    kinds: tuple[float, ...]

    @property
    def evidence(self) -> Evidence:
        """Where it can be looked up."""
        return Evidence(self.session, (self.turn,))

    @property
    def quotability(self) -> float:
        """The chance, less where the turn is too short to say it or too long to quote."""
        least, most = QUOTABLE_WORDS
        length = max(len(self.text.split()), 1)
        return self.chance * min(1.0, length / least, most / length)


def voices_of(case: Case) -> tuple[Voice, ...]:
    """All turns of the case that are likely enough, in order."""
    return tuple(voice for session in case.read for voice in client_turns(session) if voice.chance >= CHANCE_AT_LEAST)


def client_turns(session: CaseSession) -> list[Voice]:
    """Every client turn of a session, however unlikely to voice anything."""
    assert session.reading is not None
    table, turns = session.reading.table, session.reading.session.turns
    kinds = np.stack([_any([table.column(code) for code in codes]) for codes in CODES_OF_KIND.values()], axis=1)
    chances = _any(list(kinds.T))
    return [
        Voice(session.number, turn.number, turn.text, float(chances[row]), tuple(float(each) for each in kinds[row]))
        for row, turn in enumerate(turns)
        if turn.speaker == "client"
    ]


def _any(chances: list[np.ndarray]) -> np.ndarray:
    return np.asarray(1 - np.prod([1 - each.astype(float) for each in chances], axis=0))
