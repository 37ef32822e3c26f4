r"""The loop between therapist and client, on one page.

State of a dyad: felt safety $s$ and strength of the old expectation $b$ (both 0–1), strain $t$ (0 none, 1 a rupture),
rupture $r$ (none, withdrawal, confrontation), distress $d$ (SD of clients at intake, high is bad). $\sigma$ is the
logistic function. Names on the right are those of the table in `parameters`.

**One exchange.** The client opens, the therapist meets it, misses it, or hurts:

    p(open) = σ(open_base + open_safety·s − open_expectation·b − open_strain·t)    · open_withdrawn in a withdrawal
    p(met)  = a           p(harm) = harm_share·(1 − a)                             a: this therapist's attunement, today

The client had expected to be met with probability 1 − b. The difference is the prediction error (Rescorla & Wagner,
1972), and it teaches as far as the client was exposed and moved, x = s·(1 − t)₊ times what the work exposes
(`exposure`, 1 in experiential work, small where only insight is sought: Foa & Kozak, 1986):

    met     b ← b − learn·x·b                      s ← s + safety_met·(1 − s)
    missed  b ← b + learn·x·miss_teaches·(1 − b)   s ← s − safety_missed·s          t ← t + strain_missed
    harmed  b ← b + learn·x·harm_teaches·(1 − b)   s ← s − safety_harmed·s          t ← t + strain_harmed
    always                                                                          t ← (1 − strain_eases)·t

**Rupture and repair** (Safran & Muran, 2000). When t passes 1 there is a rupture, of the client's usual kind. At each
exchange the therapist notices it with p(notice | kind), or the client names it with names_it·s. Then it is taken up;
what a condition adds (log-odds) shifts that probability:

    repaired  b ← b − learn·repair_teaches·b       s ← s + safety_repaired·(1 − s)  t ← 0,  r ← none
    failed                                         s ← s − safety_failed·s          t ← t + strain_failed
    until then                                                                      t ≥ rupture_holds

A repair is the largest error of all: the client expected to be punished. It needs no further opening: the rupture is
one.

**Between sessions** distress follows the expectation; strain is kept in part, an open rupture wholly:

    d ← d + relief·Δb − recovery + distress_noise·ε + life_event_size·[life event]
    p(leave) = σ(leave_base + leave_strain·t − leave_safety·(s − ½) + leave_confronted·[r = confrontation])

**Reports** are noisy and polite (Flückiger et al., 2018, on ceilings):

    rating = 10·σ(rating_base + rating_safety·s − rating_strain·t + politeness·(the client's own) + rating_noise·ε)
    questionnaire = d + strain_hurts·t + distress_error·ε
"""

from __future__ import annotations

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
from jax import Array
from jax.extend.random import threefry_2x32
from jax.nn import sigmoid

from attunement.dyad.parameters import Parameters

NONE, WITHDRAWAL, CONFRONTATION = 0, 1, 2
EXTREME = 30.0  # log-odds beyond which nothing is left to chance
Shift = Array | float
Numbers = Any  # an array: JAX's while the model runs, NumPy's in `Courses`


class State(NamedTuple):
    """Where dyads stand; every field (dyads,)."""

    safety: Numbers
    expectation: Numbers
    strain: Numbers
    rupture: Numbers
    distress: Numbers


class Pair(NamedTuple):
    """What stays the same over a therapy, a row a dyad: client, therapist, and how they are together."""

    attunement: Numbers  # log-odds of meeting an opening
    notices_withdrawal: Numbers  # probability per exchange
    notices_confrontation: Numbers
    repairs: Numbers  # log-odds that a repair succeeds
    withdraws: Numbers  # probability that a rupture is a withdrawal
    politeness: Numbers  # logit of the rating scale
    exposure: Numbers  # 0–1, how far the work exposes


class Today(NamedTuple):
    """What this session brings to a pair, every field (dyads,)."""

    attunement: Numbers  # probability of meeting an opening
    repairs: Numbers  # probability that a repair succeeds
    taking_up: Numbers  # odds ratio of a rupture being taken up; 1 is usual


class Counts(NamedTuple):
    """What happened in one session, every field (dyads,)."""

    opened: Numbers
    met: Numbers
    harmed: Numbers
    withdrawals: Numbers
    confrontations: Numbers
    noticed: Numbers
    repaired: Numbers
    failed: Numbers

    @classmethod
    def zero(cls, dyads: int) -> Counts:
        """Nothing yet."""
        return cls(*(jnp.zeros(dyads, jnp.uint8),) * len(cls._fields))


class Reports(NamedTuple):
    """What the client answers to, every field (dyads,)."""

    rating: Numbers  # of the alliance, after the session, 0–10, high is good
    questionnaire: Numbers  # distress before the session, with its error, high is bad


def chance(key: Array, exchanges: int, dyads: int) -> Array:
    """32 random bits for each exchange of a session, drawn at once: random numbers are half of the model's cost."""
    counter = jnp.arange(exchanges * dyads + exchanges * dyads % 2, dtype=jnp.uint32)
    bits: Array = threefry_2x32(jax.random.key_data(key), counter)
    return bits[: exchanges * dyads].reshape(exchanges, dyads)


def two_uniforms(bits: Array) -> tuple[Array, Array]:
    """Two independent numbers between 0 and 1 from 32 bits, in steps of 1/65536."""
    low, high = bits & 0xFFFF, bits >> 16
    return (low.astype(jnp.float32) + 0.5) / 65536, (high.astype(jnp.float32) + 0.5) / 65536


