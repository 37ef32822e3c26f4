"""How well each thing is read in each group of people of the corpus, beside everybody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attunement.evaluation.bootstrap import Bootstrap, interval
from attunement.evaluation.episodes import pairs, spans
from attunement.evaluation.groups import GROUPS
from benchmarks.clients import SPLITS, Client, clients
from benchmarks.figures.corpus import episodes_of
from benchmarks.figures.figure import numbered
from benchmarks.figures.reliability import JUDGED
from benchmarks.figures.sums import Sums, area, difference, f1_of_sums
from benchmarks.figures.turns import decisions, presence
from benchmarks.held_out import HeldOut, Runs

FEWEST_EXAMPLES, FEWEST_CASES = 20, 10
RUPTURES = "rupture episodes"


@dataclass(frozen=True)
class Served:
    """How one thing is read in one group of people; None where there are too few of them.

    `rate` is the share of turns that have it there, `rate_elsewhere` that among everybody else (None for episodes).
    `value` is F1, `low` and `high` its 95 % interval; `difference` is the value less that of everybody else, with its
    interval; `ranking` the difference in how often a turn with it is given the higher chance (AUC).
    """

    split: str
    people: str
    thing: str
    cases: int
    examples: int
    rate: float | None = None
    rate_elsewhere: float | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    difference: float | None = None
    difference_low: float | None = None
    difference_high: float | None = None
    ranking: float | None = None
    ranking_low: float | None = None
    ranking_high: float | None = None

    @property
    def is_worse(self) -> bool:
        """Whether the whole interval of the difference lies below zero."""
        return self.difference_high is not None and self.difference_high < 0

    @property
    def is_ranked_worse(self) -> bool:
        """Whether it is, in ranking too."""
        return self.ranking_high is not None and self.ranking_high < 0


@dataclass(frozen=True)
class Thing:
    """One thing read: for each session twice the agreements and the marks of both (2,), and the examples.

    `truth` and `chance` hold the turns of each session, empty for episodes.
    """

    name: str
    sums: Sums
    examples: npt.NDArray[np.int64]
    truth: list[npt.NDArray[np.bool_]]
    chance: list[Sums]


def things(runs: Runs) -> list[Thing]:
    """Groups of codes and ruptures; seeds are added up."""
    labels = [group for group in GROUPS if group.label in JUDGED]
    return [
        *(_of_codes(runs, group.label, group.codes) for group in labels),
        _of_ruptures(runs),
    ]


def _of_codes(runs: Runs, label: str, codes: Sequence[str]) -> Thing:
    rows = [[_session_counts(run, label, codes, place) for place in range(len(run.data.corpus))] for run in runs.clean]
    first = rows[0]
    return Thing(
        label,
        np.sum([[row[0] for row in of_run] for of_run in rows], axis=0),
        np.array([row[1].sum() for row in first]),
        [row[1] for row in first],
        [np.mean([of_run[place][2] for of_run in rows], axis=0) for place in range(len(first))],
    )


def _session_counts(
    run: HeldOut, label: str, codes: Sequence[str], place: int
) -> tuple[Sums, npt.NDArray[np.bool_], Sums]:
    session, table = run.data.corpus[place], run.corpus_tables[place]
    truth, known = presence([session], codes)
    decided = decisions([table], codes)[known]
    name = JUDGED[label]
    chance = table.column(name) if name in table.codes else table.group(name)
    return np.array([2.0 * (truth & decided).sum(), truth.sum() + decided.sum()]), truth, chance[known].astype(float)


def _of_ruptures(runs: Runs) -> Thing:
    sums = np.zeros((len(runs.data.corpus), 2))
    for run in runs.clean:
        for place, (coded, found) in enumerate(zip(run.data.coded, episodes_of(run), strict=True)):
            here, there = spans(coded.episodes, "rupture"), spans(found, "rupture")
            sums[place] += 2 * len(pairs(here, there)), len(here) + len(there)
    examples = np.array([len(spans(coded.episodes, "rupture")) for coded in runs.data.coded])
    return Thing(RUPTURES, sums, examples, [], [])


def served(runs: Runs) -> list[Served]:
    """Everything, by split, people and thing."""
    who = clients()
    sessions = [who[session.id] for session in runs.data.corpus]
    cases = [session.group for session in runs.data.corpus]
    read = things(runs)
    return [
        row
        for split in SPLITS
        for people in sorted({getattr(each, split) for each in sessions})
        for row in _of_people(split, people, sessions, cases, read)
    ]


def _of_people(
    split: str, people: str, sessions: Sequence[Client], cases: Sequence[str], read: Sequence[Thing]
) -> list[Served]:
    inside = np.array([getattr(each, split) == people for each in sessions])
    count = len({case for case, member in zip(cases, inside, strict=True) if member})
    rows = []
    for thing in read:
        examples = int(thing.examples[inside].sum())
        row = Served(split, people, thing.name, count, examples)
        enough = examples >= FEWEST_EXAMPLES and count >= FEWEST_CASES
        rows.append(_compared(row, thing, inside, numbered(cases)) if enough else row)
    return rows


def _compared(row: Served, thing: Thing, inside: npt.NDArray[np.bool_], case: npt.NDArray[np.int64]) -> Served:
    bootstrap = Bootstrap.over(int(case.max()) + 1)
    here, there = (_members(thing.sums, case, members) for members in (inside, ~inside))
    value = float(f1_of_sums(here.sum(0)))
    own = (value, *interval(value, f1_of_sums(bootstrap.totals(here))))
    figures = (*own, *difference(here, there, bootstrap))
    ranking = _ranking(thing, inside, case, bootstrap) if thing.truth else (None, None, None)
    rates = [_rate(thing, members) for members in (inside, ~inside)]
    return Served(row.split, row.people, row.thing, row.cases, row.examples, *rates, *figures, *ranking)


def _rate(thing: Thing, members: npt.NDArray[np.bool_]) -> float | None:
    turns = sum(len(thing.truth[place]) for place in np.flatnonzero(members)) if thing.truth else 0
    return float(thing.examples[members].sum() / turns) if turns else None


def _members(sums: Sums, case: npt.NDArray[np.int64], members: npt.NDArray[np.bool_]) -> Sums:
    return np.stack([np.bincount(case, column * members) for column in sums.T], axis=1)


def _ranking(
    thing: Thing, inside: npt.NDArray[np.bool_], case: npt.NDArray[np.int64], bootstrap: Bootstrap
) -> tuple[float, float, float]:
    areas = []
    for members in (inside, ~inside):
        places = np.flatnonzero(members)
        truth = np.concatenate([thing.truth[place] for place in places])
        chance = np.concatenate([thing.chance[place] for place in places])
        turn_case = np.repeat(case[places], [len(thing.truth[place]) for place in places])
        weights = np.vstack([np.ones(len(truth)), bootstrap.turn_weights(turn_case)])
        areas.append(area(truth, chance, weights))
    difference = areas[0] - areas[1]
    return (float(difference[0]), *interval(float(difference[0]), difference[1:]))
