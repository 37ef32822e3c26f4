"""Whether what is inferred of simulated clients is true: coverage, error, ranks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import jax
import numpy as np
import numpy.typing as npt

from attunement.dyad.inference import FINDER
from attunement.dyad.inference.evidence import evidence_of
from attunement.dyad.inference.fit import warning
from attunement.dyad.inference.infer import PARTICLES, traits_of
from attunement.dyad.inference.inferred import LEVELS, Bands
from attunement.dyad.inference.observed import Observed
from attunement.dyad.inference.particles import Paths, paths
from attunement.dyad.parameters import DEFAULT
from benchmarks.dyad_figures.clients import Client

STATES = ("safety", "expectation", "strain")
TRAITS = ("first_safety", "first_expectation", "attunement", "repairs", "politeness")
RANKS = 20  # bins of the rank histograms, 19 draws between them
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Recovered:
    """One client: for each quantity the values (sessions or one) of truth and posterior."""

    truth: dict[str, Floats]
    bands: dict[str, Bands]
    rank: dict[str, int]
    is_warned: bool

    def covered(self, name: str) -> Floats:
        """The share of values inside the 50, 80 and 95 % band."""
        inside = (self.bands[name].low <= self.truth[name]) & (self.truth[name] <= self.bands[name].high)
        return inside.reshape(len(LEVELS), -1).mean(axis=1)

    def squared_error(self, name: str) -> float:
        """Of the posterior mean."""
        return float(np.mean((self.bands[name].mean - self.truth[name]) ** 2))


def paths_of(observed: Observed, *, seed: int = 0, particles: int = PARTICLES) -> Paths:
    """As `infer` finds them, in NumPy."""
    found = paths(evidence_of(observed, FINDER), DEFAULT, jax.random.key(seed), particles=particles)
    return jax.tree.map(np.asarray, found)  # type: ignore[no-any-return]


def recovered(client: Client, found: Paths) -> Recovered:
    """The client's truth beside what was inferred; ranks are of a session drawn for each client."""
    sessions = client.sessions
    draws = {name: getattr(found.state, name)[:sessions] for name in STATES}
    draws |= {name: np.asarray(values) for name, values in traits_of(found).items()}
    truth = {**client.truth, **{name: np.float64(value) for name, value in client.traits.items()}}
    chance = np.random.default_rng(sessions + int(1e6 * client.traits["first_safety"]))
    chosen, session = chance.choice(draws["safety"].shape[-1], RANKS - 1, replace=False), chance.integers(sessions)

    def rank(name: str) -> int:
        values, value = draws[name], truth[name]
        if values.ndim > 1:
            values, value = values[session], value[session]
        below, equal = (values[chosen] < value).sum(), (values[chosen] == value).sum()
        return int(below + chance.integers(equal + 1))

    return Recovered(
        truth={name: np.asarray(value, float) for name, value in truth.items()},
        bands={name: Bands.of(values) for name, values in draws.items()},
        rank={name: rank(name) for name in (*STATES, *TRAITS)},
        is_warned=warning(client.observed, found) is not None,
    )


def in_parallel(work: Callable, items: Iterable) -> list:  # type: ignore[type-arg]
    """The same on two cores: jax works outside Python's lock."""
    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(work, items))


def prior_of(clients: list[Client]) -> dict[str, Floats]:
    """What to expect without looking: the mean of other clients, by session (the last ones' mean holds on)."""
    longest = max(client.sessions for client in clients)
    by_session = {
        name: np.array([
            np.mean([client.truth[name][row] for client in clients if client.sessions > row]) for row in range(longest)
        ])
        for name in STATES
    }  # fmt: skip
    return by_session | {name: np.array([np.mean([client.traits[name] for client in clients])]) for name in TRAITS}


def prior_squared_error(each: Recovered, prior: dict[str, Floats], name: str) -> float:
    """Of that."""
    truth = np.atleast_1d(each.truth[name])
    return float(np.mean((prior[name][: len(truth)] - truth) ** 2))
