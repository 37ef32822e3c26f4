"""What is reached by reading less than the turn in its place: words without context, topic, length and position.

Each is trained in the folds of the coder and asked the same sessions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from attunement.coder.calibration import split_heads
from attunement.coder.decisions import GROUPS as COLUMNS
from attunement.evaluation.groups import GROUPS
from attunement.evaluation.metrics import average_precision
from benchmarks.baseline import turn_features
from benchmarks.figures.figure import mean_and_spread
from benchmarks.figures.reliability import JUDGED
from benchmarks.figures.turns import presence
from benchmarks.held_out import HeldOut, Runs
from training.data import TrainingSession

Array = npt.NDArray[np.float64]
ASKED = ("any strain", "repair moves", "misattuned or hostile", "felt met")
# Words nearer than this to the turn are not its topic but its surroundings.
FAR = 6


@dataclass(frozen=True)
class Reached:
    """How well one thing is ranked (average precision) by one way of reading; chance is the share of such turns."""

    thing: str
    way: str
    value: float
    spread: float | None
    chance: float


def codes_of(thing: str) -> tuple[str, ...]:
    """The codes of a group, by its label."""
    return next(group.codes for group in GROUPS if group.label == thing)


def form(sessions: Sequence[TrainingSession]) -> Array:
    """Place, length, and the lengths around: no word of what is said."""
    rows = []
    for session in sessions:
        lengths = np.log1p([len(text.split()) for text in session.texts])
        before = np.concatenate([[0.0], lengths[:-1]])
        own_before = np.concatenate([[0.0, 0.0], lengths[:-2]])[: len(session)]
        place = np.arange(len(session))
        columns = (lengths, before, own_before, place, place / len(session), np.full(len(session), len(session)))
        rows.append(np.stack(columns, axis=1))
    return np.concatenate(rows)


def topics(learnt: Sequence[TrainingSession], asked: Sequence[TrainingSession]) -> tuple[csr_matrix, csr_matrix]:
    """The words of the session that are far from the turn: what it is about, and nothing of what is done in it."""
    vectorizer = TfidfVectorizer(min_df=2, sublinear_tf=True, stop_words="english")
    return vectorizer.fit_transform(_far_words(learnt)), vectorizer.transform(_far_words(asked))


def _far_words(sessions: Sequence[TrainingSession]) -> list[str]:
    return [
        " ".join(session.texts[: max(0, row - FAR)] + session.texts[row + FAR + 1 :])
        for session in sessions
        for row in range(len(session))
    ]


def reached(runs: Runs) -> list[Reached]:
    """Every way of reading every thing; the coder's seeds are averaged, the shortcuts have none."""
    return [row for thing in ASKED for row in _of_thing(runs, thing)]


def _of_thing(runs: Runs, thing: str) -> list[Reached]:
    codes, sessions, first = codes_of(thing), runs.data.corpus, runs.clean[0]
    chance = float(presence(sessions, codes)[0].mean())

    def ofchances(which: str) -> tuple[float, float | None]:
        return runs.over_folds(sessions, lambda run, asked: _ranked(asked, codes, chances(run, thing, which, asked)))

    def of_words(shifts: tuple[int, ...]) -> tuple[float, float | None]:
        return mean_and_spread(
            [_linear(*first.apart(sessions, fold), codes, turn_features, shifts=shifts) for fold in first.folds]
        )

    ways = {
        "the coder": ofchances("both"),
        "its network alone": ofchances("network"),
        "its word model alone": ofchances("words"),
        "words of turn and turn before": of_words((0, 1)),
        "words of the turn alone": of_words((0,)),
        "words of the turn before alone": of_words((1,)),
        "topic: words far from the turn": mean_and_spread(
            [_linear(*first.apart(sessions, fold), codes, topics) for fold in first.folds]
        ),
        "length and position": mean_and_spread([_formal(*first.apart(sessions, fold), codes) for fold in first.folds]),
        "who speaks": (chance, None),
    }
    return [Reached(thing, way, value, spread, chance) for way, (value, spread) in ways.items()]


def chances(run: HeldOut, thing: str, which: str, asked: Sequence[TrainingSession]) -> Array:
    """How likely the thing is in each turn: by the coder (`both`), or its `network` or `words` alone (logits)."""
    name = JUDGED[thing]
    if which == "both":
        tables = [run.tables[session.id] for session in asked]
        return np.concatenate([t.group(name) if name in COLUMNS else t.column(name) for t in tables]).astype(float)
    heads = split_heads(np.concatenate([run.out_of_fold.logits[session.id] for session in asked]))
    side = 0 if which == "network" else 1
    if name in COLUMNS:
        return heads["groups"][:, list(COLUMNS).index(name), side]
    return heads["codes"][:, list(run.corpus_tables[0].codes).index(name), side]


def _ranked(asked: Sequence[TrainingSession], codes: Sequence[str], chance: Array) -> float:
    truth, known = presence(asked, codes)
    return float(average_precision(truth, chance[known]))


def _linear(
    learnt: list[TrainingSession], asked: list[TrainingSession], codes: Sequence[str], features, **settings
) -> float:  # type: ignore[no-untyped-def]
    x, new = features(learnt, asked, **settings)
    truth, known = presence(learnt, codes)
    model = LogisticRegression(C=4.0, class_weight="balanced", solver="liblinear").fit(x[known], truth)
    return _ranked(asked, codes, model.decision_function(new))


def _formal(learnt: list[TrainingSession], asked: list[TrainingSession], codes: Sequence[str]) -> float:
    truth, known = presence(learnt, codes)
    model = HistGradientBoostingClassifier(max_iter=80, random_state=0).fit(form(learnt)[known], truth)
    return _ranked(asked, codes, model.predict_proba(form(asked))[:, 1])
