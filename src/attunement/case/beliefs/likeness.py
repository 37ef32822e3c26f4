"""How alike two turns are: in the words they share, the rarer in this client's talk the more, and in their kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from attunement.case.beliefs.voices import Voice
from attunement.coder.words import TERM

Floats = npt.NDArray[np.floating[Any]]
# Kind counts as much as all the words: within one client's talk shared words tell little, and only tip the balance.
WEIGHT_OF_KIND = 1.0


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, question marks left out."""
    return [term for term in TERM.findall(text.lower()) if term != "?"]


@dataclass(frozen=True)
class Wording:
    """How rare each word is in one client's talk: in how many of `turns` turns it stands."""

    turns: int
    turns_with: Counter[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Wording:
        """From all the client's turns."""
        words = [set(words_of(text)) for text in texts]
        return cls(len(words), Counter(word for each in words for word in each))

    def weights(self, text: str) -> dict[str, float]:
        """Each word's weight (tf-idf, sublinear); the squares add to one, or there are no words."""
        raw = {
            word: (1 + log(count)) * log((1 + self.turns) / (1 + self.turns_with[word]))
            for word, count in Counter(words_of(text)).items()
        }
        length = sqrt(sum(value * value for value in raw.values()))
        return {word: value / length for word, value in raw.items()} if length else {}

    def overlap(self, first: Sequence[str], second: Sequence[str]) -> Floats:
        """(first, second): from 0, no word in common, to 1, the same words."""
        one, other = [self.weights(text) for text in first], [self.weights(text) for text in second]
        return np.array([[_in_common(left, right) for right in other] for left in one])


def _in_common(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    return sum(weight * second.get(word, 0.0) for word, weight in first.items())


def likeness(voices: Sequence[Voice], wording: Wording) -> Floats:
    """(voices, voices): word overlap plus likeness of kind, 0 to 1 + `WEIGHT_OF_KIND`."""
    kinds = np.array([voice.kinds for voice in voices])
    kinds /= np.linalg.norm(kinds, axis=1, keepdims=True)
    texts = [voice.text for voice in voices]
    return np.asarray(wording.overlap(texts, texts) + WEIGHT_OF_KIND * kinds @ kinds.T)