def exchange(
    state: State, counts: Counts, pair: Pair, today: Today, p: Parameters, bits: Array
) -> tuple[State, Counts, Counts]:
    """One opening or none, and what becomes of it; a rupture that is there may be taken up. Also what happened."""
    u, v = two_uniforms(bits)
    s, b, t, r, d = state

    opens = sigmoid(p.open_base + p.open_safety * s - p.open_expectation * b - p.open_strain * t)
    opens = jnp.where(r == WITHDRAWAL, p.open_withdrawn * opens, opens)
    is_met = u < opens * today.attunement
    is_open = u < opens
    is_harmed = is_open & (u >= opens * (1 - p.harm_share * (1 - today.attunement)))
    is_missed = is_open & ~is_met & ~is_harmed

    noticing = jnp.where(r == WITHDRAWAL, pair.notices_withdrawal, pair.notices_confrontation)
    taken_up = (r != NONE) * (1 - (1 - noticing) * (1 - p.names_it * s))
    taken_up = taken_up * today.taking_up / (1 + taken_up * (today.taking_up - 1))
    is_repaired = v < taken_up * today.repairs
    is_failed = (v < taken_up) & ~is_repaired

    teaches = p.learn * s * jnp.clip(1 - t, 0, 1) * pair.exposure
    b = b - teaches * is_met * b + teaches * (p.miss_teaches * is_missed + p.harm_teaches * is_harmed) * (1 - b)
    b = b - jnp.minimum(p.learn * p.repair_teaches, 1.0) * is_repaired * b
    s = s + (p.safety_met * is_met + p.safety_repaired * is_repaired) * (1 - s)
    s = s - (p.safety_missed * is_missed + p.safety_harmed * is_harmed + p.safety_failed * is_failed) * s
    t = (1 - p.strain_eases) * t + p.strain_missed * is_missed + p.strain_harmed * is_harmed
    t = jnp.maximum(t + p.strain_failed * is_failed, p.rupture_holds * (r != NONE))
    t = jnp.where(is_repaired, 0.0, t)

    breaks = (r == NONE) & (t > 1)
    kind = jnp.where(v < pair.withdraws, WITHDRAWAL, CONFRONTATION)  # v is free: nothing was taken up here
    r = jnp.where(is_repaired, NONE, jnp.where(breaks, kind, r))
    s, b = jnp.clip(s, 0, 1), jnp.clip(b, 0, 1)
    happened = Counts(
        is_open, is_met, is_harmed, breaks & (kind == WITHDRAWAL), breaks & (kind == CONFRONTATION),
        is_repaired | is_failed, is_repaired, is_failed,
    )  # fmt: skip
    return State(s, b, t, r, d), Counts(*(count + did for count, did in zip(counts, happened, strict=True))), happened


def today(
    pair: Pair, p: Parameters, key: Array, attunement: Shift = 0.0, taking_up: Shift = 0.0, repairing: Shift = 0.0
) -> Today:
    """How the therapist is in this session: tired or fresh, and what is done differently (log-odds added)."""
    fatigue = p.fatigue_spread * jax.random.normal(key, pair.attunement.shape)
    return Today(
        attunement=sigmoid(pair.attunement + fatigue + attunement),
        repairs=sigmoid(pair.repairs + repairing),
        taking_up=jnp.exp(jnp.clip(taking_up + jnp.zeros_like(fatigue), -EXTREME, EXTREME)),
    )


def session(
    state: State, pair: Pair, today: Today, p: Parameters, key: Array, *, exchanges: int, keep: bool = False
) -> tuple[State, Counts, Counts | None]:
    """One session: the state at its end, how often what happened, and with `keep` what happened at each exchange."""

    dyads = state.safety.shape[0]

    def step(carry: tuple[State, Counts], bits: Array) -> tuple[tuple[State, Counts], Counts | None]:
        state, counts, happened = exchange(*carry, pair, today, p, bits)
        return (state, counts), happened if keep else None

    start = (state, Counts.zero(dyads))
    (state, counts), happened = jax.lax.scan(step, start, chance(key, exchanges, dyads))
    return state, counts, happened


def between(before: State, after: State, p: Parameters, key: Array) -> tuple[State, Array]:
    """What happens until the next session: the state then, and who does not come any more."""
    life_key, key = jax.random.split(key)
    event, leave = jax.random.uniform(key, (2, *after.distress.shape))
    s, b, t, r, d = after
    is_open = r != NONE
    d = d + p.relief * (b - before.expectation) - p.recovery
    d = d + p.distress_noise * jax.random.normal(life_key, d.shape)
    d = d + p.life_event_size * (event < p.life_event)
    leaves = p.leave_base + p.leave_strain * t - p.leave_safety * (s - 0.5) + p.leave_confronted * (r == CONFRONTATION)
    left = leave < sigmoid(leaves)
    return State(s, b, jnp.where(is_open, t, p.strain_kept * t), r, d), left


def rating(state: State, pair: Pair, p: Parameters, key: Array) -> Array:
    """The alliance as the client rates it after a session, 0–10."""
    latent = p.rating_base + p.rating_safety * state.safety - p.rating_strain * state.strain + pair.politeness
    return 10 * sigmoid(latent + p.rating_noise * jax.random.normal(key, latent.shape))


def questionnaire(state: State, p: Parameters, key: Array) -> Array:
    """Distress as the client reports it: as it is felt, with the questionnaire's error."""
    error = p.distress_error * jax.random.normal(key, state.distress.shape)
    reported: Array = felt_distress(state, p) + error
    return reported


def felt_distress(state: State, p: Parameters) -> Array:
    """Distress as it is felt just then: coloured by the strain that is left."""
    felt: Array = state.distress + p.strain_hurts * state.strain
    return felt
