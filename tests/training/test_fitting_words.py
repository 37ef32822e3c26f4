# ruff: noqa: SIM905 (lists of words read better as text)
from __future__ import annotations

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from attunement.codebook import CODES
from attunement.coder.calibration import HEADS
from attunement.coder.words import terms_of
from training.data import CODE_INDEX, TrainingSession, empty_targets
from training.words import FEWEST_TURNS, fit_words

WORDS = "well so I you we know think just really day week work home then there".split()


def session(number: int, source: str = "corpus", extra: str = "") -> TrainingSession:
    """Random chatter; a client who says "hurt" voices a feeling, and after "sorry" denies."""
    random = np.random.default_rng(number)
    texts = [" ".join(random.choice(WORDS, 8)) + extra for _ in range(12)]
    targets = empty_targets(12)
    for row in range(12):
        speaker = "client" if row % 2 else "therapist"
        for code in CODES.values():
            if code.speaker == speaker:
                targets["codes"][row, CODE_INDEX[code.name]] = 0.0
        if speaker == "client" and random.random() < 0.4:
            texts[row] += " hurt"
            targets["codes"][row, CODE_INDEX["feeling"]] = 1.0
        if speaker == "client" and random.random() < 0.4:
            texts[row - 1] += " sorry"
            targets["codes"][row, CODE_INDEX["denial"]] = 1.0
    return TrainingSession(f"s-{number}", f"{source}:{number}", source, ["therapist", "client"] * 6, texts, targets)


SESSIONS = [session(number) for number in range(25)]


@pytest.fixture(scope="module")
def model():
    return fit_words(SESSIONS)


def test_it_learns_which_words_go_with_a_code(model):
    logits = model.logits(["so you know", "I think hurt", "so you know", "I think"])[:, CODE_INDEX["feeling"]]
    assert logits[1] > 0 > logits[3]


def test_it_learns_which_words_of_the_turn_before_go_with_a_code(model):
    logits = model.logits(["so sorry", "I think", "so you know", "I think"])[:, CODE_INDEX["denial"]]
    assert logits[1] > 0 > logits[3]


def test_a_column_with_too_few_examples_says_nothing(model):
    assert np.count_nonzero(model.weights[:, CODE_INDEX["grief"]]) == 0
    assert model.bias[CODE_INDEX["grief"]] == 0
    assert model.weights.shape[1] == sum(HEADS.values())


def test_terms_are_weighed_as_scikit_learn_weighs_them(model):
    texts = [text for each in SESSIONS for text in each.texts]
    reference = TfidfVectorizer(analyzer=terms_of, min_df=FEWEST_TURNS, sublinear_tf=True, norm="l2").fit(texts)
    names = list(reference.get_feature_names_out())
    for text in (texts[3], "you know you know hurt", "unheard of"):
        rows, weights = model.turn.weighted(text)
        terms = list(model.turn.rows)
        ours = {terms[row]: weight for row, weight in zip(rows, weights, strict=True)}
        theirs = reference.transform([text]).tocoo()
        assert ours == pytest.approx({names[c]: w for c, w in zip(theirs.coords[1], theirs.data, strict=True)})


def test_words_of_other_data_sets_are_never_stored():
    foreign = [session(number, "annomi", extra=" cigarettes smoking") for number in range(100, 110)]
    model = fit_words([*SESSIONS, *foreign])
    stored = {word for vocabulary in (model.turn, model.before) for term in vocabulary.rows for word in term.split()}
    assert "hurt" in stored
    assert not stored & {"cigarettes", "smoking"}


def test_rounding_to_int8_costs_next_to_nothing(model):
    assert model.weights.dtype == np.int8
    assert np.abs(model.weights).max() == 127
