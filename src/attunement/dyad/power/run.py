"""`power`: from a plan to how often the study finds what is there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from attunement.dyad.facts.statistics import correlation, intraclass_correlation
from attunement.dyad.power.analyses import adjusted, association, between_therapists, within_therapists
from attunement.dyad.power.plan import Plan
from attunement.dyad.power.pool import Column, Pool, pool
from attunement.dyad.power.question import Question
from attunement.dyad.power.result import Cell, PowerResult, share
from attunement.dyad.power.textbook import Ingredients, counting_therapists, textbook

RANDOMISING = 4  # what the random numbers of this module are for; see `export.study`


def power(plan: Plan) -> PowerResult:
    """How often a study of each size finds the effect that is asked about, if therapy is as the model has it.

    Clients who leave are analysed with what they last answered; where a variable needs sessions 3 to 5, those who left
    before are missing.
    """
    people = pool(plan)
    known = ingredients(plan.question, people)
    cells = tuple(
        _cell(plan, people.cut(many, each), known)
        for many in sorted(set(plan.therapists))
        for each in sorted(set(plan.clients_each))
    )
    return PowerResult(plan.question, cells, known, plan.studies, plan.level, plan.wanted)


def ingredients(asked: Question, people: Pool) -> Ingredients:
    """What the formulas need, from all clients of all studies."""
    outcome, intake = people.usual, people.intake
    of_therapist = np.broadcast_to(np.arange(intake[..., 0].size).reshape(*intake.shape[:2], 1), intake.shape)
    adjusts = asked.outcome == "distress"

    def flat(column: Column, known: NDArray[np.bool_]) -> NDArray[np.float64]:
        values, started = column.values[known], intake[known]
        if not adjusts:
            return values
        slope = np.cov(started, values)[0, 1] / started.var(ddof=1)
        return np.asarray(values - slope * started)

    def between(values: NDArray[np.float64], known: NDArray[np.bool_]) -> float:
        return max(0.0, intraclass_correlation(values, of_therapist[known]) or 0.0)

    if people.predictor is not None:
        known = outcome.known & people.predictor.known
        y, x = flat(outcome, known), people.predictor.values[known]
        own = [values - _group_means(values, of_therapist[known]) for values in (x, y)]
        shared = between(y, known) * between(x, known)
        return Ingredients("r", correlation(x, y), None, shared, float(known.mean()), correlation(*own))
    assert people.treated is not None
    usual, treated = flat(outcome, outcome.known), flat(people.treated, people.treated.known)
    icc, analysed = between(usual, outcome.known), float(outcome.known.mean())
    if asked.is_share:
        shares = float(usual.mean()), float(treated.mean())
        return Ingredients("difference of shares", shares[0] - shares[1], shares, icc, analysed)
    spread = float(np.sqrt((usual.var(ddof=1) + treated.var(ddof=1)) / 2))
    size = float(usual.mean() - treated.mean()) / spread if spread > 0 else None
    return Ingredients("d", size, None, icc, analysed)


def _group_means(values: NDArray[np.float64], group: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.asarray((np.bincount(group, values) / np.maximum(np.bincount(group), 1))[group])


def _cell(plan: Plan, people: Pool, known: Ingredients) -> Cell:
    studies, therapists, clients_each = people.intake.shape
    asked, level = plan.question, plan.level
    draws = np.random.default_rng([plan.seed, RANDOMISING, therapists, clients_each])
    tried = [_tested(asked, people, number, draws) for number in range(studies)]
    found, by_chance = (sum(p < level for p in column) for column in zip(*tried, strict=True))
    size = {"therapists": therapists, "clients_each": clients_each}
    return Cell(
        **size,
        power=share(found, studies),
        size=share(by_chance, studies),
        textbook=textbook(asked.randomised, known, **size, level=level),
        counting_therapists=counting_therapists(asked.randomised, known, **size, level=level),
    )


def _tested(asked: Question, people: Pool, number: int, draws: np.random.Generator) -> tuple[float, float]:
    """Two p-values of one study: as it is, and where there is no effect."""
    if people.predictor is not None:
        other = (number + 1) % len(people.intake)  # the outcomes of other people have nothing to do with the predictor
        return _correlated(asked, people, number, number), _correlated(asked, people, number, other)
    treated = _assigned(asked, people.intake.shape[1:], draws)
    return _compared(asked, people, number, treated, people.treated), _compared(asked, people, number, treated, None)


def _correlated(asked: Question, people: Pool, of_predictor: int, of_outcome: int) -> float:
    assert people.predictor is not None
    predictor, outcome = people.predictor, people.usual
    known = predictor.known[of_predictor] & outcome.known[of_outcome]
    values = outcome.values[of_outcome]
    if asked.outcome == "distress":
        values = adjusted(values, people.intake[of_outcome], known)
    return association(values, predictor.values[of_predictor], known)


def _compared(asked: Question, people: Pool, number: int, treated: NDArray[np.bool_], under: Column | None) -> float:
    """`under` is the outcome of the treated; None where treatment does nothing."""
    usual = people.usual
    other = usual if under is None else under
    is_treated = treated[:, None] if treated.ndim == 1 else treated
    values = np.where(is_treated, other.values[number], usual.values[number])
    known = np.where(is_treated, other.known[number], usual.known[number])
    if asked.outcome == "distress":
        values = adjusted(values, people.intake[number], known)
    test = between_therapists if asked.randomised == "therapists" else within_therapists
    return test(values, known, treated)


def _assigned(asked: Question, shape: tuple[int, ...], draws: np.random.Generator) -> NDArray[np.bool_]:
    """Half of the therapists, or of each therapist's clients (of an odd number one more or fewer, by chance)."""
    therapists, clients_each = shape
    if asked.randomised == "therapists":
        return np.asarray(draws.permutation(therapists) % 2 == 0)
    places = draws.random((therapists, clients_each)).argsort(1)
    return np.asarray((places + draws.integers(2, size=(therapists, 1))) % 2 == 0)
