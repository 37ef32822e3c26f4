"""`make bench-accuracy`: how often the reading is right on people it has never seen, beside a baseline and people.

Prints one table from `training/results` (out-of-fold answers of the last `make train`), the corpus in this repository,
and AnnoMI where `ATTUNEMENT_DATA` has it. `--json FILE` keeps the figures for the model card.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from attunement.codebook import CODES
from attunement.coder.decisions import GROUPS
from attunement.coder.table import CodeTable
from attunement.evaluation import evaluate_tables
from attunement.evaluation.groups import GROUPS as JUDGED_GROUPS
from benchmarks import baseline
from benchmarks.held_out import HeldOut, over_folds
from training.calibrate import f1_of
from training.data import CODE_INDEX, TrainingSession
from training.episodes import same
from training.sources import OUT_OF_FOLD_DEGRADED, Data, OutOfFold

# Two careful readers on the same sessions, F1 of one against the other: corpus/second, AnnoMI's own annotators.
PEOPLE = {
    "any strain": 0.875,
    "withdrawal": 0.857,
    "confrontation": 0.875,
    "repair moves": 0.831,
    "misattuned or hostile": 0.767,
    "felt met": 0.656,
    "rupture": 0.914,
    "repair": 0.923,
    "corrective": 0.667,
    "AnnoMI therapist behaviour": 0.796,
    "AnnoMI client talk": 0.645,
}


ATTRIBUTES = {
    "rupture": ("kind", "cause", "noticed", "resolution"),
    "repair": ("initiated_by", "resolution"),
    "corrective": ("strength",),
}


@dataclass(frozen=True)
class Figure:
    """One line of the table; `spread` is the standard deviation over folds, `low` and `high` a 95 % interval."""

    task: str
    measure: str
    value: float
    spread: float | None
    low: float | None = None
    high: float | None = None
    degraded: float | None = None
    baseline: float | None = None
    examples: int | None = None
    people: float | None = None


def macro_f1(truth: np.ndarray, decided: np.ndarray, classes: int) -> float:
    """F1 of each class, averaged."""
    return float(np.mean([f1_of(decided == number, truth == number) for number in range(classes)]))


def labels_of(sessions: list[TrainingSession], head: str) -> tuple[np.ndarray, np.ndarray]:
    """The class of each turn that has one, and which turns those are."""
    targets = np.concatenate([session.targets[head] for session in sessions])
    known = ~np.isnan(targets[:, 0])
    return targets[known].argmax(axis=1), known


def annomi_figures(clean: HeldOut, misheard: HeldOut) -> list[Figure]:
    """Motivational-interviewing labels, by video."""
    figures = []
    for head, task in (("therapist_behaviour", "AnnoMI therapist behaviour"), ("client_talk", "AnnoMI client talk")):
        width = clean.data.annomi[0].targets[head].shape[1]

        def figure(held_out: HeldOut, head: str = head, width: int = width) -> tuple[float, float]:
            def one(sessions: list[TrainingSession]) -> float:
                truth, known = labels_of(sessions, head)
                table = np.concatenate([getattr(held_out.tables[session.id], head) for session in sessions])
                return macro_f1(truth, table[known].argmax(axis=1), width)

            return over_folds(held_out, held_out.data.annomi, one)

        def simple(
            learnt: list[TrainingSession], asked: list[TrainingSession], head: str = head, width: int = width
        ) -> float:
            x, new = baseline.turn_features(learnt, asked)
            truth, known = labels_of(learnt, head)
            asked_truth, asked_known = labels_of(asked, head)
            return macro_f1(asked_truth, baseline.classify(x[known], truth, new[asked_known]), width)

        value, spread = figure(clean)
        figures.append(
            Figure(
                task,
                f"macro-F1, {width} classes",
                value,
                spread,
                degraded=figure(misheard)[0],
                baseline=baseline_over_folds(clean, clean.data.annomi, simple),
                examples=int(labels_of(clean.data.annomi, head)[1].sum()),
                people=PEOPLE[task],
            )
        )
    return figures


def baseline_over_folds(
    held_out: HeldOut,
    sessions: list[TrainingSession],
    figure: Callable[[list[TrainingSession], list[TrainingSession]], float],
) -> float:
    """The baseline's mean over the same folds."""
    values = []
    for fold in held_out.folds:
        learnt = [session for session in sessions if held_out.fold_of(session) != fold]
        values.append(figure(learnt, [session for session in sessions if held_out.fold_of(session) == fold]))
    return float(np.mean(values))


