"""Simulated clients that nothing was fitted to: what would be seen of them, beside the truth."""

from __future__ import annotations

from dataclasses import dataclass, replace

import jax
import numpy as np
import numpy.typing as npt
from scipy.special import expit

from attunement.dyad.courses import Courses
from attunement.dyad.inference import FINDER, Coded, Observed
from attunement.dyad.inference.coder_errors import EXCHANGES, CoderErrors, Errors
from attunement.dyad.model import Pair, State
from attunement.dyad.parameters import DEFAULT
from attunement.dyad.policies import nothing
from attunement.dyad.population import Keys, nested, pairs
from attunement.dyad.therapy import Arm, therapies

SESSIONS = 20
STEP = 0.25  # of ratings: the mean of four whole numbers
RATED, ANSWERED, CODED = 0.85, 0.85, 0.4  # shares of sessions at which each source is there
HELD_OUT, TO_FIT = 1, 2  # seeds


@dataclass(frozen=True)
class Client:
    """One simulated therapy: what is seen of it, and the truth by session."""

    observed: Observed
    state: State  # the truth as each session ended, (sessions,) each
    pair: Pair  # and what stays the same, a number each
    traits: dict[str, float]  # as `Inferred.traits` has them
    leaves: npt.NDArray[np.bool_]  # within two sessions, from each on

    @property
    def truth(self) -> dict[str, npt.NDArray[np.float32]]:
        """Safety, expectation and strain by session."""
        return {name: getattr(self.state, name) for name in ("safety", "expectation", "strain")}

    @property
    def is_whole(self) -> bool:
        """Whether the client came to the end: why a therapy ended early is not told to the model, so that its bands
        cannot be expected to hold for those who left."""
        return self.sessions == SESSIONS

    @property
    def sessions(self) -> int:
        """How many were attended."""
        return len(self.state.safety)


def clients(number: int, *, seed: int = HELD_OUT) -> list[Client]:
    """Clients with three sessions known or more, each alone with a therapist; seen through the finder's errors."""
    courses, pair = therapies_and_pairs(2 * number, seed)
    chance = np.random.default_rng(seed)
    found = (_client(courses, pair, dyad, chance) for dyad in range(2 * number))
    usable = [client for client in found if len(client.observed.known) >= 3]
    return usable[:number]


def only(client: Client, source: str) -> Client:
    """The same client seen from one source: `ratings`, `distress` or `coded`."""
    return replace(client, observed=Observed(**{source: getattr(client.observed, source)}))


def therapies_and_pairs(number: int, seed: int) -> tuple[Courses, Pair]:
    """Therapies and what stays the same over each: `therapies` draws the pair from the second of its five keys."""
    shared, own = jax.random.split(jax.random.key(seed))
    alone = nested(number, clients_each=1, therapists_each=1)
    pair = pairs(alone, DEFAULT, Keys(shared, jax.random.split(own, 5)[1]))
    found = therapies(
        alone, alone, Keys(shared, own), DEFAULT, Arm(0.0, 1.0),
        policy=nothing, sessions=SESSIONS, exchanges=EXCHANGES, keep=False,
    )  # fmt: skip
    return Courses(**jax.tree.map(np.asarray, found)), jax.tree.map(np.asarray, pair)


def _traits(courses: Courses, pair: Pair, dyad: int) -> dict[str, float]:
    return {
        "attunement": float(expit(pair.attunement[dyad])),
        "repairs": float(expit(pair.repairs[dyad])),
        "politeness": float(pair.politeness[dyad]),
        "first_safety": float(courses.start.safety[dyad]),
        "first_expectation": float(courses.start.expectation[dyad]),
    }


def _client(courses: Courses, pair: Pair, dyad: int, chance: np.random.Generator) -> Client:
    last = int(courses.sessions_attended[dyad])
    rated, answered, coded = (chance.random(last) < share for share in (RATED, ANSWERED, CODED))
    rated[-1] = True
    ratings = STEP * np.round(courses.reports.rating[:last, dyad] / STEP)
    left = courses.left[:last, dyad]
    return Client(
        observed=Observed(
            ratings=[float(r) if there else None for r, there in zip(ratings, rated, strict=True)],
            distress=[
                float(d) if there else None
                for d, there in zip(courses.reports.questionnaire[:last, dyad], answered, strict=True)
            ],
            coded=[_coded(courses, row, dyad, FINDER, chance) if there else None for row, there in enumerate(coded)],
            rating_step=STEP,
        ),
        state=jax.tree.map(lambda values: values[:last, dyad], courses.state),
        pair=jax.tree.map(lambda values: values[dyad], pair),
        traits=_traits(courses, pair, dyad),
        leaves=left | np.append(left[1:], False),
    )


def _coded(courses: Courses, row: int, dyad: int, errors: CoderErrors, chance: np.random.Generator) -> Coded:
    """A session as a coder with these errors counts it; openings are not counted, as in a case that was read."""
    count = {name: int(getattr(courses.counts, name)[row, dyad]) for name in courses.counts._fields}
    was_open = row > 0 and bool(courses.state.rupture[row - 1, dyad])
    return Coded(
        exchanges=EXCHANGES,
        missed=_moments(count["opened"] - count["met"] - count["harmed"], errors.missed, chance),
        harmed=_moments(count["harmed"], errors.harmed, chance),
        ruptures=_episodes(count["withdrawals"] + count["confrontations"] + was_open, errors.ruptures, chance),
        repairs=_episodes(count["repaired"], errors.repairs, chance),
    )


def _moments(true: int, errors: Errors, chance: np.random.Generator) -> int:
    return int(chance.binomial(true, errors.sensitivity) + chance.binomial(EXCHANGES - true, 1 - errors.specificity))


def _episodes(true: int, errors: Errors, chance: np.random.Generator) -> int:
    return int(chance.binomial(true, errors.sensitivity) + chance.poisson(EXCHANGES * (1 - errors.specificity)))
