"""`make bench-expected-course`: does the expected course warn of bad outcomes, and earlier than the rules in use?

Judged on made-up clients that no curve was fitted to, and on the data sets of the R packages suddengains and
clinicalsignificance (from the folder that ATTUNEMENT_DATA names), there with
curves fitted to the other nine tenths of the clients. A client is warned of when a rule warns at any session before the
last. Each simple rule stands beside the expected course at the same specificity, its threshold chosen on the very
clients it is judged on. Intervals: 95 %, from drawing clients again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt
from rich.console import Console
from rich.table import Table

from attunement.measures.course import expected_course, not_reliably_better, reliably_worse, worse_than_last_time
from attunement.measures.course.model import Against
from benchmarks.course_data import CourseData, every_set, left_out

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
RESAMPLES = 1000
FEWEST_BAD_OUTCOMES = 5
RATES = (0.05, 0.1, 0.2)
COLUMNS = ("rule", "sensitivity", "specificity", "predictive value", "sessions before the end", "course earlier by")


@dataclass(frozen=True)
class Warned:
    """Of each client: the first session a rule warned at, or the last session where it never did before that."""

    first: Floats
    last: Floats

    @property
    def is_warned(self) -> Flags:
        """Whether the rule warned before the last session."""
        return np.asarray(self.first < self.last)


def first_warnings(warnings: Flags, data: CourseData) -> Warned:
    """From warnings at every session, (clients, sessions)."""
    last = data.last_session
    early = warnings & (np.arange(warnings.shape[1]) < last[:, None])
    first = np.where(early.any(axis=1), early.argmax(axis=1), last)
    return Warned(first.astype(float), last.astype(float))


def deviations(data: CourseData, against: Against) -> Floats:
    """How many standard deviations each score lay above what was expected of it, NaN where nothing was."""
    found = np.full(data.scores.shape, np.nan)
    low, high = (NormalDist().inv_cdf(1 - rate) for rate in (0.2, 0.1))
    for client, scores in enumerate(data.scores):
        reference = data.references[data.fold[client]]
        courses = [expected_course(scores, reference, false_alarm_rate=rate, against=against) for rate in (0.2, 0.1)]
        for place, (lower, upper) in enumerate(zip(*(course.sessions for course in courses), strict=True)):
            if lower.score is not None and lower.limit is not None and upper.limit is not None:
                found[client, place] = low + (lower.score - lower.limit) / (upper.limit - lower.limit) * (high - low)
    return found


def simple_rules(data: CourseData) -> dict[str, Warned]:
    """What the rules in use say of every client."""
    warnings = {
        "clinical, and a point worse": [worse_than_last_time(row, cutoff=data.cutoff) for row in data.scores],
        "reliably worse than at intake": [
            reliably_worse(row, reliable_change=data.reliable_change) for row in data.scores
        ],
        "not reliably better by half-time": [
            not_reliably_better(row, reliable_change=data.reliable_change, from_session=data.half_time)
            for row in data.scores
        ],
    }
    return {name: first_warnings(np.array(rows), data) for name, rows in warnings.items()}


def at_same_specificity(rule: Warned, deviation: Floats, bad: Flags, data: CourseData) -> Warned:
    """The expected course with the lowest threshold that warns of no more good outcomes than `rule` does."""
    early = np.arange(deviation.shape[1]) < data.last_session[:, None]
    largest = np.where(early & ~np.isnan(deviation), deviation, -np.inf).max(axis=1)
    falsely = int(rule.is_warned[~bad].sum())
    good = np.append(np.sort(largest[~bad])[::-1], -np.inf)
    return first_warnings(deviation > good[falsely], data)


def figures(rule: Warned, bad: Flags) -> Iterator[str]:
    """Sensitivity, specificity, predictive value, and sessions left after the first warning (none: 0)."""
    hit = rule.is_warned.astype(float)
    yield _share(hit, bad)
    yield _share(1 - hit, ~bad)
    yield _share(bad.astype(float), rule.is_warned)
    yield _share(rule.last - rule.first, bad, digits=1)


def _share(values: Floats, among: Flags, *, digits: int = 2) -> str:
    """The mean of values among some clients, with its interval; a dash where there are none."""
    if not among.any():
        return "–"
    drawn = np.random.default_rng(0).multinomial(len(values), np.full(len(values), 1 / len(values)), size=RESAMPLES)
    counted = (drawn * among).sum(axis=1)
    means = ((drawn * among) @ values)[counted > 0] / counted[counted > 0]
    low, high = np.percentile(means, [2.5, 97.5])
    return f"{values[among].mean():.{digits}f} [{low:.{digits}f}, {high:.{digits}f}]"


def show(data: CourseData, console: Console) -> None:
    """Both outcomes of one set."""
    by_intake, by_all = deviations(data, "intake"), deviations(data, "sessions before")
    console.print(f"\n[bold]{data.name}[/]: {len(data.scores)} clients, {data.note}")
    for rate in RATES:
        above = by_intake > NormalDist().inv_cdf(1 - rate)
        sessions = above.sum() / (~np.isnan(by_intake)).sum()
        console.print(
            f"at {rate:.0%}: {sessions:.0%} of sessions, {above.any(axis=1).mean():.0%} of clients not on track"
        )
    for outcome, bad in data.outcomes().items():
        if bad.sum() < FEWEST_BAD_OUTCOMES:
            console.print(f"{outcome}: {bad.sum()} of {len(bad)} clients, too few for figures")
            continue
        console.print(_table(data, outcome, bad, by_intake, by_all))


def _table(data: CourseData, outcome: str, bad: Flags, by_intake: Floats, by_all: Floats) -> Table:
    table = Table(title=f"{outcome}: {bad.sum()} of {len(bad)} clients", title_justify="left")
    for column in COLUMNS:
        table.add_column(column)
    for rate in RATES:
        rule = first_warnings(by_intake > NormalDist().inv_cdf(1 - rate), data)
        table.add_row(f"expected course, {rate:.0%}", *figures(rule, bad))
    rule = first_warnings(by_all > NormalDist().inv_cdf(0.9), data)
    table.add_row("the same from sessions before, 10%", *figures(rule, bad), end_section=True)
    for name, rule in simple_rules(data).items():
        course = at_same_specificity(rule, by_intake, bad, data)
        table.add_row(name, *figures(rule, bad))
        earlier = _share(rule.first - course.first, bad, digits=1)
        table.add_row("  expected course beside it", *figures(course, bad), earlier, end_section=True)
    return table


def main() -> None:
    """Print one table a set and outcome, and what was left out."""
    console = Console(width=150)
    for data in every_set():
        show(data, console)
    for reason in left_out():
        console.print(f"\nLeft out: {reason}")


if __name__ == "__main__":
    main()
