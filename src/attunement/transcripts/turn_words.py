"""Does a single turn sound like a therapist's or a client's? Words and pairs of words, each with a weight.

The sum of the weights is the log-odds that the therapist speaks. One turn by itself is judged right in three of four
cases, one of more than eight words in four of five; `swaps` adds up what a whole session says. Unlike `role_words`, the
vocabulary is open: whatever occurs often enough in the authored corpus (see `training/turn_words.py`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from attunement.transcripts.role_words import WORD

NOTE = re.compile(r"\[[^\]]*\]")
# Shape of the turn, beside its words.
TURN, FIRST, SHORT, LONG = "<turn>", "<first> ", "<short>", "<long>"
SHORT_WORDS, LONG_WORDS = 4, 25


def terms_of(text: str) -> set[str]:
    """Words, question marks, pairs of neighbours, the word it begins with, and whether it is short or long."""
    words = WORD.findall(NOTE.sub(" ", text).casefold().replace("’", "'"))
    found = {TURN, *words, *(f"{first} {second}" for first, second in pairwise(words))}
    found |= {FIRST + word for word in words[:1]}
    if len(words) < SHORT_WORDS:
        found.add(SHORT)
    if len(words) > LONG_WORDS:
        found.add(LONG)
    return found


@dataclass(frozen=True)
class TurnWords:
    """The weight of each term; terms not in it weigh nothing."""

    weights: Mapping[str, float]

    def log_odds(self, text: str) -> float:
        """Of the therapist speaking: above 0 the therapist, below 0 the client."""
        return sum(self.weights.get(term, 0.0) for term in terms_of(text))


@lru_cache(maxsize=1)
def shipped() -> TurnWords:
    """The weights that come with the package."""
    return TurnWords(json.loads(files(__package__).joinpath("turn_words.json").read_text(encoding="utf-8")))
