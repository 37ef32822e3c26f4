"""`make bench-counts`: how far counts of a session are off, plain and corrected, on cases that the coder had not met.

Authored sessions from 15 turns on. What corrects a session's count is learnt from the other folds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from rich.console import Console
from rich.table import Table

from attunement.codebook import CODES
from attunement.coder.counts import COUNTED, Rates, Seen, put_right
from attunement.coder.decisions import GROUPS
from attunement.coder.table import CodeTable
from benchmarks.held_out import HeldOut
from training.data import TrainingSession
from training.rates import Known, fit_rates, known, long_enough


@dataclass(frozen=True)
class ErrorRates:
    """Of turns: the share decided and the mean probability, where the group is and where it is not."""

    hits: float
    false_alarms: float
    mean_there: float
    mean_elsewhere: float


@dataclass(frozen=True)
class Tried:
    """One session's counts of one group by every way of counting."""

    true: int
    ways: dict[str, float]
    holds: bool
    width: int


def error_rates(sessions: list[TrainingSession], tables: list[CodeTable], group: str) -> ErrorRates:
    """Over all turns of the group's speaker."""
    there, chances, decided = [], [], []
    for session, table in zip(sessions, tables, strict=True):
        p = table.group(group) if group in GROUPS else table.column(group)
        applies = np.isfinite(p)
        there.append(marked(session, group)[applies])
        chances.append(p[applies])
        decided.append(table.decisions[:, [table.codes.index(code) for code in COUNTED[group]]].any(axis=1)[applies])
    yes, p, d = np.concatenate(there), np.concatenate(chances), np.concatenate(decided)
    return ErrorRates(d[yes].mean(), d[~yes].mean(), p[yes].mean(), p[~yes].mean())


def marked(session: TrainingSession, group: str) -> np.ndarray:
    """Which turns careful readers gave the group."""
    if group in GROUPS:
        return session.targets["groups"][:, list(GROUPS).index(group)] >= 0.5
    return session.targets["codes"][:, list(CODES).index(group)] >= 0.5


def ways_of(found: Seen, errors: ErrorRates, rates: Rates) -> dict[str, float]:
    """The count by each way."""
    adjusted = (found.decided - errors.false_alarms * found.turns) / (errors.hits - errors.false_alarms)
    by_chance = (found.expected - errors.mean_elsewhere * found.turns) / (errors.mean_there - errors.mean_elsewhere)
    return {
        "decided": found.decided,
        "sum of chances": found.expected,
        "adjusted count": float(np.clip(adjusted, 0, found.turns)),
        "adjusted sum": float(np.clip(by_chance, 0, found.turns)),
        "corrected": put_right(found, rates).estimate,
    }


def tried(held_out: HeldOut, group: str) -> Iterator[Tried]:
    """Every session, with what is learnt from the other folds."""
    sessions = long_enough(held_out.data.corpus)
    for fold in held_out.folds:
        learnt, asked = held_out.apart(sessions, fold)
        tables = [held_out.tables[session.id] for session in learnt]
        errors = error_rates(learnt, tables, group)
        rates = fit_rates([known(session, table, group) for session, table in zip(learnt, tables, strict=True)])
        for session in asked:
            case: Known = known(session, held_out.tables[session.id], group)
            count = put_right(case.seen, rates)
            holds = count.low <= case.true <= count.high
            yield Tried(case.true, ways_of(case.seen, errors, rates), holds, count.high - count.low)


def main() -> None:
    """Print the table."""
    held_out = HeldOut.load()
    by_group = {group: list(tried(held_out, group)) for group in COUNTED}
    ways = list(by_group["strain"][0].ways)
    sessions = len(by_group["strain"])
    table = Table(title=f"Mean error of the count in a session, in turns ({sessions} sessions)", title_justify="left")
    for name in ("group", "there are", *ways, "95 % intervals hold", "their width"):
        table.add_column(name, justify="left" if name == "group" else "right")
    for group, found in by_group.items():
        errors = [np.mean([abs(each.ways[way] - each.true) for each in found]) for way in ways]
        table.add_row(
            group,
            f"{np.mean([each.true for each in found]):.1f}",
            *(f"{error:.2f}" for error in errors),
            f"{np.mean([each.holds for each in found]):.0%}",
            f"{np.mean([each.width for each in found]):.1f}",
        )
    Console(width=130).print(table)


if __name__ == "__main__":
    main()
