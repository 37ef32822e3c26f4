"""The same on authored cases: the inferred expectation beside the belief as written, and the next rating.

The readings are by a coder and finder that had not met the case. Clients in these cases were written, not treated.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from attunement.case.inferred import observed_of
from attunement.dyad.inference import why_not
from attunement.dyad.inference.fit import warning
from attunement.dyad.inference.inferred import Bands
from attunement.dyad.inference.observed import Observed
from benchmarks.case_figures.figure import Figure, over_cases, rank_correlation, rounded
from benchmarks.dyad_figures.baselines import Baselines, Course
from benchmarks.dyad_figures.clients import TO_FIT, clients
from benchmarks.dyad_figures.prediction import Scores, course_of, next_scores
from benchmarks.dyad_figures.recovery import in_parallel, paths_of
from benchmarks.held_out_cases import HeldOutCase

Parts = list[list[tuple[float, float]]]
FOLDS = 5
ELSEWHERE = 200  # simulated clients


@dataclass(frozen=True)
class Inferred:
    """One authored case: expectation before the first session and after each."""

    case: HeldOutCase
    expectation: list[float]
    scores: Scores
    is_warned: bool


def corpus_figures(cases: list[HeldOutCase]) -> tuple[list[Figure], list[Inferred]]:
    """Rank correlations with the written belief, from everything, from ratings alone, from readings alone."""
    usable = [case for case in cases if why_not(observed_of(case.case)) is None]
    everything = in_parallel(lambda pair: _inferred(pair[0], pair[1]), zip(usable, _rules(usable), strict=True))
    ratings = in_parallel(lambda case: _inferred(case, None, coded=()), usable)
    readings = in_parallel(lambda case: _inferred(case, None, ratings=()), usable)
    figures = [*_belief("", everything), *_belief(", ratings alone", ratings), *_belief(", readings alone", readings)]
    return figures, everything


def _inferred(case: HeldOutCase, rules: Baselines | None, **without: tuple[()]) -> Inferred:
    observed: Observed = replace(observed_of(case.case), **without)  # type: ignore[arg-type]
    found = paths_of(observed)
    expectation = Bands.of(found.state.expectation[: observed.sessions]).mean
    first = float(found.start.expectation.mean())
    scores = {} if rules is None else next_scores(observed, found, rules, "rating", first=2)
    return Inferred(case, [first, *map(float, expectation)], scores, warning(observed, found) is not None)


def _rules(cases: list[HeldOutCase]) -> list[Baselines]:
    """For each case, the rules fitted to the other four fifths of the cases, and one fitted to simulated clients."""
    courses = [course_of(observed_of(case.case), "rating") for case in cases]
    simulated = [course_of(client.observed, "rating") for client in clients(ELSEWHERE, seed=TO_FIT)]
    elsewhere = Baselines.fitted([course for course in simulated if len(course) > 1], better="higher").growth
    own = (Baselines.fitted(_others(courses, fold), better="higher") for fold in range(FOLDS))
    fitted = [replace(rules, elsewhere=elsewhere) for rules in own]
    return [fitted[place % FOLDS] for place in range(len(cases))]


def _others(courses: list[Course], fold: int) -> list[Course]:
    return [course for place, course in enumerate(courses) if place % FOLDS != fold and len(course) > 1]


def _belief(source: str, cases: list[Inferred]) -> list[Figure]:
    level = [_levels(each) for each in cases]
    place = [[(belief, -float(session)) for belief, session in _placed(each)] for each in cases]
    moved = [_moves(each) for each in cases]
    moved_place = [
        [(change, float(session)) for (change, _), (_, session) in zip(_moves(each), _placed(each), strict=True)]
        for each in cases
    ]
    by_number = "number of the session"
    return [
        _figure(f"belief after a session{source}", level, by_number, place),
        _figure(f"the same within the case{source}", _centred(level), by_number, _centred(place)),
        _figure(f"belief before → after{source}", moved, by_number, moved_place),
        _figure(f"that within the case{source}", _centred(moved), by_number, _centred(moved_place)),
    ]


def _levels(each: Inferred) -> list[tuple[float, float]]:
    return [(after, each.expectation[session]) for session, (_, after) in each.case.belief.items()]


def _moves(each: Inferred) -> list[tuple[float, float]]:
    """How far the belief as written, and the expectation as inferred, loosened in each session."""
    b = each.expectation
    return [(before - after, b[number - 1] - b[number]) for number, (before, after) in each.case.belief.items()]


def _placed(each: Inferred) -> list[tuple[float, int]]:
    return [(after, session) for session, (_, after) in each.case.belief.items()]


def _figure(task: str, parts: Parts, plain: str, plain_parts: Parts) -> Figure:
    found, baseline = over_cases(parts, rank_correlation), rank_correlation(plain_parts)
    return rounded(task, "rank correlation", sum(map(len, parts)), found, plain=plain, baseline=baseline)


def _centred(parts: Parts) -> Parts:
    return [[(float(a), float(b)) for a, b in np.array(part) - np.mean(part, axis=0)] for part in parts]
