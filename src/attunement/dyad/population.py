"""Who comes to therapy and to whom: clients nested in therapists nested in clinics, drawn from the parameters."""

from __future__ import annotations

from typing import NamedTuple

import jax
import jax.numpy as jnp
from jax import Array
from jax.nn import sigmoid
from jax.scipy.special import logit

from attunement.dyad.model import NONE, Pair, State
from attunement.dyad.parameters import Parameters


class Design(NamedTuple):
    """Which dyad belongs to which therapist and clinic, (dyads,) each; numbers from 0."""

    therapist: Array
    clinic: Array


def nested(dyads: int, *, clients_each: int, therapists_each: int) -> Design:
    """Dyads in order: `clients_each` to a therapist, `therapists_each` to a clinic; the last may have fewer."""
    therapist = jnp.arange(dyads) // clients_each
    return Design(therapist, therapist // therapists_each)


def population(design: Design, p: Parameters, key: Array) -> tuple[Pair, State]:
    """Everybody on the first day."""
    keys = iter(jax.random.split(key, 16))
    dyads = design.therapist.shape[0]

    def own() -> Array:
        return jax.random.normal(next(keys), (dyads,))

    def of_therapist() -> Array:
        return _shared(next(keys), design.therapist)

    clinic = p.clinic_spread * _shared(next(keys), design.clinic)
    skill = p.skill_spread * of_therapist() + clinic
    vigilance = skill + p.skill_spread * of_therapist()
    pair = Pair(
        attunement=logit(p.attunement_mean) + p.attunement_spread * of_therapist() + clinic + p.fit_spread * own(),
        notices_withdrawal=sigmoid(logit(p.notices_withdrawal) + vigilance),
        notices_confrontation=sigmoid(logit(p.notices_confrontation) + vigilance),
        repairs=sigmoid(logit(p.repairs) + skill),
        withdraws=sigmoid(logit(p.withdraws) + p.withdraws_spread * own()),
        politeness=p.politeness * own(),
        exposure=jnp.ones(dyads),
    )
    state = State(
        safety=sigmoid(logit(p.safety_mean) + p.safety_spread * own()),
        expectation=sigmoid(logit(p.expectation_mean) + p.expectation_spread * own()),
        strain=jnp.zeros(dyads),
        rupture=jnp.full(dyads, NONE),
        distress=own(),
    )
    return pair, state


def _shared(key: Array, group: Array) -> Array:
    """One standard normal draw a group, the same for all its members, whatever part of them is looked at."""
    return jax.vmap(lambda number: jax.random.normal(jax.random.fold_in(key, number)))(group)
