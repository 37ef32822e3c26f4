"""Every session read by a coder and a finder that had not seen its case: what all figures of accuracy rest on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from attunement.coder.calibration import Calibration
from attunement.coder.table import CodeTable
from attunement.episodes import Finder, SessionReading
from training.calibrate import fit_calibration
from training.data import TrainingSession
from training.sources import FOLD_FINDERS, Data, OutOfFold, stacked_targets


@dataclass(frozen=True)
class HeldOut:
    """Data beside out-of-fold answers. Calibration, thresholds and finder of a fold come from the other folds."""

    data: Data
    out_of_fold: OutOfFold

    @property
    def folds(self) -> list[int]:
        """The numbers of the folds."""
        return sorted(set(self.out_of_fold.fold.values()))

    def fold_of(self, session: TrainingSession) -> int:
        """The fold in which a session was held out."""
        return self.out_of_fold.fold[session.id]

    @cached_property
    def calibrations(self) -> dict[int, Calibration]:
        """For each fold, fitted on the others."""
        fitted = {}
        for fold in self.folds:
            others = [session for session in self.data.sessions if self.fold_of(session) != fold]
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
    def readings(self) -> list[SessionReading]:
        """The whole reading of each corpus session, in their order."""
        kept = json.loads(FOLD_FINDERS.read_text(encoding="utf-8"))
        finders = {int(number): Finder.from_dict(each) for number, each in kept.items()}
        return [
            finders[self.fold_of(session)].find(coded.session, self.tables[session.id])
            for session, coded in zip(self.data.corpus, self.data.coded, strict=True)
        ]


def over_folds(held_out: HeldOut, sessions: list[TrainingSession], figure) -> tuple[float, float]:  # type: ignore[no-untyped-def]
    """Mean and standard deviation over folds of `figure(sessions of the fold)`."""
    values = [figure([s for s in sessions if held_out.fold_of(s) == fold]) for fold in held_out.folds]
    return float(np.mean(values)), float(np.std(values, ddof=1))
