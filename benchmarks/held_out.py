"""Every session read by a coder and a finder that had not seen its case: what all figures of accuracy rest on.

The answers of one seed lie in `out-of-fold.npz`, with their misheard twin in `out-of-fold-degraded.npz` and a finder a
fold in `finders-by-fold.json`. Further seeds lie beside them under the same names with `-seed-N` at the end. How many
folds and seeds there are is read from these files.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from attunement.coder.calibration import Calibration
from attunement.coder.table import CodeTable
from attunement.episodes import Finder, SessionReading
from benchmarks.figures.figure import mean_and_spread
from training.calibrate import fit_calibration
from training.data import TrainingSession
from training.sources import FOLD_FINDERS, OUT_OF_FOLD, OUT_OF_FOLD_DEGRADED, Data, OutOfFold, stacked_targets

OfSessions = Callable[["HeldOut", list[TrainingSession]], float]


@dataclass(frozen=True)
class HeldOut:
    """Data beside the out-of-fold answers of one seed.

    Calibration, thresholds and finder of a fold come from the other folds.
    """

    data: Data
    out_of_fold: OutOfFold
    finders: Path = FOLD_FINDERS

    @classmethod
    def load(cls) -> HeldOut:
        """The first seed's answers, and what was asked."""
        answers = OutOfFold.load()
        return cls(Data.load().answered_in(answers), answers)

    @property
    def folds(self) -> list[int]:
        """The numbers of the folds."""
        return sorted(set(self.out_of_fold.fold.values()))

    def fold_of(self, session: TrainingSession) -> int:
        """The fold in which a session was held out."""
        return self.out_of_fold.fold[session.id]

    def apart(
        self, sessions: Sequence[TrainingSession], fold: int
    ) -> tuple[list[TrainingSession], list[TrainingSession]]:
        """Those to learn from when this fold is asked, and those asked."""
        learnt = [session for session in sessions if self.fold_of(session) != fold]
        return learnt, [session for session in sessions if self.fold_of(session) == fold]

    @cached_property
    def calibrations(self) -> dict[int, Calibration]:
        """For each fold, fitted on the others."""
        fitted = {}
        for fold in self.folds:
            others, _ = self.apart(self.data.sessions, fold)
            fitted[fold] = fit_calibration(self.out_of_fold.heads(others), stacked_targets(others))
        return fitted

    @cached_property
    def tables(self) -> dict[str, CodeTable]:
        """The code table of each session, by id."""
        return {
            session.id: self.out_of_fold.table(session, self.calibrations[self.fold_of(session)])
            for session in self.data.sessions
        }

    @cached_property
    def corpus_tables(self) -> list[CodeTable]:
        """The tables of the corpus sessions, in their order."""
        return [self.tables[session.id] for session in self.data.corpus]

    @cached_property
    def readings(self) -> list[SessionReading]:
        """The whole reading of each corpus session, in their order."""
        kept = json.loads(self.finders.read_text(encoding="utf-8"))
        finders = {int(number): Finder.from_dict(each) for number, each in kept.items()}
        return [
            finders[self.fold_of(session)].find(coded.session, self.tables[session.id])
            for session, coded in zip(self.data.corpus, self.data.coded, strict=True)
        ]


@dataclass(frozen=True)
class Runs:
    """The held-out answers of every seed over the same data, as written (`clean`) and as misheard."""

    clean: list[HeldOut]
    misheard: list[HeldOut]

    @classmethod
    def load(cls, data: Data | None = None, folder: Path = OUT_OF_FOLD.parent) -> Runs:
        """All seeds whose answers lie in the folder, the first one first."""
        data = data or Data.load()
        endings = sorted(path.stem.removeprefix(OUT_OF_FOLD.stem) for path in folder.glob(f"{OUT_OF_FOLD.stem}*.npz"))
        return cls(
            *(
                [_held_out(data, folder, stem, ending) for ending in endings if _is_of(stem, ending, folder)]
                for stem in (OUT_OF_FOLD.stem, OUT_OF_FOLD_DEGRADED.stem)
            )
        )

    @property
    def data(self) -> Data:
        """What was asked."""
        return self.clean[0].data

    @property
    def folds(self) -> list[int]:
        """The numbers of the folds."""
        return self.clean[0].folds

    @property
    def seeds(self) -> list[int]:
        """The seed of each run, as its recipe has it."""
        return [int(str(run.out_of_fold.recipe.get("seed", 1))) for run in self.clean]

    def values(self, sessions: Sequence[TrainingSession], figure: OfSessions) -> list[float]:
        """`figure(run, its sessions of a fold)` for every run and fold."""
        return values(self.clean, sessions, figure)

    def over_folds(self, sessions: Sequence[TrainingSession], figure: OfSessions) -> tuple[float, float | None]:
        """Mean and standard deviation of the values."""
        return mean_and_spread(self.values(sessions, figure))

    def misheard_mean(self, sessions: Sequence[TrainingSession], figure: OfSessions) -> float | None:
        """The mean on misheard text; None where no such answers were kept."""
        return mean_and_spread(values(self.misheard, sessions, figure))[0] if self.misheard else None


def values(runs: Sequence[HeldOut], sessions: Sequence[TrainingSession], figure: OfSessions) -> list[float]:
    """A value for every run and fold."""
    return [figure(run, run.apart(sessions, fold)[1]) for run in runs for fold in run.folds]


def _is_of(stem: str, ending: str, folder: Path) -> bool:
    return not ending.startswith("-degraded") and (folder / f"{stem}{ending}.npz").exists()


def _held_out(data: Data, folder: Path, stem: str, ending: str) -> HeldOut:
    answers = OutOfFold.load(folder / f"{stem}{ending}.npz")
    return HeldOut(data.answered_in(answers), answers, folder / f"{FOLD_FINDERS.stem}{ending}.json")
