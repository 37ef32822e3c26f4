"""Learn how to put counts of codes right: `python -m training.rates`, after the out-of-fold answers are there.

Writes `rates.json` beside the calibration: for each group the weights of its corrected count and the ends of the
interval, from sessions that neither network nor word model had seen.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from attunement.codebook import CODES
from attunement.coder import shipped_coder
from attunement.coder.counts import COUNTED, RATES, Rates, Seen, seen
from attunement.coder.decisions import GROUPS
from attunement.coder.table import CodeTable
from attunement.episodes.limits import FEWEST_TURNS
from training.data import TrainingSession
from training.sources import Data, OutOfFold

INTERVAL = (0.025, 0.975)


@dataclass(frozen=True)
class Known:
    """What the coder saw of a group in a session, and how many turns careful readers marked."""

    seen: Seen
    true: int


def known(session: TrainingSession, table: CodeTable, group: str) -> Known:
    """From a session of the corpus and its table."""
    if group in GROUPS:
        target = session.targets["groups"][:, list(GROUPS).index(group)]
    else:
        target = session.targets["codes"][:, list(CODES).index(group)]
    return Known(seen(table, group), int((target >= 0.5).sum()))


def long_enough(sessions: Sequence[TrainingSession]) -> list[TrainingSession]:
    """Those of which a reading says something as a whole."""
    return [session for session in sessions if len(session) >= FEWEST_TURNS]


def fit_rates(cases: Sequence[Known]) -> Rates:
    """Least squares, each session counting by the inverse of its variance; then the ends of what is left over."""
    terms = np.array([(case.seen.expected, case.seen.decided, case.seen.turns) for case in cases], dtype=float)
    true, spread = np.array([case.true for case in cases]), np.array([case.seen.spread for case in cases])
    weights = np.linalg.lstsq(terms / spread[:, None], true / spread, rcond=None)[0]
    estimate = np.clip(terms @ weights, 0, terms[:, 2])
    low, high = np.quantile((true - estimate) / spread, INTERVAL)
    return Rates(tuple(float(weight) for weight in weights), float(low), float(high))  # type: ignore[arg-type]


def main() -> None:
    """Fit on all authored sessions that are long enough, write the file."""
    out_of_fold = OutOfFold.load()
    data = Data.load().answered_in(out_of_fold)
    calibration = shipped_coder().calibration
    sessions = long_enough(data.corpus)
    tables = [out_of_fold.table(session, calibration) for session in sessions]
    content = {}
    for group in COUNTED:
        rates = fit_rates([known(session, table, group) for session, table in zip(sessions, tables, strict=True)])
        content[group] = {
            "weights": [round(weight, 4) for weight in rates.weights],
            "interval": [round(rates.low, 3), round(rates.high, 3)],
        }
    RATES.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    print(f"{len(sessions)} sessions; rates of {len(content)} groups written to {RATES.name}")


if __name__ == "__main__":
    main()
