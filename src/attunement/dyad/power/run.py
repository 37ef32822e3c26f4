"""`power`: from a question and designs to how often the study finds what is there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from attunement.dyad.facts.statistics import correlation, intraclass_correlation
from attunement.dyad.parameters import DEFAULT, Parameters
from attunement.dyad.power.analyses import adjusted, association, between_therapists, within_therapists
from attunement.dyad.power.pool import Column, Pool, pool
from attunement.dyad.power.question import Question, question
from attunement.dyad.power.result import Cell, PowerResult, share
from attunement.dyad.power.textbook import Ingredients, counting_therapists, textbook
from attunement.errors import InputError

FEWEST_STUDIES, MOST_CLIENTS = 20, 5_000_000
RANDOMISING = 4  # what the random numbers of this module are for; see `export.study`


def power(
    effect: str,
    outcome: str = "distress",
    *,
    therapists: Sequence[int] = (20, 40),
    clients_each: Sequence[int] = (5, 10, 20),
    randomised: str | None = None,
    studies: int = 200,
    sessions: int = 20,
    exchanges: int = 40,
    level: float = 0.05,
    wanted: float = 0.8,
    parameters: Parameters = DEFAULT,
    seed: int = 0,
) -> PowerResult:
    """How often a study of each design finds the effect of `effect` on `outcome`, if therapy is as the model has it.

    Clients who leave are analysed with what they last answered; where a variable needs sessions 3 to 5, those who left
    before are missing.

    Args:
        effect: a condition (`training`, `feedback`, …) against usual therapy, or a predictor (`alliance`, `empathy`,
            `repair`).
        outcome: `distress`, `drop-out`, `alliance` or `open-rupture`.
        therapists: numbers to try, in all arms together.
        clients_each: numbers of clients a therapist to try.
        randomised: `therapists` or `clients`; clients where nothing is said, unless therapists are trained.
        studies: simulated for each design; the interval of a power of .80 is about ±.055 with 200.
        sessions: planned.
        exchanges: in each session.
        level: of the two-sided test.
        wanted: the power that is aimed at.
        parameters: see `attunement.dyad.parameters`.
        seed: all chance comes from it.

    Raises:
        InputError: when the question makes no sense or a number is impossible.
    """
    asked = question(effect, outcome, randomised)
    _check(asked, therapists, clients_each, studies, level, wanted, seed)
    people = pool(
        asked,
        studies=studies,
        therapists=max(therapists),
        clients_each=max(clients_each),
        sessions=sessions,
        exchanges=exchanges,
        parameters=parameters,
        seed=seed,
    )
    known = ingredients(asked, people)
    cells = tuple(
        _cell(asked, people.cut(many, each), known, level, seed)
        for many in sorted(set(therapists))
        for each in sorted(set(clients_each))
    )
    return PowerResult(asked, cells, known, studies, level, wanted)


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


def _cell(asked: Question, people: Pool, known: Ingredients, level: float, seed: int) -> Cell:
    studies, therapists, clients_each = people.intake.shape
    draws = np.random.default_rng([seed, RANDOMISING, therapists, clients_each])
    tried = [_tested(asked, people, number, draws) for number in range(studies)]
    found, by_chance = (sum(p < level for p in column) for column in zip(*tried, strict=True))
    design = {"therapists": therapists, "clients_each": clients_each, "level": level}
    return Cell(
        therapists,
        clients_each,
        share(found, studies),
        share(by_chance, studies),
        textbook(asked.randomised, known, **design),
        counting_therapists(asked.randomised, known, **design),
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


def _check(
    asked: Question,
    therapists: Sequence[int],
    clients_each: Sequence[int],
    studies: int,
    level: float,
    wanted: float,
    seed: int,
) -> None:
    if not therapists or not clients_each:
        raise InputError("Give at least one number of therapists and one of clients each.")
    fewest = 4 if asked.randomised == "therapists" else 2
    if min(therapists) < fewest:
        raise InputError(_too_few(min(therapists), fewest))
    least = 2 if asked.randomised != "therapists" else 1
    if min(clients_each) < least:
        clients = "1 client" if least == 1 else f"{least} clients"
        raise InputError(f"A therapist of such a study has at least {clients}, not {min(clients_each)}.")
    if studies < FEWEST_STUDIES:
        raise InputError(f"Power is counted over at least {FEWEST_STUDIES} simulated studies, not {studies}.")
    if studies * max(therapists) * max(clients_each) > MOST_CLIENTS:
        raise InputError(f"Over {MOST_CLIENTS:,} clients would be simulated; try smaller designs or fewer studies.")
    if not 0 < level < 1 or not 0 < wanted < 1:
        raise InputError("The level of the test and the power wanted lie between 0 and 1.")
    if seed < 0:
        raise InputError(f"A seed is a whole number from 0, not {seed}.")


def _too_few(therapists: int, fewest: int) -> str:
    if therapists == 1:
        return "A study with one therapist cannot tell the therapist from the effect; take more therapists."
    why = "two in each arm" if fewest == 4 else "or therapists cannot be told apart"
    return f"Such a study needs at least {fewest} therapists ({why}), not {therapists}."
