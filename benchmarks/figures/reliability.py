"""Whether probabilities of groups of codes mean what they say, and what is gained and lost at each threshold.

On held-out answers: calibration and threshold of a fold come from the other folds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from attunement.coder.decisions import GROUPS
from attunement.coder.model import shipped_coder
from attunement.evaluation.bootstrap import Bootstrap, interval
from attunement.evaluation.metrics import calibration_error, calibration_sums
from benchmarks.figures.figure import numbered
from benchmarks.figures.turns import Booleans, decisions, presence
from benchmarks.held_out import HeldOut, Runs
from training.data import TrainingSession

Floats = npt.NDArray[np.float64]
AIM = 0.04
CUTS = (0.2, 0.3, 0.5, 0.7)
# What is said of a group, and where its probability comes from: its own, or that of its only code.
JUDGED = {
    "any strain": "strain",
    "withdrawal": "withdrawal",
    "confrontation": "confrontation",
    "repair moves": "repair",
    "misattuned or hostile": "failure",
    "felt met": "felt_met",
}


@dataclass(frozen=True)
class Reliability:
    """One group on some sessions. `bins` hold turns, mean probability and share found, `cuts` threshold, right, found.

    `error` is the mean distance of promised and found share over ten bins of equally many turns, `low` and `high` its
    95 % interval over cases; `expected` and `rate` are the mean probability and the share of turns marked.
    `threshold`, `right`, `found`: from which probability the shipped coder gives the group, and the precision and
    recall that this way of deciding has on held-out sessions.
    """

    label: str
    where: str
    turns: int
    error: float
    low: float
    high: float
    expected: float
    rate: float
    bins: list[tuple[int, float, float]]
    cuts: list[tuple[float, float | None, float]]
    threshold: float
    right: float
    found: float


def reliabilities(runs: Runs) -> list[Reliability]:
    """Each group on the corpus, on its whole sessions with natural base rates, and on AnnoMI's coded transcripts."""
    places = [("corpus", runs.data.corpus), ("whole sessions", [s for s in runs.data.corpus if is_whole(s.id)])]
    transcripts = [session for session in runs.data.annomi if not np.isnan(session.targets["codes"]).all()]
    places += [("AnnoMI transcripts", transcripts)] if transcripts else []
    return [of_group(runs, label, where, sessions) for where, sessions in places for label in JUDGED]


def is_whole(session: str) -> bool:
    """Whether a corpus session is whole, and its base rates natural by intent."""
    return not session.startswith(("frag-", "pair-", "solo-"))


def of_group(runs: Runs, label: str, where: str, sessions: Sequence[TrainingSession]) -> Reliability:
    """All seeds one after the other."""
    name = JUDGED[label]
    codes = GROUPS.get(name, (name,))
    truth, known = presence(sessions, codes)
    cases = np.repeat([session.group for session in sessions], [len(session) for session in sessions])[known]
    seeds = len(runs.clean)
    truth, cases = np.tile(truth, seeds), np.tile(cases, seeds)
    chance = np.concatenate([_chances(run, name, sessions)[known] for run in runs.clean])
    decided = np.concatenate([decisions([run.tables[s.id] for s in sessions], codes)[known] for run in runs.clean])
    error, low, high, bins = _calibration(truth, chance, [str(case) for case in cases])
    right, found = right_and_found(truth, decided)
    shipped = shipped_coder().calibration
    return Reliability(
        label,
        where,
        len(truth) // seeds,
        error,
        low,
        high,
        float(chance.mean()),
        float(truth.mean()),
        bins,
        [(cut, *right_and_found(truth, chance >= cut)) for cut in CUTS],
        shipped.gates.get(name, shipped.thresholds.get(name, 0.0)),
        right or 0.0,
        found,
    )


def _chances(run: HeldOut, name: str, sessions: Sequence[TrainingSession]) -> Floats:
    tables = [run.tables[session.id] for session in sessions]
    column: Callable[[Any], Any] = (lambda t: t.group(name)) if name in GROUPS else (lambda t: t.column(name))
    return np.concatenate([column(table) for table in tables]).astype(np.float64)


def _calibration(truth: Booleans, chance: Floats, cases: list[str]) -> tuple[float, float, float, list[Any]]:
    case = numbered(cases)
    bootstrap = Bootstrap.over(int(case.max()) + 1)
    sums = calibration_sums(truth, chance, case, bootstrap.cases)
    error = float(calibration_error(sums.sum(0)))
    low, high = interval(error, calibration_error(bootstrap.totals(sums)))
    bins = [
        (int(turns), float(promised / turns), float(marked / turns)) for turns, marked, promised in sums.sum(0) if turns
    ]
    return error, low, high, bins


def right_and_found(truth: Booleans, decided: Booleans) -> tuple[float | None, float]:
    """Precision, None when nothing is decided, and recall."""
    both = float((truth & decided).sum())
    return both / decided.sum() if decided.any() else None, both / max(int(truth.sum()), 1)
