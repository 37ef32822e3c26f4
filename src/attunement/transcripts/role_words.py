"""Who sounds like the therapist: rates of common words, under weights learnt from sessions with known roles.

A speaker's score is a sum over features `f`: `weight_f * log(rate_f / base_f)`, where a rate over few words is drawn
towards the base rate of all speech (`prior_words` words of it), so that a short transcript decides little. Of two
speakers, the probability that the first is the therapist is `1 / (1 + exp(second - first))`. The vocabulary holds
only function words and set phrases of conversation (see `training/roles.py`), nothing of what people talk about.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\?")
MAX_PHRASE = 4
# Shape of the talk, counted beside the words.
TURN, QUESTION_MARK, FIRST = "<turn>", "?", "<first> "


@dataclass(frozen=True)
class Weights:
    """What `training/roles.py` writes; `base` are rates per word over all speech."""

    prior_words: float
    base: Mapping[str, float]
    weight: Mapping[str, float]


def count(turns: Iterable[str], vocabulary: Iterable[str]) -> tuple[Counter[str], int]:
    """How often each feature occurs in a speaker's turns, and their number of words.

    Features are words, phrases (words joined by a space), `<first> word` for the word a turn begins with, `<turn>`
    for the turns themselves and `?`. Case does not matter.
    """
    wanted = frozenset(vocabulary)
    found: Counter[str] = Counter()
    total = 0
    for turn in turns:
        tokens = WORD.findall(turn.casefold().replace("’", "'"))
        words = [token for token in tokens if token != QUESTION_MARK]
        total += len(words)
        found[TURN] += 1
        found[QUESTION_MARK] += len(tokens) - len(words)
        found.update(f"{FIRST}{word}" for word in words[:1])
        for length in range(1, MAX_PHRASE + 1):
            found.update(" ".join(words[i : i + length]) for i in range(len(words) - length + 1))
    return Counter({feature: n for feature, n in found.items() if feature in wanted}), total


def features(turns: Sequence[str], base: Mapping[str, float], prior_words: float) -> dict[str, float]:
    """Log of each feature's rate over its base rate, drawn towards 0 where there are few words."""
    counts, total = count(turns, base)
    return {
        feature: math.log((counts[feature] + prior_words * rate) / ((total + prior_words) * rate))
        for feature, rate in base.items()
    }


def score(turns: Sequence[str], weights: Weights | None = None) -> float:
    """The higher, the more like a therapist; comparable only between speakers of one session."""
    weights = weights or shipped()
    values = features(turns, weights.base, weights.prior_words)
    return sum(weight * values[feature] for feature, weight in weights.weight.items())


def probability(first: float, second: float) -> float:
    """The chance that the speaker with the first score is the therapist of the second."""
    return 1 / (1 + math.exp(min(max(second - first, -50.0), 50.0)))


@lru_cache(maxsize=1)
def shipped() -> Weights:
    """The weights that come with the package."""
    raw = json.loads(files(__package__).joinpath("role_words.json").read_text(encoding="utf-8"))
    return Weights(
        prior_words=raw["prior_words"],
        base={feature: entry["base"] for feature, entry in raw["features"].items()},
        weight={feature: entry["weight"] for feature, entry in raw["features"].items()},
    )
