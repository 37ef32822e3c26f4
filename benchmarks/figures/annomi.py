"""AnnoMI: the labels of motivational interviewing, by video."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from attunement.codebook import CLIENT_TALK, THERAPIST_BEHAVIOUR
from benchmarks.baseline import Baseline
from benchmarks.figures import people
from benchmarks.figures.figure import Figure, macro_f1_interval
from benchmarks.figures.turns import Integers, cases_of, labels_of, macro_f1
from benchmarks.held_out import HeldOut, Runs
from training.data import ANNOMI_SUBTYPES, TrainingSession

Says = Callable[[HeldOut, list[TrainingSession]], Integers]


@dataclass(frozen=True)
class Label:
    """A choice between `width` classes of a head; `says` gives our class of every turn, `columns` are the classes."""

    task: str
    head: str
    width: int
    says: Says
    columns: tuple[int, ...] | None = None


def from_tables(head: str) -> Says:
    """The likeliest class in the code tables."""

    def says(held_out: HeldOut, sessions: list[TrainingSession]) -> Integers:
        tables = [getattr(held_out.tables[session.id], head) for session in sessions]
        return np.nan_to_num(np.concatenate(tables)).argmax(axis=1)

    return says


def from_margin(columns: tuple[int, int]) -> Says:
    """Which of two sub-types: by how far both answers lie apart, network's and words', weighed on other folds."""

    def margins(held_out: HeldOut, sessions: Sequence[TrainingSession]) -> np.ndarray:
        logits = held_out.out_of_fold.heads(sessions)["subtypes"]
        return logits[:, columns[1]] - logits[:, columns[0]]

    def says(held_out: HeldOut, sessions: list[TrainingSession]) -> Integers:
        others, _ = held_out.apart(held_out.data.annomi, held_out.fold_of(sessions[0]))
        truth, known = labels_of(others, "subtypes", columns)
        model = LogisticRegression(class_weight="balanced").fit(margins(held_out, others)[known], truth)
        return np.asarray(model.predict(margins(held_out, sessions)))

    return says


def columns_of(field: str) -> tuple[int, int]:
    """Where the two sub-types of questions or reflections stand."""
    first, second = (place for place, (name, _) in enumerate(ANNOMI_SUBTYPES) if name == field)
    return first, second


def labels() -> list[Label]:
    """Everything that is chosen in AnnoMI; sub-types among the utterances that have one."""
    questions, reflections = columns_of("question_subtype"), columns_of("reflection_subtype")
    return [
        Label(
            "AnnoMI therapist behaviour",
            "therapist_behaviour",
            len(THERAPIST_BEHAVIOUR),
            from_tables("therapist_behaviour"),
        ),
        Label("AnnoMI client talk", "client_talk", len(CLIENT_TALK), from_tables("client_talk")),
        Label("AnnoMI questions: open or closed", "subtypes", 2, from_margin(questions), questions),
        Label("AnnoMI reflections: simple or complex", "subtypes", 2, from_margin(reflections), reflections),
    ]


def annomi_figures(runs: Runs) -> list[Figure]:
    """A figure a label; nothing where AnnoMI is not at hand."""
    sessions = runs.data.annomi
    if not sessions:
        return []
    words = Baseline(runs.clean[0], sessions, sessions)
    return [_figure(label, runs, sessions, words) for label in labels()]


def _figure(label: Label, runs: Runs, sessions: list[TrainingSession], words: Baseline) -> Figure:
    def of_sessions(held_out: HeldOut, asked: list[TrainingSession]) -> float:
        truth, known = labels_of(asked, label.head, label.columns)
        return macro_f1(truth, label.says(held_out, asked)[known], label.width)

    value, spread = runs.over_folds(sessions, of_sessions)
    return Figure(
        label.task,
        f"macro-F1, {label.width} classes",
        value,
        spread,
        *_interval(label, runs, sessions),
        degraded=runs.misheard_mean(sessions, of_sessions),
        baseline=words.mean(label.task, lambda fold: fold.macro_f1(label.head, label.width, label.columns)),
        examples=int(labels_of(sessions, label.head, label.columns)[1].sum()),
        people=people.OF_ANNOMI.get(label.task),
    )


def _interval(label: Label, runs: Runs, sessions: list[TrainingSession]) -> tuple[float, float]:
    truth, said, cases = [], [], []
    for run in runs.clean:
        for fold in run.folds:
            _, asked = run.apart(sessions, fold)
            labelled, known = labels_of(asked, label.head, label.columns)
            truth.append(labelled)
            said.append(label.says(run, asked)[known])
            cases += cases_of(asked, known)
    return macro_f1_interval(np.concatenate(truth), np.concatenate(said), label.width, cases)
