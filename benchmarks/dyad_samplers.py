"""`make bench-samplers`: the particle filter beside Hamiltonian Monte Carlo, on the same simulated clients.

The filter simulates the model as it is. The sampler (NumPyro's NUTS) needs a density that it can differentiate, and has
one in which a session is a single step (`benchmarks.dyad_hmc`). Both are shown the same answers and coded sessions:
once all twenty sessions, for what was hidden; once the first ten, for the rating that comes next.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jax
import numpy as np
import numpy.typing as npt
from rich.console import Console

from attunement.dyad import model
from attunement.dyad.inference import FINDER
from attunement.dyad.inference.evidence import evidence_of
from attunement.dyad.inference.infer import traits_of
from attunement.dyad.inference.inferred import LEVELS, Bands
from attunement.dyad.inference.observed import HIGHEST
from attunement.dyad.model import State
from attunement.dyad.parameters import DEFAULT
from benchmarks.case_figures.figure import over_cases
from benchmarks.dyad_figures.clients import SESSIONS, STEP, Client, clients
from benchmarks.dyad_figures.prediction import BINS
from benchmarks.dyad_figures.recovery import STATES, paths_of
from benchmarks.dyad_figures.scores import Draws
from benchmarks.dyad_figures.tables import Rows, show, write
from benchmarks.dyad_hmc.posterior import Sampled, sample, seen
from benchmarks.dyad_hmc.rows import simulated_rows
from benchmarks.dyad_hmc.surrogate import fitted

CLIENTS, DYADS_TO_FIT = 40, 8_000
AGREES = 1.05  # R-hat, above which chains have not met
SEEN_FIRST = 10  # sessions before the rating that is predicted
FILTER, SAMPLER = "particle filter", "NUTS"
SHOWN_TRAITS = ("attunement", "politeness", "first_safety", "first_expectation")
Values = dict[str, npt.NDArray[np.float32]]


def judged(client: Client, draws: Values) -> dict[str, npt.NDArray[np.float64]]:
    """For each quantity: coverage of the three bands, squared error of the mean, CRPS."""
    truth = {**client.truth, **{name: np.float32(client.traits[name]) for name in SHOWN_TRAITS}}
    found = {}
    for name, values in draws.items():
        bands, true = Bands.of(values), np.atleast_1d(truth[name])
        covered = ((bands.low <= truth[name]) & (truth[name] <= bands.high)).reshape(len(LEVELS), -1).mean(1)
        crps = [Draws(row, 1).crps(float(one)) for row, one in zip(np.atleast_2d(values), true, strict=True)]
        found[name] = np.array([*covered, np.mean((bands.mean - truth[name]) ** 2), np.mean(crps)])
    return found


def filtered(client: Client, seed: int) -> tuple[Values, tuple[float, float], float]:
    """What the filter says: states and traits, how it scored the rating after the first sessions, seconds."""
    began = time.process_time()
    found = paths_of(client.observed, seed=seed)
    seconds = time.process_time() - began
    draws = {name: getattr(found.state, name)[: client.sessions] for name in STATES}
    draws |= {name: np.asarray(traits_of(found)[name]) for name in SHOWN_TRAITS}
    return draws, _scores(client, found.steps.rating[SEEN_FIRST][found.steps.comes[SEEN_FIRST]]), seconds


def sampled(whole: Sampled) -> Values:
    """The same of the sampler."""
    draws = {name: np.asarray(getattr(whole.state, name)).T for name in STATES}
    return draws | {
        "attunement": np.asarray(jax.nn.sigmoid(whole.pair.attunement)),
        "politeness": np.asarray(whole.pair.politeness),
        "first_safety": np.asarray(whole.start.safety),
        "first_expectation": np.asarray(whole.start.expectation),
    }


def foreseen(client: Client, known: Sampled, seed: int) -> tuple[float, float]:
    """The next rating of a client of whom the first sessions were sampled: simulated on by the model itself."""
    between_key, today_key, session_key, rating_key = jax.random.split(jax.random.key(seed), 4)
    end: State = jax.tree.map(lambda values: values[:, -1], known.state)
    before = end._replace(expectation=known.state.expectation[:, -2])
    state, leaves = model.between(before, end, DEFAULT, between_key)
    today = model.today(known.pair, DEFAULT, today_key)
    after, _, _ = model.session(state, known.pair, today, DEFAULT, session_key, exchanges=40)
    rating = model.rating(after, known.pair, DEFAULT, rating_key)
    return _scores(client, np.asarray(rating)[~np.asarray(leaves)])


def _scores(client: Client, draws: npt.NDArray[np.float32]) -> tuple[float, float]:
    truth = client.observed.ratings[SEEN_FIRST]
    assert truth is not None
    ends = (truth - STEP / 2, truth + STEP / 2)
    low, high = (end if 0 < end < HIGHEST else float(np.copysign(np.inf, end - HIGHEST / 2)) for end in ends)
    prediction = Draws(draws, BINS["rating"])
    return prediction.crps(truth), prediction.log_score(low, high)


def compared(number: int) -> dict[str, Rows]:
    """All tables."""
    shown = [each for each in clients(2 * number) if each.is_whole and each.observed.ratings[SEEN_FIRST] is not None]
    shown = shown[:number]
    surrogate = fitted(simulated_rows(DYADS_TO_FIT))
    paths_of(shown[0].observed)  # compiled
    of_filter = [filtered(client, seed) for seed, client in enumerate(shown)]
    rows = [evidence_of(client.observed, FINDER) for client in shown]
    whole, first = (
        sample([seen(row, surrogate, n) for row in rows], surrogate, seed=n) for n in (SESSIONS, SEEN_FIRST)
    )
    judgements = {
        FILTER: [judged(client, draws) for client, (draws, _, _) in zip(shown, of_filter, strict=True)],
        SAMPLER: [judged(client, sampled(each)) for client, each in zip(shown, whole, strict=True)],
    }
    scores = {
        FILTER: [score for _, score, _ in of_filter],
        SAMPLER: [foreseen(client, each, seed) for seed, (client, each) in enumerate(zip(shown, first, strict=True))],
    }
    seconds = {FILTER: [each[2] for each in of_filter], SAMPLER: [each.seconds for each in whole]}
    return {
        "filter and sampler, cost": [
            _cost(name, seconds[name], whole if name is SAMPLER else None) for name in seconds
        ],
        "filter and sampler, what was hidden": [
            _hidden(quantity, name, [each[quantity] for each in judgements[name]])
            for quantity in (*STATES, *SHOWN_TRAITS)
            for name in judgements
        ],
        "filter and sampler, less error with the filter": [
            {"quantity": quantity} | _less(judgements, quantity) for quantity in (*STATES, *SHOWN_TRAITS)
        ],
        "filter and sampler, next rating": [_next(name, scores[name], scores[FILTER]) for name in scores],
    }


def _cost(name: str, seconds: list[float], chains: list[Sampled] | None) -> dict[str, Any]:
    agree = float("nan") if chains is None else float(np.mean([each.r_hat < AGREES for each in chains]))
    fewest = float("nan") if chains is None else float(np.median([each.effective for each in chains]))
    diverged = float("nan") if chains is None else float(np.mean([each.divergences > 0 for each in chains]))
    return {
        "method": name,
        "clients": len(seconds),
        "processor seconds a client": float(np.mean(seconds)),
        "chains agree": agree,
        "fewest effective draws, median": fewest,
        "some divergence": diverged,
    }


def _hidden(quantity: str, name: str, parts: list[npt.NDArray[np.float64]]) -> dict[str, Any]:
    *covered, squared, crps = np.mean(parts, axis=0)
    levels = {f"in {level:.0%}": float(share) for level, share in zip(LEVELS, covered, strict=True)}
    return {"quantity": quantity, "method": name, **levels, "error": float(squared**0.5), "crps": float(crps)}


def _less(judgements: dict[str, Any], quantity: str) -> dict[str, float]:
    """CRPS of the sampler less that of the filter, client by client: above 0 the filter is nearer."""
    apart = [b[quantity][-1] - a[quantity][-1] for a, b in zip(*judgements.values(), strict=True)]
    return _with_interval(apart)


def _next(name: str, scores: list[tuple[float, float]], filters: list[tuple[float, float]]) -> dict[str, Any]:
    crps, log = ([score[place] for score in scores] for place in (0, 1))
    more = [own - base[0] for own, base in zip(crps, filters, strict=True)]
    return {
        "method": name,
        "predictions": len(scores),
        "crps": _with_interval(crps),
        "log score": _with_interval(log),
        "crps less the filter's": _with_interval(more),
    }


def _with_interval(parts: list[float]) -> dict[str, float]:
    mean: Callable[[Any], float] = lambda drawn: float(np.mean(drawn))  # noqa: E731
    return dict(zip(("value", "low", "high"), map(float, over_cases(parts, mean)), strict=True))


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=CLIENTS)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--page", type=Path)
    chosen = parser.parse_args()
    figures = compared(chosen.clients)
    console = Console(width=140)
    for name, rows in figures.items():
        show(name, rows, console)
    if chosen.page:
        write(figures, chosen.page, "samplers")
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1).replace("NaN", "null") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
