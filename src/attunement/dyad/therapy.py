"""Therapies from the first day to the last: sessions, what is asked after them, and what is done about the answers."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
from jax import Array

from attunement.dyad import model
from attunement.dyad.model import NONE, Pair, Reports, State
from attunement.dyad.parameters import Parameters
from attunement.dyad.policies import Policy, Response, Seen
from attunement.dyad.population import Design, Keys, first_day, pairs

NO_RATING = 10.0


class Arm(NamedTuple):
    """How the therapies of a condition are done, in numbers."""

    trained: float  # 1 where therapists are trained in repair, else 0
    exposing: float  # 1, or 0 where only insight is sought


class Going(NamedTuple):
    """A therapy between two sessions, every field (dyads,)."""

    state: State
    questionnaire: Array  # distress as just reported
    rating: Array  # after the last session
    rating_before: Array
    rating_best: Array
    present: Array
    warned: Array
    changed: Array


@partial(jax.jit, static_argnames=("policy", "sessions", "exchanges", "keep"))
def therapies(
    design: Design,
    colleagues: Design,
    keys: Keys,
    p: Parameters,
    arm: Arm,
    *,
    policy: Policy,
    sessions: int,
    exchanges: int,
    keep: bool,
) -> dict[str, Any]:
    """The fields of `Courses` for these dyads; `colleagues` take over where a therapist changes."""
    first_key, pair_key, other_key, asked_key, sessions_key = jax.random.split(keys.own, 5)
    with_own = _exposed(pairs(design, p, Keys(keys.shared, pair_key), training=arm.trained), arm, p)
    with_other = _exposed(pairs(colleagues, p, Keys(keys.shared, other_key), training=arm.trained), arm, p)
    start = first_day(design.therapist.shape[0], p, first_key)
    first = model.questionnaire(start, p, asked_key)

    def step(going: Going, numbered: tuple[Array, Array]) -> tuple[Going, dict[str, Any]]:
        number, key = numbered
        seen = _seen(going, number, first, p)
        response = policy(seen, p)
        changed = going.changed | (going.present & response.changes)
        pair = jax.tree.map(partial(jnp.where, changed), with_other, with_own)
        state = _started_over(going.state, start, changed & ~going.changed)
        after, row = _session(going, state, pair, response, p, key, exchanges=exchanges, keep=keep)
        row |= {"off_track": seen.off_track, "changed": changed, "attended": going.present}
        return after._replace(changed=changed, warned=seen.warned), row

    no = jnp.zeros(first.shape, bool)
    unrated = jnp.full(first.shape, NO_RATING)
    going = Going(start, first, unrated, unrated, jnp.zeros(first.shape), present=~no, warned=no, changed=no)
    numbered = (jnp.arange(1, sessions + 1), jax.random.split(sessions_key, sessions))
    end, rows = jax.lax.scan(step, going, numbered)
    return {"design": design, "start": start, "last": end.questionnaire, **rows}


def _session(
    going: Going, state: State, pair: Pair, response: Response, p: Parameters, key: Array, *, exchanges: int, keep: bool
) -> tuple[Going, dict[str, Any]]:
    """One session and the time until the next; who has left before stays as they were."""
    today_key, session_key, rating_key, between_key, asked_key = jax.random.split(key, 5)
    today = model.today(pair, p, today_key, response.attunement, response.taking_up, response.repairing)
    ended, counts, happened = model.session(state, pair, today, p, session_key, exchanges=exchanges, keep=keep)
    rating = model.rating(ended, pair, p, rating_key)
    later, leaves = model.between(state, ended, p, between_key)
    after = Going(
        state=later,
        questionnaire=model.questionnaire(later, p, asked_key),
        rating=rating,
        rating_before=going.rating,
        rating_best=jnp.maximum(going.rating_best, rating),
        present=~leaves,
        warned=going.warned,
        changed=going.changed,
    )
    stays = partial(jnp.where, going.present)
    after = jax.tree.map(stays, after, going._replace(present=jnp.zeros_like(leaves)))
    row = {
        "reports": Reports(after.rating, going.questionnaire),
        "state": jax.tree.map(stays, ended, going.state),
        "counts": jax.tree.map(lambda count: count * going.present, counts),
        "left": leaves & going.present,
        "exchanges": jax.tree.map(lambda did: did & going.present, happened),
    }
    return after, row


def _seen(going: Going, number: Array, first: Array, p: Parameters) -> Seen:
    expected = first - p.expected_change * (number - 1)
    off_track = going.present & (going.questionnaire > expected + p.off_track_margin)
    return Seen(
        session=number,
        rating=going.rating,
        rating_before=going.rating_before,
        rating_best=going.rating_best,
        questionnaire=going.questionnaire,
        questionnaire_first=first,
        off_track=off_track,
        warned=going.warned | off_track,
        changed=going.changed,
    )


def _exposed(pair: Pair, arm: Arm, p: Parameters) -> Pair:
    return pair._replace(exposure=pair.exposure * (arm.exposing + (1 - arm.exposing) * p.insight_exposure))


def _started_over(state: State, start: State, changes: Array) -> State:
    """With a new therapist safety begins where it began, and what was between the two is gone."""
    new = state._replace(safety=start.safety, strain=start.strain, rupture=jnp.full_like(state.rupture, NONE))
    return State(*(jnp.where(changes, one, other) for one, other in zip(new, state, strict=True)))
