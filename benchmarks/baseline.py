"""The simple baseline: TF-IDF of the turn and the turn before it, with logistic regression, on the same folds."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

from training.calibrate import best_threshold
from training.data import TrainingSession


def turn_features(learnt: list[TrainingSession], asked: list[TrainingSession]) -> tuple[csr_matrix, csr_matrix]:
    """Words and word pairs of the turn, and of the turn before it, each with a vocabulary of its own."""
    blocks = []
    for shift in (0, 1):
        known, new = (
            [text for session in sessions for text in ([""] * shift + session.texts)[: len(session)]]
            for sessions in (learnt, asked)
        )
        vectorizer = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, token_pattern=r"(?u)\b\w+\b|\?")
        blocks.append((vectorizer.fit_transform(known), vectorizer.transform(new)))
    return hstack([block[0] for block in blocks]).tocsr(), hstack([block[1] for block in blocks]).tocsr()


def decide(x: csr_matrix, y: np.ndarray, new: csr_matrix) -> np.ndarray:
    """Yes or no for new turns; the threshold is the best one on the training turns, each predicted by the others."""
    model = LogisticRegression(C=4.0, class_weight="balanced", max_iter=300)
    own = cross_val_predict(model, x, y, cv=3, method="predict_proba")[:, 1]
    return np.asarray(model.fit(x, y).predict_proba(new)[:, 1] >= best_threshold(own, y))


def classify(x: csr_matrix, y: np.ndarray, new: csr_matrix) -> np.ndarray:
    """One class for each new turn."""
    return np.asarray(LogisticRegression(C=4.0, class_weight="balanced", max_iter=300).fit(x, y).predict(new))
