"""The model run forwards: a population to its courses.

Dyads are drawn in blocks of fixed size, each from a key of its own, and what therapists and clinics share from their
number. So the same seed gives the same dyads whatever their number, the memory, or the machine's cores; and two
conditions with one seed have the same people and the same luck.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypedDict, Unpack

import jax
import numpy as np

from attunement.dyad.conditions import Condition, named
from attunement.dyad.courses import Courses
from attunement.dyad.parameters import DEFAULT, Parameters, checked
from attunement.dyad.policies import Policy, may_change
from attunement.dyad.population import Design, Keys, nested
from attunement.dyad.therapy import Arm, therapies
from attunement.errors import InputError

BLOCK = 2_048  # dyads; a block's numbers stay in a core's cache
CHUNK = 16_384  # dyads that are in memory at once, unless all are kept
MOST_EXCHANGES = 255  # a count is one byte


class Settings(TypedDict, total=False):
    """What `simulate` and `chunks` take by name; see `chunks`."""

    sessions: int
    exchanges: int
    parameters: Parameters
    condition: str | Condition
    policy: Policy | None
    seed: int
    keep_exchanges: bool


def simulate(dyads: int | Design, **settings: Unpack[Settings]) -> Courses:
    """Therapies from the first day on, all kept in memory: about 2 KB a dyad of 20 sessions; see `chunks` for millions.

    `settings` are those of `chunks`: `sessions`, `exchanges`, `parameters`, `condition`, `policy`, `seed`,
    `keep_exchanges`.

    Raises:
        InputError: when a number is out of range, a parameter impossible, or the condition unknown.
    """
    return Courses.joined(list(chunks(dyads, **settings)))


def chunks(
    dyads: int | Design,
    *,
    sessions: int = 20,
    exchanges: int = 40,
    parameters: Parameters = DEFAULT,
    condition: str | Condition = "usual",
    policy: Policy | None = None,
    seed: int = 0,
    keep_exchanges: bool = False,
) -> Iterator[Courses]:
    """Therapies from the first day on, a part at a time: memory does not grow with the number of dyads.

    Args:
        dyads: how many, 20 to a therapist and 10 therapists to a clinic; or who belongs to whom (`nested`).
        sessions: planned; clients may leave before.
        exchanges: in each session.
        parameters: see `attunement.dyad.parameters`.
        condition: how therapies are done: `usual`, `feedback`, `support`, `training`, `insight`, `change`, or your own.
        policy: in place of the condition's.
        seed: all chance comes from it. The first dyads are the same however many there are, and all conditions of one
            seed have the same people.
        keep_exchanges: keep what happened at each exchange too, 8 bytes each.

    Raises:
        InputError: when a number is out of range, a parameter impossible, or the condition unknown.
    """
    design = _design(dyads)
    _check_size(sessions, exchanges)
    chosen = named(condition)
    policy = policy or chosen.policy
    if may_change(policy, checked(parameters)) and len(np.unique(design.therapist)) < 2:
        raise InputError("A change of therapist needs a second one; give a design with two therapists or more.")
    run = partial(
        therapies,
        p=parameters,
        arm=Arm(float(chosen.trained), float(chosen.experiential)),
        policy=policy,
        sessions=sessions,
        exchanges=exchanges,
        keep=keep_exchanges,
    )
    return _in_chunks(design, seed, run)


def _in_chunks(design: Design, seed: int, run: Callable[..., dict[str, Any]]) -> Iterator[Courses]:
    shared, own = jax.random.split(jax.random.key(seed))
    dyads, therapists = len(design.therapist), int(design.therapist.max()) + 1
    firsts = range(0, dyads, BLOCK)

    def block(first: int) -> Courses:
        part = jax.tree.map(lambda numbers: _padded(numbers[first : first + BLOCK]), design)
        others = part._replace(therapist=(part.therapist + 1) % therapists)
        keys = Keys(shared, jax.random.fold_in(own, first // BLOCK))
        found = jax.tree.map(np.asarray, run(part, others, keys))
        return Courses(**found).only(slice(0, dyads - first))

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        for start in range(0, len(firsts), CHUNK // BLOCK):
            yield Courses.joined(list(threads.map(block, firsts[start : start + CHUNK // BLOCK])))


def _padded(numbers: Any) -> Any:
    """A whole block, the last dyad again where there are too few."""
    return np.pad(numbers, (0, BLOCK - len(numbers)), mode="edge")


def _design(dyads: int | Design) -> Design:
    if not isinstance(dyads, Design):
        return nested(dyads)
    design = Design(*(np.asarray(numbers, np.int32) for numbers in dyads))
    if design.therapist.shape != design.clinic.shape or design.therapist.ndim != 1 or not design.therapist.size:
        raise InputError("A design gives a therapist and a clinic to each of one or more clients.")
    if min(design.therapist.min(), design.clinic.min()) < 0:
        raise InputError("Therapists and clinics are numbered from 0.")
    return design


def _check_size(sessions: int, exchanges: int) -> None:
    if sessions < 1:
        raise InputError(f"A therapy has at least one session, not {sessions}.")
    if not 1 <= exchanges <= MOST_EXCHANGES:
        raise InputError(f"A session has 1 to {MOST_EXCHANGES} exchanges, not {exchanges}.")
