"""`python -m training.dyad.repair_training`: how much training in repair can do, from none to the most."""

from __future__ import annotations

import numpy as np

from attunement.dyad.check import arms
from attunement.dyad.courses import Courses
from attunement.dyad.facts.trials import training
from attunement.dyad.parameters import DEFAULT
from attunement.dyad.words import number

DYADS = 20_000
LOG_ODDS = (0.0, 0.25, 0.5, 1.0, 1.5, 2.0)


def main() -> None:
    """A line a strength of training; all other parameters stay."""
    print("log-odds  noticed and repaired  ruptures a client  leave early  outcome, r")
    for log_odds in LOG_ODDS:
        found = arms(DYADS, parameters=DEFAULT._replace(training_repair=log_odds))
        shown = found.training
        told = (repaired(shown), ruptures(shown).mean(), shown.dropped_out.mean(), training(found) or 0.0)
        print(f"{log_odds:8.2f}  {'  '.join(number(float(value)).rjust(10) for value in told)}", flush=True)


def ruptures(courses: Courses) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Of each client."""
    counts = courses.counts
    return (counts.withdrawals.astype(int) + counts.confrontations).sum(0)  # type: ignore[no-any-return]


def repaired(courses: Courses) -> float:
    """Share of all ruptures."""
    return float(courses.counts.repaired.sum(dtype=int) / ruptures(courses).sum())


if __name__ == "__main__":
    main()
