"""A particle filter: many possible therapies are simulated, and those that fit what was observed go on.

Every particle is a client with a therapist, drawn as in `population` and moved session by session by `model` itself, so
that nothing is approximated but by their number (bootstrap filter: Gordon, Salmond & Smith, 1993). After a session each
is weighted by how likely it makes what was observed, and as many are drawn again, systematically. Those who left
although the client came again are dropped. Bands after the fact come from the particles' own pasts (Kitagawa, 1996).

Ratings are exact and would leave few particles; so politeness, which only shades ratings, is not drawn but carried
along as a normal distribution for each particle (Rao–Blackwell: Doucet, de Freitas, Murphy & Russell, 2000).
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple, TypeVar

import jax
import jax.numpy as jnp
from jax import Array
from jax.scipy.special import log_ndtr, logit

from attunement.dyad import model
from attunement.dyad.inference.coder_errors import EXCHANGES
from attunement.dyad.inference.evidence import Evidence
from attunement.dyad.model import NONE, Counts, Pair, State
from attunement.dyad.parameters import Parameters
from attunement.dyad.population import Keys, first_day, nested, pairs

BLOCK = 2_048  # particles that a core's cache holds
STIR = 0.1  # how far traits are moved, in their own spread
IMPOSSIBLE = -1e4  # log-likelihood; finite, so that something is left when nothing fits
Fields = TypeVar("Fields")


class Particles(NamedTuple):
    """Possible therapies before a session, every field (particles,)."""

    state: State
    pair: Pair
    polite: Array  # politeness as far as the ratings tell: mean, and
    unsure: Array  # variance
    start: State
    left: Array  # after the last session


class Step(NamedTuple):
    """What is kept of a session, every field (sessions, particles) or (sessions,)."""

    state: State  # as the session ended, drawn by all that is known up to it
    parent: Array  # whose past it is: the particle's number a session before
    rating: Array  # predicted before anything of the session was known
    distress: Array
    comes: Array  # whether the client comes to this session at all
    leaves: Array  # whether they leave after this session at the latest
    effective: Array  # effective number of particles


class Paths(NamedTuple):
    """Possible therapies, equally likely given all that was observed, and what was predicted on the way."""

    state: State  # (sessions, particles) each
    start: State  # (particles,) each
    pair: Pair
    lineage: Array  # the number of the first-day draw that each comes from
    steps: Step


@partial(jax.jit, static_argnames="particles")
def paths(evidence: Evidence, p: Parameters, key: Array, *, particles: int) -> Paths:
    """Possible therapies given the evidence, forwards and then back along their pasts."""
    who_key, sessions_key = jax.random.split(key)
    keys = jax.random.split(sessions_key, evidence.is_rated.shape[0])
    first = _first(particles, p, who_key)
    last, steps = jax.lax.scan(lambda before, row: _session(before, *row, p), first, (evidence, keys))

    def back(number: Array, step: Step) -> tuple[Array, State]:
        return step.parent[number], jax.tree.map(lambda values: values[number], step.state)

    lineage, states = jax.lax.scan(back, jnp.arange(particles), steps, reverse=True)
    return Paths(states, last.start, _with_politeness(last, who_key), lineage, steps)


def _first(particles: int, p: Parameters, key: Array) -> Particles:
    shared, own, first = jax.random.split(key, 3)
    alone = nested(particles, clients_each=1, therapists_each=1)
    start, pair = first_day(particles, p, first), pairs(alone, p, Keys(shared, own))
    zero = jnp.zeros(particles)
    return Particles(start, pair, zero, zero + p.politeness**2, start, jnp.zeros(particles, bool))


def _session(before: Particles, seen: Evidence, key: Array, p: Parameters) -> tuple[Particles, Step]:
    """One session of all particles, weighted and drawn again."""
    move_key, rating_key, distress_key, draw_key, stir_key, between_key, ahead_key = jax.random.split(key, 7)
    after, counts = _moved(before, p, move_key)
    expected = _expected_rating(after, before.pair, p, rating_key)
    weight = _log_likelihood(before, expected, counts, seen, p)
    weight = jnp.where(before.left & seen.took_place, IMPOSSIBLE, weight)
    parent, effective = _drawn(weight, draw_key)
    step = Step(
        state=_of(after, parent),
        parent=parent,
        rating=model.rating(after, _with_politeness(before, stir_key), p, rating_key),
        distress=model.questionnaire(before.state, p, distress_key),
        comes=~before.left,
        leaves=before.left | model.between(before.state, after, p, ahead_key)[1],
        effective=effective,
    )
    chosen = _stirred(_of(_told(before, expected, seen, p), parent), stir_key)
    state, leaves = model.between(chosen.state, step.state, p, between_key)
    left = leaves | (chosen.left & ~seen.took_place)
    return chosen._replace(state=state, left=left), step


def _moved(before: Particles, p: Parameters, key: Array) -> tuple[State, Counts]:
    """One session, block by block."""
    blocks = jax.tree.map(lambda values: values.reshape(-1, min(BLOCK, values.size)), (before.state, before.pair))
    keys = jax.random.split(key, blocks[0].safety.shape[0])

    def move(block: tuple[tuple[State, Pair], Array]) -> tuple[State, Counts]:
        (state, pair), key = block
        today_key, session_key = jax.random.split(key)
        today = model.today(pair, p, today_key)
        after, counts, _ = model.session(state, pair, today, p, session_key, exchanges=EXCHANGES)
        return after, counts

    moved: tuple[State, Counts] = jax.tree.map(lambda values: values.reshape(-1), jax.lax.map(move, (blocks, keys)))
    return moved


def _expected_rating(after: State, pair: Pair, p: Parameters, key: Array) -> Array:
    """On the logit scale, without chance or politeness."""
    plain = pair._replace(politeness=jnp.zeros_like(pair.politeness))
    return logit(model.rating(after, plain, p._replace(rating_noise=0.0), key) / 10)


def _log_likelihood(before: Particles, expected: Array, counts: Counts, seen: Evidence, p: Parameters) -> Array:
    """Of everything observed at one session, for each particle, whatever its politeness."""
    centre, spread = expected + before.polite, jnp.sqrt(p.rating_noise**2 + before.unsure)
    low, high = ((jnp.asarray(end) - centre) / spread for end in (seen.rating_low, seen.rating_high))
    distress = -0.5 * ((seen.distress - model.felt_distress(before.state, p)) / p.distress_error) ** 2
    open_before = before.state.rupture != NONE
    true = (
        counts.opened,
        counts.opened - counts.met - counts.harmed,
        counts.harmed,
        counts.withdrawals + counts.confrontations + open_before,
        counts.repaired,
    )
    coded = sum(table[jnp.clip(count, 0, EXCHANGES)] for table, count in zip(seen.coded, true, strict=True))
    rating = jnp.where(seen.is_rated, log_probability(low, high), 0.0)
    return jnp.maximum(rating + jnp.where(seen.is_answered, distress, 0.0) + coded, IMPOSSIBLE)


def _told(before: Particles, expected: Array, seen: Evidence, p: Parameters) -> Particles:
    """What a rating tells of politeness: both are normal on the logit scale, so a Kalman step does."""
    gain = before.unsure / (before.unsure + p.rating_noise**2 + seen.rating_width**2 / 12) * seen.is_rated
    surprise = seen.rating_middle - expected - before.polite
    return before._replace(polite=before.polite + gain * surprise, unsure=(1 - gain) * before.unsure)


def _stirred(chosen: Particles, key: Array) -> Particles:
    """The therapist's traits moved a little, their mean and spread kept, so that copies differ (Liu & West, 2001)."""
    attuned, repairing = jax.random.normal(key, (2, *chosen.left.shape))
    attunement = _near(chosen.pair.attunement, attuned)
    repairs = _near(chosen.pair.repairs, repairing)
    return chosen._replace(pair=chosen.pair._replace(attunement=attunement, repairs=repairs))


