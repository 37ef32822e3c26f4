"""Whether a session was shown as good or as bad motivational interviewing, told from the reading alone.

No words go in: only how likely the labels and our codes are in an average turn of the session, from a coder that had
not seen its video. Videos stay whole. Mere length is measured beside it, since bad demonstrations are shorter.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from attunement.coder.decisions import GROUPS
from attunement.coder.table import CodeTable
from attunement.evaluation.bootstrap import Bootstrap, interval
from benchmarks.figures.figure import Figure, mean_and_spread, numbered
from benchmarks.held_out import Runs
from training.data import TrainingSession
from training.sources import DATA

Array = npt.NDArray[np.float64]
TASK = "AnnoMI session quality"
FOLDS, DRAWS = 5, 10


def quality_figures(runs: Runs, file: Path = DATA / "annomi" / "annomi_dev.csv") -> list[Figure]:
    """AUC from the reading, from human labels in the same way, and from length; nothing without AnnoMI."""
    sessions = runs.data.annomi
    if not sessions:
        return []
    quality = qualities(file)
    good = np.array([quality[session.id] for session in sessions])
    read = [np.stack([features(run.tables[session.id]) for session in sessions]) for run in runs.clean]
    labelled = np.stack([labels(session) for session in sessions])
    length = np.array([[np.log(len(session)), np.log(_words(session))] for session in sessions])
    videos = [session.group for session in sessions]
    return [
        _figure(f"{TASK} from the reading", read, good, videos),
        _figure(f"{TASK} from human labels", [labelled], good, videos, note="a ceiling: the annotators' own labels"),
        _figure(f"{TASK} from length alone", [length], good, videos, note="a confound: turns and words, nothing else"),
    ]


def qualities(file: Path) -> dict[str, bool]:
    """By session: shown as good."""
    with file.open(encoding="utf-8", newline="") as rows:
        return {f"annomi-{int(row['transcript_id']):03d}": row["mi_quality"] == "high" for row in csv.DictReader(rows)}


def features(table: CodeTable) -> Array:
    """Mean probability of every label, group, level and mechanism over the turns that may have it: 20 numbers."""
    parts = [
        np.nanmean(table.therapist_behaviour, axis=0),
        np.nanmean(table.client_talk, axis=0),
        np.array([np.nanmean(table.group(name)) for name in GROUPS]),
        np.nanmean(table.experiencing, axis=0)[1:],
        np.nanmean(table.empathy, axis=0)[:, 1:].ravel(),
    ]
    return np.concatenate(parts).astype(np.float64)


def labels(session: TrainingSession) -> Array:
    """Share of each of the annotators' labels."""
    return np.concatenate(
        [np.nanmean(session.targets[head], axis=0) for head in ("therapist_behaviour", "client_talk")]
    ).astype(np.float64)


def _words(session: TrainingSession) -> int:
    return sum(len(text.split()) for text in session.texts)


def _figure(task: str, seeds: list[Array], good: npt.NDArray[np.bool_], videos: list[str], note: str = "") -> Figure:
    case = numbered(videos)
    drawn = [chances(x, good, case, draw) for x in seeds for draw in range(DRAWS)]
    value, spread = mean_and_spread([float(roc_auc_score(good, chance)) for chance in drawn])
    low, high = _interval(np.mean(drawn, axis=0), good, case)
    return Figure(task, "AUC", value, spread, low, high, examples=int((~good).sum()), note=note)


def chances(x: Array, good: npt.NDArray[np.bool_], case: npt.NDArray[np.int64], seed: int) -> Array:
    """Of being good, for each session from sessions of other videos; logistic regression, no choice tuned."""
    model = make_pipeline(StandardScaler(), LogisticRegression(class_weight="balanced", max_iter=1000))
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
    return np.asarray(cross_val_predict(model, x, good, groups=case, cv=folds, method="predict_proba")[:, 1])


def _interval(chance: Array, good: npt.NDArray[np.bool_], case: npt.NDArray[np.int64]) -> tuple[float, float]:
    """From drawing videos again."""
    bootstrap = Bootstrap.over(int(case.max()) + 1)
    samples = [
        roc_auc_score(good, chance, sample_weight=weights) if 0 < weights @ good < weights.sum() else np.nan
        for weights in bootstrap.weights[:, case]
    ]
    return interval(float(roc_auc_score(good, chance)), np.array(samples))
