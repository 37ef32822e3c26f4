"""Learn how single turns of therapists and clients sound: `python -m training.turn_words`.

Writes `turn_words.json` into the package: a weight a term. The terms are those of the authored corpus alone; other data
sets help to weigh them, but no wording of theirs is stored. How well it works is what `make bench-swaps` prints.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

import attunement.transcripts.turn_words as turn_words
from attunement.transcripts.turn_words import TurnWords, terms_of
from training.data import TrainingSession
from training.noise import degrade
from training.sources import Data

TARGET = Path(turn_words.__file__).with_name("turn_words.json")
FEWEST_TURNS = 5
STRENGTH = 0.1
# Terms that weigh less are left out: they tell next to nothing.
LEAST_WEIGHT = 0.04


def fit_turn_words(sessions: list[TrainingSession]) -> TurnWords:
    """From turns as written and as a recogniser leaves them."""
    terms = CountVectorizer(analyzer=terms_of, min_df=FEWEST_TURNS, binary=True)
    terms.fit(_texts(session for session in sessions if session.source == "corpus"))
    rng = np.random.default_rng(0)
    written = _texts(sessions)
    table = terms.transform([*written, *(degrade(text, rng) for text in written)])
    therapist = [speaker == "therapist" for session in sessions for speaker in session.speakers]
    model = LogisticRegression(C=STRENGTH, solver="liblinear", fit_intercept=False).fit(table, therapist * 2)
    weights = dict(zip(terms.get_feature_names_out(), model.coef_[0], strict=True))
    return TurnWords({term: round(float(w), 3) for term, w in weights.items() if abs(w) >= LEAST_WEIGHT})


def _texts(sessions: Iterable[TrainingSession]) -> list[str]:
    return [text for session in sessions for text in session.texts]


def main() -> None:
    """Fit on everything, write the weights."""
    fitted = fit_turn_words(Data.load().sessions)
    TARGET.write_text(json.dumps(dict(fitted.weights), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{len(fitted.weights)} terms written to {TARGET.name}, {TARGET.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