def _near(values: Array, chance: Array) -> Array:
    mean, spread = jnp.mean(values), jnp.std(values)
    return mean + jnp.sqrt(1 - STIR**2) * (values - mean) + STIR * spread * chance


def _with_politeness(of: Particles, key: Array) -> Pair:
    drawn = of.polite + jnp.sqrt(of.unsure) * jax.random.normal(key, of.polite.shape)
    return of.pair._replace(politeness=drawn)


def log_probability(low: Array, high: Array) -> Array:
    """That a standard normal lies between the two, exact in the tails."""
    mirrored = low > 0
    near, far = jnp.where(mirrored, -low, high), jnp.where(mirrored, -high, low)
    return log_ndtr(near) + jnp.log1p(-jnp.exp(jnp.minimum(log_ndtr(far) - log_ndtr(near), -1e-6)))


def _drawn(log_weight: Array, key: Array) -> tuple[Array, Array]:
    """Numbers of the particles that go on, drawn systematically, and the effective number of particles."""
    weight = jax.nn.softmax(log_weight)
    number = log_weight.shape[0]
    places = (jnp.arange(number) + jax.random.uniform(key)) / number
    drawn = jnp.searchsorted(jnp.cumsum(weight), places)
    return jnp.clip(drawn, 0, number - 1), 1 / jnp.sum(weight**2)


def _of(fields: Fields, numbers: Array) -> Fields:
    """These particles, in every field."""
    chosen: Fields = jax.tree.map(lambda values: values[numbers], fields)
    return chosen