def presence(sessions: list[TrainingSession], codes: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Whether any of the codes was given, for the turns coded at all, and which turns those are."""
    targets = np.concatenate([session.targets["codes"] for session in sessions])[
        :, [CODE_INDEX[code] for code in codes]
    ]
    known = ~np.isnan(targets[:, 0])
    return (targets[known] >= 0.5).any(axis=1), known


def decisions(tables: list[CodeTable], codes: tuple[str, ...]) -> np.ndarray:
    """Whether the coder decides any of the codes, for every turn."""
    columns = [CODE_INDEX[code] for code in codes]
    return np.concatenate([table.decisions[:, columns].any(axis=1) for table in tables])


def group_figures(clean: HeldOut, misheard: HeldOut) -> list[Figure]:
    """Groups of codes on the corpus, by case."""
    tables = [clean.tables[session.id] for session in clean.data.corpus]
    judged = evaluate_tables(clean.data.coded, tables).groups.set_index("name")
    figures = []
    for group in JUDGED_GROUPS:
        row = judged.loc[group.name]

        def one(held_out: HeldOut, codes: tuple[str, ...] = group.codes) -> tuple[float, float]:
            def f1(sessions: list[TrainingSession]) -> float:
                truth, known = presence(sessions, codes)
                return f1_of(decisions([held_out.tables[s.id] for s in sessions], codes)[known], truth)

            return over_folds(held_out, held_out.data.corpus, f1)

        def simple(
            learnt: list[TrainingSession], asked: list[TrainingSession], codes: tuple[str, ...] = group.codes
        ) -> float:
            x, new = baseline.turn_features(learnt, asked)
            (truth, known), (asked_truth, asked_known) = presence(learnt, codes), presence(asked, codes)
            return f1_of(baseline.decide(x[known], truth, new[asked_known]), asked_truth)

        value, spread = one(clean)
        figures.append(
            Figure(
                f"corpus: {group.label}",
                "F1",
                value,
                spread,
                float(row["f1_low"]),
                float(row["f1_high"]),
                degraded=one(misheard)[0],
                baseline=baseline_over_folds(clean, clean.data.corpus, simple),
                examples=int(row["examples"]),
                people=PEOPLE.get(group.label),
            )
        )
    return figures


def code_figures(clean: HeldOut) -> tuple[list[Figure], list[dict[str, object]]]:
    """Macro averages over the single codes, and one row a code for the model card."""
    tables = [clean.tables[session.id] for session in clean.data.corpus]
    evaluation = evaluate_tables(clean.data.coded, tables)
    codes = evaluation.codes
    figures = [
        Figure(f"corpus: all {len(CODES)} codes", name, float(codes[column].mean()), None)
        for name, column in (
            ("macro average precision", "average_precision"),
            ("macro F1", "f1"),
            ("mean calibration error", "calibration_error"),
        )
    ]
    for _, row in evaluation.scales.dropna(subset=["macro_f1"]).iterrows():
        figures.append(
            Figure(
                f"corpus: {row['label']}",
                "macro-F1, 3 levels",
                float(row["macro_f1"]),
                None,
                float(row["macro_f1_low"]),
                float(row["macro_f1_high"]),
            )
        )
    return figures, json.loads(codes.to_json(orient="records"))


def episode_figures(clean: HeldOut) -> list[Figure]:
    """Episodes on the corpus, by case: found when they overlap a marked one by half or more."""
    episodes = [(*reading.ruptures, *reading.repairs, *reading.correctives) for reading in clean.readings]
    tables = [reading.table for reading in clean.readings]
    table = evaluate_tables(clean.data.coded, tables, episodes).episodes
    by_fold = {}
    for fold in clean.folds:
        rows = [index for index, session in enumerate(clean.data.corpus) if clean.fold_of(session) == fold]
        part = evaluate_tables(
            [clean.data.coded[row] for row in rows],
            [tables[row] for row in rows],
            [episodes[row] for row in rows],
            resamples=10,
        )
        by_fold[fold] = part.episodes
    figures = []
    for index, row in table.iterrows():
        values = [float(part.loc[index, "f1"]) for part in by_fold.values()]
        kind = str(row["name"])
        figures.append(
            Figure(
                f"corpus: {kind} episodes",
                "F1 at overlap of a half",
                float(np.mean(values)),
                float(np.std(values, ddof=1)),
                float(row["f1_low"]),
                float(row["f1_high"]),
                examples=sum(e.type == kind for one in clean.data.coded for e in one.episodes),
                people=PEOPLE.get(kind),
            )
        )
    return figures


def attribute_figures(clean: HeldOut) -> list[Figure]:
    """Of the marked episodes that were found, how many attributes are said as the person said them."""
    right: dict[str, list[bool]] = {}
    for reading, coded in zip(clean.readings, clean.data.coded, strict=True):
        found = {"rupture": reading.ruptures, "repair": reading.repairs, "corrective": reading.correctives}
        for marked in coded.episodes:
            for ours in found[marked.type]:
                if same((ours.start, ours.end), (marked.start, marked.end)):
                    for name in ATTRIBUTES[marked.type]:
                        said, told = str(getattr(ours, name)), marked.attributes[name]
                        # Within one session, late and missed are both: not taken up.
                        told = "not_taken_up" if name == "noticed" and told != "in_session" else told
                        right.setdefault(f"{marked.type} episodes found: {name}", []).append(said == told)
    return [
        Figure(name, "share right", float(np.mean(values)), None, examples=len(values))
        for name, values in sorted(right.items())
    ]


def strain_figures(clean: HeldOut) -> list[Figure]:
    """Our codes on real AnnoMI transcripts; a code that either of the two annotators gave counts."""
    sessions = [session for session in clean.data.annomi if not np.isnan(session.targets["codes"]).all()]
    figures = []
    for name in ("strain", "confrontation", "withdrawal", "failure", "repair"):
        truth, known = presence(sessions, GROUPS[name])
        decided = decisions([clean.tables[session.id] for session in sessions], GROUPS[name])[known]
        figures.append(
            Figure(
                f"AnnoMI, {len(sessions)} transcripts: {name}",
                "F1",
                f1_of(decided, truth),
                None,
                examples=int(truth.sum()),
            )
        )
    return figures


def shown(figures: list[Figure]) -> Table:
    """The table as printed."""
    table = Table(title="On sessions whose case or video the coder had not seen", title_justify="left")
    for name in ("task", "measure", "examples", "ours", "95 %", "misheard text", "TF-IDF", "people"):
        table.add_column(name, justify="left" if name in ("task", "measure") else "right")
    for figure in figures:
        spread = "" if figure.spread is None else f" ± {figure.spread:.3f}"
        table.add_row(
            figure.task,
            figure.measure,
            "" if figure.examples is None else str(figure.examples),
            f"{figure.value:.3f}{spread}",
            "" if figure.low is None else f"{figure.low:.2f}-{figure.high:.2f}",
            *("" if value is None else f"{value:.3f}" for value in (figure.degraded, figure.baseline, figure.people)),
        )
    return table


def main() -> None:
    """Print the table; with `--json`, keep it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, default=None, help="where to keep the figures for the model card")
    options = parser.parse_args()
    data = Data.load()
    clean, misheard = HeldOut(data, OutOfFold.load()), HeldOut(data, OutOfFold.load(OUT_OF_FOLD_DEGRADED))
    codes, rows = code_figures(clean)
    figures = [*group_figures(clean, misheard), *episode_figures(clean), *attribute_figures(clean), *codes]
    if data.annomi:
        figures = [*annomi_figures(clean, misheard), *strain_figures(clean), *figures]
    console = Console(width=140)
    console.print(shown(figures))
    console.print(
        f"{len(data.corpus)} authored sessions and {len(data.annomi)} AnnoMI transcripts, {len(clean.folds)} folds by "
        "case and by video, one seed; ± is the standard deviation over folds, 95 % a bootstrap over cases. Misheard: "
        "no punctuation or case, 6 % of words lost, doubled or wrong. People: two careful readers (model readers, not "
        "clinicians) on 18 corpus sessions; AnnoMI's annotators as published."
    )
    if options.json:
        kept = {"figures": [asdict(figure) for figure in figures], "codes": rows, "folds": len(clean.folds)}
        options.json.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
