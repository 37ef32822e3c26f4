"""A clinic or a trial: who comes, who is treated how, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from attunement.dyad.conditions import Condition, named
from attunement.dyad.courses import Courses
from attunement.dyad.parameters import DEFAULT, Parameters
from attunement.dyad.population import Design, nested
from attunement.dyad.simulate import simulate
from attunement.errors import InputError

Assigned = Literal["therapists", "clients"]
MOST_CLIENTS = 50_000  # all exchanges of all sessions are in memory
# Chance besides the model's own: who gets which condition, how items scatter, which answers are missing.
ASSIGNMENT, ITEMS, MISSING = 1, 2, 3


@dataclass(frozen=True)
class Study:
    """Clients in the order of their therapists, each under one condition; `condition` holds names, (clients,)."""

    courses: Courses
    condition: NDArray[np.str_]
    conditions: tuple[str, ...]
    seed: int

    def chance(self, purpose: int) -> np.random.Generator:
        """Random numbers for one purpose, from the study's seed."""
        return chance(self.seed, purpose)


def chance(seed: int, purpose: int) -> np.random.Generator:
    """Random numbers for one purpose: what is drawn for another never shifts them."""
    return np.random.default_rng([seed, purpose])


def enrol(
    clients: int,
    *,
    conditions: Sequence[str | Condition] = ("usual",),
    assigned: Assigned = "therapists",
    clients_each: int = 20,
    therapists_each: int = 10,
    sessions: int = 20,
    exchanges: int = 40,
    parameters: Parameters = DEFAULT,
    seed: int = 0,
) -> Study:
    """Simulate `clients` in all, `clients_each` to a therapist, `therapists_each` to a clinic.

    With several conditions it is a trial: by chance and as evenly as can be, whole `therapists` or single `clients`
    within each therapist get one of them.

    Raises:
        InputError: when a number is impossible, a condition unknown or named twice, or there are too few to share out.
    """
    arms = [named(condition) for condition in conditions]
    _check(clients, clients_each, therapists_each, arms, assigned, seed)
    design = nested(clients, clients_each=clients_each, therapists_each=therapists_each)
    arm = arm_of(design, len(arms), assigned, seed)
    parts, places = [], []
    for number, condition in enumerate(arms):
        courses = simulate(
            design,
            sessions=sessions,
            exchanges=exchanges,
            parameters=parameters,
            condition=condition,
            seed=seed,
            keep_exchanges=True,
        )
        places.append(np.flatnonzero(arm == number))
        parts.append(courses.only(places[-1]))
    together = Courses.joined(parts).only(np.argsort(np.concatenate(places)))
    names = tuple(condition.name for condition in arms)
    return Study(together, np.array(names)[arm], names, seed)


def arm_of(design: Design, arms: int, assigned: Assigned, seed: int) -> NDArray[np.int64]:
    """The number of each client's arm, (clients,): by chance, evenly among therapists or within each of them."""
    draws = chance(seed, ASSIGNMENT)
    if assigned == "therapists":
        therapists = int(design.therapist.max()) + 1
        return np.asarray((draws.permutation(therapists) % arms)[design.therapist])
    order = np.lexsort((draws.random(len(design.therapist)), design.therapist))
    arm = np.empty(len(order), np.int64)
    arm[order] = np.arange(len(order)) % arms  # therapists that do not divide evenly begin with different arms
    return arm


def _check(
    clients: int, clients_each: int, therapists_each: int, arms: list[Condition], assigned: str, seed: int
) -> None:
    if not 1 <= clients <= MOST_CLIENTS:
        raise InputError(f"A simulated study has 1 to {MOST_CLIENTS:,} clients, not {clients:,}.")
    if clients_each < 1 or therapists_each < 1:
        raise InputError("A therapist has at least one client, and a clinic at least one therapist.")
    if seed < 0:
        raise InputError(f"A seed is a whole number from 0, not {seed}.")
    if assigned not in get_args(Assigned):
        raise InputError(f"What is assigned by chance is {' or '.join(get_args(Assigned))}, not {assigned!r}.")
    names = [arm.name for arm in arms]
    if not names or len(set(names)) < len(names):
        raise InputError("A study has one condition or several different ones; each is named once.")
    sharing = -(-clients // clients_each) if assigned == "therapists" else clients
    if sharing < len(arms):
        raise InputError(
            f"{len(arms)} conditions cannot be shared out among {sharing} {assigned[: -1 if sharing == 1 else None]}; "
            "take more, or fewer clients a therapist."
        )
