"""The simple baseline: TF-IDF of the turn and the turn before it, with logistic regression, on the same folds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

from benchmarks.figures.turns import labels_of, macro_f1, presence
from benchmarks.held_out import HeldOut
from training.calibrate import best_threshold, f1_of
from training.data import TrainingSession
from training.sources import FIGURES

Array = npt.NDArray[np.float64]
KEPT = FIGURES.with_name("baselines.json")


def turn_features(
    learnt: Sequence[TrainingSession], asked: Sequence[TrainingSession], *, shifts: tuple[int, ...] = (0, 1)
) -> tuple[csr_matrix, csr_matrix]:
    """Words and word pairs of the turn, and of the turn before it, each with a vocabulary of its own."""
    blocks = []
    for shift in shifts:
        known, new = (
            [text for session in sessions for text in ([""] * shift + session.texts)[: len(session)]]
            for sessions in (learnt, asked)
        )
        vectorizer = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, token_pattern=r"(?u)\b\w+\b|\?")
        blocks.append((vectorizer.fit_transform(known), vectorizer.transform(new)))
    return hstack([block[0] for block in blocks]).tocsr(), hstack([block[1] for block in blocks]).tocsr()


def _model() -> LogisticRegression:
    return LogisticRegression(C=4.0, class_weight="balanced", max_iter=300)


def chances(x: csr_matrix | Array, y: npt.NDArray[np.bool_], new: csr_matrix | Array) -> tuple[Array, float]:
    """Chance of a yes for new turns, and the threshold best on the training turns, each predicted by the others."""
    own = cross_val_predict(_model(), x, y, cv=3, method="predict_proba")[:, 1]
    return _model().fit(x, y).predict_proba(new)[:, 1], best_threshold(own, y)


def decide(x: csr_matrix | Array, y: npt.NDArray[np.bool_], new: csr_matrix | Array) -> npt.NDArray[np.bool_]:
    """Yes or no for new turns."""
    chance, threshold = chances(x, y, new)
    return np.asarray(chance >= threshold)


def classify(x: csr_matrix, y: npt.NDArray[np.int64], new: csr_matrix) -> npt.NDArray[np.int64]:
    """One class for each new turn."""
    return np.asarray(_model().fit(x, y).predict(new))


@dataclass(frozen=True)
class Fold:
    """One fold of the baseline, with the features of all its turns."""

    learnt: list[TrainingSession]
    asked: list[TrainingSession]

    @cached_property
    def features(self) -> tuple[csr_matrix, csr_matrix]:
        """Of the turns learnt from, and of those asked."""
        return turn_features(self.learnt, self.asked)

    def f1(self, codes: Sequence[str]) -> float:
        """Of "any of these codes"."""
        truth, known = presence(self.asked, codes)
        return f1_of(self.decided(codes)[known], truth)

    def decided(self, codes: Sequence[str]) -> npt.NDArray[np.bool_]:
        """Whether any of these codes is in each turn asked."""
        truth, known = presence(self.learnt, codes)
        x, new = self.features
        return decide(x[known], truth, new)

    def macro_f1(self, head: str, width: int, columns: Sequence[int] | None = None) -> float:
        """Of the classes of a label of motivational interviewing."""
        (truth, known), (asked, asked_known) = (labels_of(each, head, columns) for each in (self.learnt, self.asked))
        x, new = self.features
        return macro_f1(asked, classify(x[known], truth, new[asked_known]), width)


@dataclass(frozen=True)
class Baseline:
    """Word counts on the folds of a run; what is learnt is limited to `learnt`, what is asked to `asked`."""

    held_out: HeldOut
    asked: Sequence[TrainingSession]
    learnt: Sequence[TrainingSession]

    @cached_property
    def folds(self) -> list[Fold]:
        """The folds in which anything is asked."""
        folds = [
            Fold(self.held_out.apart(self.learnt, fold)[0], self.held_out.apart(self.asked, fold)[1])
            for fold in self.held_out.folds
        ]
        return [fold for fold in folds if fold.asked]

    def mean(self, task: str, figure: Callable[[Fold], float]) -> float:
        """The mean over folds."""
        return self.once(task, lambda: float(np.mean([figure(fold) for fold in self.folds])))

    def once(self, task: str, figure: Callable[[], float], kept: Path = KEPT) -> float:
        """The figure of a task, formed anew only when data or folds have changed: networks do not matter to it."""
        record = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
        if record.get("data and folds") != self._digest:
            record = {"data and folds": self._digest, "values": {}}
        if task not in record["values"]:
            record["values"][task] = figure()
            kept.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
        return float(record["values"][task])

    @cached_property
    def _digest(self) -> str:
        told = json.dumps([self.held_out.data.digests, self.held_out.out_of_fold.fold], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()
