"""Who comes to therapy and to whom: clients nested in therapists nested in clinics, drawn from the parameters."""

from __future__ import annotations

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jax.nn import sigmoid
from jax.scipy.special import logit

from attunement.dyad.model import NONE, Pair, State
from attunement.dyad.parameters import Parameters
from attunement.errors import InputError


class Design(NamedTuple):
    """Which dyad belongs to which therapist and clinic, (dyads,) each; numbers from 0."""

    therapist: Any
    clinic: Any


def nested(dyads: int, *, clients_each: int = 20, therapists_each: int = 10) -> Design:
    """Dyads in order: `clients_each` to a therapist, `therapists_each` to a clinic; the last may have fewer.

    Raises:
        InputError: when one of the numbers is not positive.
    """
    if min(dyads, clients_each, therapists_each) < 1:
        raise InputError("A design has at least one client, one client a therapist, and one therapist a clinic.")
    therapist = np.arange(dyads, dtype=np.int32) // clients_each
    return Design(therapist, therapist // therapists_each)


class Keys(NamedTuple):
    """Where chance comes from: what all dyads share (therapists, clinics) and what is these dyads' own."""

    shared: Array
    own: Array


def first_day(dyads: int, p: Parameters, key: Array) -> State:
    """How clients come."""
    safety, expectation, distress = jax.random.normal(key, (3, dyads))
    return State(
        safety=sigmoid(logit(p.safety_mean) + p.safety_spread * safety),
        expectation=sigmoid(logit(p.expectation_mean) + p.expectation_spread * expectation),
        strain=jnp.zeros(dyads),
        rupture=jnp.full(dyads, NONE),
        distress=distress,
    )


def pairs(design: Design, p: Parameters, keys: Keys, *, training: Array | float = 0.0) -> Pair:
    """Clients with these therapists; `training` (0 or 1) raises what the therapists notice and repair."""
    clinic_key, therapist_key = jax.random.split(keys.shared)
    attunes, skilled, vigilant = _shared(therapist_key, design.therapist, 3)
    (clinics,) = _shared(clinic_key, design.clinic, 1)
    fit, withdraws, polite = jax.random.normal(keys.own, (3, *design.therapist.shape))
    clinic = p.clinic_spread * clinics
    skill = p.skill_spread * skilled + clinic + p.training_repair * training
    vigilance = skill + p.skill_spread * vigilant
    return Pair(
        attunement=logit(p.attunement_mean) + p.attunement_spread * attunes + clinic + p.fit_spread * fit,
        notices_withdrawal=sigmoid(logit(p.notices_withdrawal) + vigilance),
        notices_confrontation=sigmoid(logit(p.notices_confrontation) + vigilance),
        repairs=logit(p.repairs) + skill,
        withdraws=sigmoid(logit(p.withdraws) + p.withdraws_spread * withdraws),
        politeness=p.politeness * polite,
        exposure=jnp.ones(design.therapist.shape),
    )


def _shared(key: Array, group: Array, draws: int) -> Array:
    """Standard normal draws of each group, (draws, dyads): the same for all members, whoever else is looked at."""
    return jax.vmap(lambda number: jax.random.normal(jax.random.fold_in(key, number), (draws,)), out_axes=1)(group)
