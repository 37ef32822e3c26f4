"""The authored corpus: groups of codes, single codes, levels and episodes, by case."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from attunement.codebook import CODES
from attunement.coder.model import shipped_coder
from attunement.episodes.limits import FEWEST_TURNS
from attunement.evaluation import Evaluation, evaluate_tables
from attunement.evaluation.coded import EPISODE_TYPES
from attunement.evaluation.episodes import AnyEpisode, pairs, spans
from attunement.evaluation.groups import GROUPS, CodeGroup
from benchmarks.baseline import Baseline
from benchmarks.figures import people
from benchmarks.figures.figure import Figure
from benchmarks.figures.turns import decisions, presence
from benchmarks.held_out import HeldOut, Runs
from training.calibrate import f1_of
from training.data import TrainingSession

Row = dict[str, Any]
ALL_CODES = f"corpus: all {len(CODES)} codes"
MEANS = (
    ("macro average precision", "average_precision"),
    ("macro F1", "f1"),
    ("mean calibration error", "calibration_error"),
)


@dataclass(frozen=True)
class OnCorpus:
    """All figures on the corpus. Intervals and the rows of single codes are over the answers of all seeds together."""

    runs: Runs

    @cached_property
    def evaluation(self) -> Evaluation:
        """Every seed's answers beside the codes; a case is the same case in each of them."""
        runs = self.runs.clean
        return evaluate_tables(
            self.runs.data.coded * len(runs),
            [table for run in runs for table in run.corpus_tables],
            [found for run in runs for found in episodes_of(run)],
        )

    @cached_property
    def people(self) -> dict[str, float]:
        """What two readers reach."""
        return people.on_corpus(self.runs.data.coded)

    def group_figures(self) -> list[Figure]:
        """Groups of codes."""
        rows = self.evaluation.groups.set_index("name")
        words = Baseline(self.runs.clean[0], self.runs.data.corpus, self.runs.data.corpus)
        return [self._group(group, rows.loc[group.name], words) for group in GROUPS]

    def _group(self, group: CodeGroup, row: Any, words: Baseline) -> Figure:
        def f1(held_out: HeldOut, sessions: list[TrainingSession]) -> float:
            truth, known = presence(sessions, group.codes)
            return f1_of(decisions([held_out.tables[s.id] for s in sessions], group.codes)[known], truth)

        return Figure(
            f"corpus: {group.label}",
            "F1",
            *self.runs.over_folds(self.runs.data.corpus, f1),
            float(row["f1_low"]),
            float(row["f1_high"]),
            degraded=self.runs.misheard_mean(self.runs.data.corpus, f1),
            baseline=words.mean(f"corpus: {group.label}", lambda fold: fold.f1(group.codes)),
            examples=self._once(row["examples"]),
            people=self.people.get(group.label),
        )

    def mean_figures(self) -> list[Figure]:
        """Means over the single codes."""
        codes = self.evaluation.codes
        readers = {"macro F1": self.people["all codes"]}
        return [
            Figure(ALL_CODES, name, float(codes[column].mean()), people=readers.get(name)) for name, column in MEANS
        ]

    def level_figures(self) -> list[Figure]:
        """Experiencing, and the mechanisms of empathy."""
        return [
            Figure(
                f"corpus: {row['label']}",
                "macro-F1, 3 levels",
                float(row["macro_f1"]),
                None,
                float(row["macro_f1_low"]),
                float(row["macro_f1_high"]),
            )
            for _, row in self.evaluation.scales.dropna(subset=["macro_f1"]).iterrows()
        ]

    def code_rows(self) -> list[Row]:
        """One row a code for the model card, with the threshold of the coder that ships."""
        thresholds = shipped_coder().calibration.thresholds
        rows: list[Row] = json.loads(self.evaluation.codes.to_json(orient="records"))
        for row in rows:
            row.update({count: self._once(row[count]) for count in ("turns", "examples", "marked")})
            row["threshold"] = thresholds[row["name"]]
        return rows

    def episode_figures(self) -> list[Figure]:
        """Episodes: found when they overlap a marked one by half or more."""
        rows = self.evaluation.episodes.set_index("name")
        marked = {
            kind: sum(e.type == kind for one in self.runs.data.coded for e in one.episodes) for kind in rows.index
        }
        return [
            Figure(
                f"corpus: {kind} episodes",
                "F1 at overlap of a half",
                *self.runs.over_folds(self.runs.data.corpus, episode_f1(kind)),
                float(rows.loc[kind, "f1_low"]),
                float(rows.loc[kind, "f1_high"]),
                examples=marked[kind],
                people=self.people.get(kind),
            )
            for kind in EPISODE_TYPES
        ]

    def told_episode_figures(self) -> list[Figure]:
        """The same where the program says anything of episodes: in sessions of enough turns."""
        long = [session for session in self.runs.data.corpus if len(session) >= FEWEST_TURNS]
        names = {session.id for session in long}
        marked = [e.type for one in self.runs.data.coded if one.session.id in names for e in one.episodes]
        return [
            Figure(
                f"corpus: {kind} episodes, sessions of {FEWEST_TURNS} turns and more",
                "F1 at overlap of a half",
                *self.runs.over_folds(long, episode_f1(kind)),
                examples=marked.count(kind),
            )
            for kind in EPISODE_TYPES
        ]

    def _once(self, count: float) -> int:
        """A count over all seeds as that of one, on average."""
        return round(count / len(self.runs.clean))


def episodes_of(run: HeldOut) -> list[tuple[AnyEpisode, ...]]:
    """Everything found in each corpus session."""
    return [(*reading.ruptures, *reading.repairs, *reading.correctives) for reading in run.readings]


def episode_f1(kind: str) -> Callable[[HeldOut, list[TrainingSession]], float]:
    """F1 of one type of episode over some sessions."""

    def f1(run: HeldOut, sessions: list[TrainingSession]) -> float:
        asked = {session.id for session in sessions}
        counts = np.zeros(3)
        for coded, found in zip(run.data.coded, episodes_of(run), strict=True):
            if coded.session.id in asked:
                here, there = spans(coded.episodes, kind), spans(found, kind)
                counts += len(pairs(here, there)), len(here), len(there)
        return float(2 * counts[0] / (counts[1] + counts[2])) if counts[1:].sum() else 0.0

    return f1
