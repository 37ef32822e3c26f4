"""Fit the word model: tf-idf of the turn and the turn before it, one logistic regression an output column."""

from __future__ import annotations

import itertools

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from attunement.coder.calibration import HEADS
from attunement.coder.words import Vocabulary, WordModel, terms_of
from training.data import TrainingSession

STRENGTH = 2.0
FEWEST_TURNS = 3


def fit_words(sessions: list[TrainingSession]) -> WordModel:
    """Learn every column from the turns whose data set speaks of it.

    The terms are those of the authored corpus alone: wording of other data sets is weighed, but never stored.
    """
    vectorizers = [
        TfidfVectorizer(analyzer=terms_of, min_df=FEWEST_TURNS, sublinear_tf=True, norm="l2") for _ in range(2)
    ]
    blocks = []
    for vectorizer, shift in zip(vectorizers, (0, 1), strict=True):
        texts = [_shifted(session, shift) for session in sessions]
        ours = [part for session, part in zip(sessions, texts, strict=True) if session.source == "corpus"]
        vectorizer.fit(itertools.chain(*ours))
        blocks.append(vectorizer.transform(itertools.chain(*texts)))
    terms = hstack(blocks).tocsr()
    targets = np.concatenate(
        [np.concatenate([session.targets[head] for head in HEADS], axis=1) for session in sessions]
    )
    fitted = [_column(terms, targets[:, column]) for column in range(targets.shape[1])]
    weights = np.stack([weight for weight, _ in fitted], axis=1)
    scale = np.abs(weights).max(axis=0) / 127 + 1e-9
    return WordModel(
        *(Vocabulary(dict(sorted(v.vocabulary_.items(), key=lambda item: item[1])), v.idf_) for v in vectorizers),
        weights=np.round(weights / scale).astype(np.int8),
        scale=scale,
        bias=np.array([bias for _, bias in fitted]),
    )


def _shifted(session: TrainingSession, by: int) -> list[str]:
    return [*([""] * by), *session.texts][: len(session)]


def _column(terms: csr_matrix, target: np.ndarray) -> tuple[np.ndarray, float]:
    known = ~np.isnan(target)
    yes = target[known] >= 0.5
    if yes.sum() < FEWEST_TURNS:
        return np.zeros(terms.shape[1]), 0.0
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", solver="liblinear")
    model.fit(terms[known], yes)
    return model.coef_[0], float(model.intercept_[0])
