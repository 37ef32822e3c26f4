"""Our codes on AnnoMI's transcripts: the nearest there is to sessions that nobody wrote for the coder."""

from __future__ import annotations

from functools import partial

import numpy as np

from attunement.coder.decisions import GROUPS
from benchmarks.baseline import Baseline
from benchmarks.figures import people
from benchmarks.figures.figure import Figure, f1_interval
from benchmarks.figures.turns import cases_of, decisions, presence
from benchmarks.held_out import HeldOut, Runs
from training.calibrate import f1_of
from training.data import TrainingSession

ORDER = ("strain", "confrontation", "withdrawal", "failure", "repair")
WITHOUT = "trained without them"
OPEN = "needs a training run without these codes"


def transcript_figures(runs: Runs) -> list[Figure]:
    """Groups of codes, a turn counting as marked when either annotator marked it; nothing without these codes."""
    sessions = [session for session in runs.data.annomi if not np.isnan(session.targets["codes"]).all()]
    if not sessions:
        return []
    readers = people.on_transcripts()
    coded = [*runs.data.corpus, *sessions]
    with_them, without = (Baseline(runs.clean[0], sessions, learnt) for learnt in (coded, runs.data.corpus))
    figures = []
    for name in ORDER:
        task, examples = f"AnnoMI, {len(sessions)} transcripts: {name}", int(presence(sessions, GROUPS[name])[0].sum())
        value, low, high = _pooled(runs, sessions, name)
        figures += [
            Figure(
                task,
                "F1",
                value,
                None,
                low,
                high,
                baseline=with_them.once(task, partial(pooled_f1, with_them, name)),
                examples=examples,
                people=readers.get(name),
            ),
            Figure(
                f"{task}, {WITHOUT}",
                "F1",
                None,
                baseline=without.once(f"{task}, {WITHOUT}", partial(pooled_f1, without, name)),
                examples=examples,
                people=readers.get(name),
                note=OPEN,
            ),
        ]
    return figures


def _pooled(runs: Runs, sessions: list[TrainingSession], name: str) -> tuple[float, float, float]:
    """F1 over all transcripts, too few for folds of their own, and its interval over videos."""

    def decided(run: HeldOut) -> np.ndarray:
        return decisions([run.tables[session.id] for session in sessions], GROUPS[name])[known]

    truth, known = presence(sessions, GROUPS[name])
    value = float(np.mean([f1_of(decided(run), truth) for run in runs.clean]))
    seeds = len(runs.clean)
    together = np.concatenate([decided(run) for run in runs.clean])
    return value, *f1_interval(np.tile(truth, seeds), together, cases_of(sessions, known) * seeds)


def pooled_f1(words: Baseline, name: str) -> float:
    """Word counts over all transcripts."""
    truth, decided = [], []
    for fold in words.folds:
        marked, known = presence(fold.asked, GROUPS[name])
        truth.append(marked)
        decided.append(fold.decided(GROUPS[name])[known])
    return f1_of(np.concatenate(decided), np.concatenate(truth))
