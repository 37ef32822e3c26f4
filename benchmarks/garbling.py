"""A session as a poor recogniser would leave it, for measuring: words lost, doubled or misheard, speakers swapped."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from attunement.transcripts.session import Session, Turn
from training.noise import degrade

WORD_ERRORS = 0.15
SWAPPED = 0.05


def garbled(session: Session, *, word_errors: float = WORD_ERRORS, swapped: float = SWAPPED) -> Session:
    """No case, no punctuation, and these shares of words wrong and of turns given to the other speaker.

    Turns stay apart where a recogniser would join them, so that they can still be compared one by one. Always the same
    for a session of the same id; `word_errors` of 0 leaves the words as they are, case and punctuation too.
    """
    rng = np.random.default_rng(list(session.id.encode()))
    texts = [degrade(turn.text, rng, word_error=word_errors) if word_errors else turn.text for turn in session.turns]
    swaps = rng.random(len(texts)) < swapped
    turns = [
        _other(replace(turn, text=text)) if swap else replace(turn, text=text)
        for turn, text, swap in zip(session.turns, texts, swaps, strict=True)
    ]
    return replace(session, turns=tuple(turns))


def shuffled(session: Session) -> tuple[Session, list[int]]:
    """The same turns with their exchanges in another order, and where each turn now stands.

    An exchange is a turn and the answer to it, kept together in pairs from the first turn on, so that speakers still
    take turns; what went before an exchange is torn off.
    """
    rng = np.random.default_rng(list(session.id.encode()))
    pairs = [session.turns[start : start + 2] for start in range(0, len(session.turns) - 1, 2)]
    rest = session.turns[2 * len(pairs) :]
    turns = [turn for place in rng.permutation(len(pairs)) for turn in pairs[place]] + list(rest)
    return replace(session, turns=tuple(turns)), [turn.number - 1 for turn in turns]


def _other(turn: Turn) -> Turn:
    return replace(turn, speaker="client" if turn.speaker == "therapist" else "therapist")
