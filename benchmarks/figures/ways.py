"""What is reached by reading less than the turn in its place: words without context, topic, length and position.

Each is trained in the folds of the coder and asked the same sessions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import block_diag, csr_matrix
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
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
Features = Callable[[list[TrainingSession], list[TrainingSession]], tuple[Any, Any]]
ASKED = ("any strain", "repair moves", "misattuned or hostile", "felt met")
# Words nearer than this to the turn are not its topic but its surroundings.
FAR = 6


@dataclass(frozen=True)
class Reached:
    """How well one thing is ranked (average precision) by one way of reading."""

    thing: str
    way: str
    value: float
    spread: float | None


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
    counter = CountVectorizer(min_df=2, stop_words="english")
    weigh = TfidfTransformer(sublinear_tf=True)
    known = _far(learnt) @ counter.fit_transform(_texts(learnt))
    new = _far(asked) @ counter.transform(_texts(asked))
    return weigh.fit_transform(known), weigh.transform(new)


def _texts(sessions: Sequence[TrainingSession]) -> list[str]:
    return [text for session in sessions for text in session.texts]


def _far(sessions: Sequence[TrainingSession]) -> csr_matrix:
    """Which turns are far from which, within sessions: (turns, turns) of zeros and ones."""
    rows = [np.arange(len(session)) for session in sessions]
    return block_diag([(np.abs(row[:, None] - row[None, :]) > FAR).astype(float) for row in rows], format="csr")


def reached(runs: Runs) -> list[Reached]:
    """Every way of reading every thing; the coder's seeds are averaged, the shortcuts have none."""
    rows = [row for thing in ASKED for row in _by_coder(runs, thing)]
    return [*rows, *_by_shortcuts(runs), *(_who_speaks(runs, thing) for thing in ASKED)]


def _by_coder(runs: Runs, thing: str) -> list[Reached]:
    codes, sessions = codes_of(thing), runs.data.corpus
    ways = {"the coder": "both", "its network alone": "network", "its word model alone": "words"}

    def of(which: str) -> tuple[float, float | None]:
        return runs.over_folds(sessions, lambda run, asked: _ranked(asked, codes, chances(run, thing, which, asked)))

    return [Reached(thing, way, *of(which)) for way, which in ways.items()]


def _by_shortcuts(runs: Runs) -> list[Reached]:
    first = runs.clean[0]
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    for fold in first.folds:
        learnt, asked = first.apart(runs.data.corpus, fold)
        for way, features, model in SHORTCUTS:
            x, new = features(learnt, asked)
            for thing in ASKED:
                truth, known = presence(learnt, codes_of(thing))
                fitted = model().fit(x[known], truth)
                found[thing, way].append(_ranked(asked, codes_of(thing), fitted.predict_proba(new)[:, 1]))
    return [Reached(thing, way, *mean_and_spread(values)) for (thing, way), values in found.items()]


def _who_speaks(runs: Runs, thing: str) -> Reached:
    """All turns of the speaker alike: average precision is then the share of turns that have it."""
    return Reached(thing, "who speaks", float(presence(runs.data.corpus, codes_of(thing))[0].mean()), None)


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


def _linear() -> LogisticRegression:
    return LogisticRegression(C=4.0, class_weight="balanced", solver="liblinear")


def _trees() -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(max_iter=80, random_state=0)


SHORTCUTS: tuple[tuple[str, Features, Callable[[], Any]], ...] = (
    ("words of turn and turn before", partial(turn_features, shifts=(0, 1)), _linear),
    ("words of the turn alone", partial(turn_features, shifts=(0,)), _linear),
    ("words of the turn before alone", partial(turn_features, shifts=(1,)), _linear),
    ("topic: words far from the turn", topics, _linear),
    ("length and position", lambda learnt, asked: (form(learnt), form(asked)), _trees),
)
