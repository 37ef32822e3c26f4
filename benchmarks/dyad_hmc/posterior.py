"""One therapy as a density that can be differentiated, sampled by the No-U-Turn Sampler (Hoffman & Gelman, 2014).

What is sampled: the pair's traits, the first day, and for each session safety, expectation, distress, and the place of
strain within what it can be, all as steps of about one unit. The rupture's kind is not sampled but summed over,
forwards through the sessions (as in a hidden Markov model), and drawn afterwards, backwards. Reports have the model's
own likelihood, those of coded sessions nearly that of the filter.
"""

from __future__ import annotations

import time
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jax.nn import log_softmax, sigmoid
from jax.scipy.special import logit, logsumexp
from jax.scipy.stats import norm
from numpyro.infer.hmc import hmc

from attunement.dyad.inference.evidence import Evidence
from attunement.dyad.inference.particles import log_probability
from attunement.dyad.model import CONFRONTATION, NONE, Pair, State
from attunement.dyad.parameters import DEFAULT as P
from benchmarks.dyad_hmc.surrogate import KINDS, LITTLE, QUANTILES, Surrogate, plain, quadratics

CHAINS, WARM_UP, DRAWS, DEEPEST = 2, 250, 250, 6  # draws of each chain
SAFETY_STEP, EXPECTATION_STEP = 0.4, 0.08  # about how far a session moves their logits
NARROWEST = 0.02  # spread of a logit after a session
START = 0.2  # chains begin this near to a therapy in which nothing surprising happens
TRAITS, FIRST = 6, 3
MISSED, EPISODES = 1, (2, 3, 4)  # rows of the coder's table of likelihoods: harmed, ruptures, repairs
WORTH = 10.0  # log-likelihood below the best that still counts


class Seen(NamedTuple):
    """What was observed, (sessions,) each."""

    rating_low: Array  # logit of the 0–10 scale
    rating_high: Array
    is_rated: Array
    distress: Array
    is_answered: Array
    missed: Array  # moments missed as the coder's count has them most likely, and
    missed_error: Array  # how far off that is; infinite where nothing was counted
    log_episodes: Array  # of what else was coded, (sessions, kinds before, kinds after)


class Course(NamedTuple):
    """One possible therapy; (sessions,), safety and expectation as logits at the end of a session."""

    safety: Array
    expectation: Array
    distress: Array  # as the session began
    strain: Array  # if the rupture is of this kind, (sessions, kinds)
    log_steps: Array  # of everything, by rupture before and after, (sessions, kinds, kinds)
    start: tuple[Array, Array]
    pair: Pair


def seen(evidence: Evidence, surrogate: Surrogate, sessions: int) -> Seen:
    """The evidence of the first sessions as the density takes it."""
    rows: Evidence = jax.tree.map(lambda values: np.asarray(values)[:sessions], evidence)
    episodes = surrogate.episodes + rows.coded[:, None, None, EPISODES, :]
    missed, error = zip(*map(_as_normal, rows.coded[:, MISSED]), strict=True)
    return Seen(
        rows.rating_low, rows.rating_high, rows.is_rated, rows.distress, rows.is_answered,
        np.array(missed), np.array(error), np.log(np.exp(episodes).sum(-1)).sum(-1),
    )  # fmt: skip


def _as_normal(log_likelihood: Any) -> tuple[float, float]:
    """Centre and spread of a count's likelihood."""
    if np.ptp(log_likelihood) == 0:
        return 0.0, np.inf
    near = np.flatnonzero(log_likelihood > log_likelihood.max() - WORTH)
    bend, slope, _ = np.polyfit(near, log_likelihood[near], 2)
    return -slope / (2 * bend), (-1 / (2 * bend)) ** 0.5


def log_density(z: dict[str, Array], shown: Seen, surrogate: Surrogate) -> Array:
    """Of one point."""
    unit = sum((norm.logpdf(z[name]).sum() for name in ("traits", "first", "strain")), jnp.array(0.0))
    return unit + logsumexp(_forwards(_course(shown, surrogate, z).log_steps)[-1])


def _start(sessions: int, key: Array) -> dict[str, Array]:
    sizes = {"traits": TRAITS, "first": FIRST} | dict.fromkeys(
        ("safety", "expectation", "strain", "distress"), sessions
    )
    keys = jax.random.split(key, len(sizes))
    return {
        name: START * jax.random.normal(key, (size,)) for (name, size), key in zip(sizes.items(), keys, strict=True)
    }


def _course(shown: Seen, w: Surrogate, z: dict[str, Array]) -> Course:
    pair = _pair(z["traits"])
    first = logit(P.safety_mean) + P.safety_spread * z["first"][0]
    held = logit(P.expectation_mean) + P.expectation_spread * z["first"][1]
    safety = first + jnp.cumsum(SAFETY_STEP * z["safety"])
    expectation = held + jnp.cumsum(EXPECTATION_STEP * z["expectation"])
    s0, b0 = (jnp.append(start, ends[:-1]) for start, ends in ((first, safety), (held, expectation)))
    strain = _strain(w, safety, expectation, pair.attunement, z["strain"])
    kept = jnp.vstack([jnp.zeros(KINDS), strain[:-1] * jnp.array([P.strain_kept, 1.0, 1.0])])
    distress, log_life = _distress(z["first"][2], z["distress"], sigmoid(expectation), sigmoid(b0))
    log_steps = (
        _log_rupture(w, s0, b0, kept, pair)
        + _log_ends(w, s0, b0, kept, pair, safety, expectation)
        + _log_missed(w, shown, s0, safety, b0, strain, pair)
        + shown.log_episodes
        + _log_distress(shown, distress, kept)[:, :, None]
        + (_log_rating(shown, safety, strain, pair) + _log_stays(safety, strain))[:, None, :]
        + log_life[:, None, None]
    )
    return Course(safety, expectation, distress, strain, log_steps, (first, held), pair)


def _pair(z: Array) -> Pair:
    clinic, attunes, skilled, vigilant, withdraws, polite = z
    skill = P.skill_spread * skilled + P.clinic_spread * clinic
    vigilance = skill + P.skill_spread * vigilant
    return Pair(
        attunement=logit(P.attunement_mean)
        + P.clinic_spread * clinic
        + (P.attunement_spread**2 + P.fit_spread**2) ** 0.5 * attunes,
        notices_withdrawal=sigmoid(logit(P.notices_withdrawal) + vigilance),
        notices_confrontation=sigmoid(logit(P.notices_confrontation) + vigilance),
        repairs=logit(P.repairs) + skill,
        withdraws=sigmoid(logit(P.withdraws) + P.withdraws_spread * withdraws),
        politeness=P.politeness * polite,
        exposure=jnp.array(1.0),
    )


def _strain(w: Surrogate, safety: Array, expectation: Array, attunement: Array, place: Array) -> Array:
    """(sessions, kinds): the same place in what strain can be, whichever rupture there is."""
    features = quadratics(jnp, safety, expectation, jnp.full_like(safety, attunement))
    left = jnp.stack([jnp.interp(place, QUANTILES, row) for row in w.strain_residual], axis=-1)
    return jnp.exp(features @ jnp.asarray(w.strain).T + left) - LITTLE


def _distress(first: Array, steps: Array, after: Array, before: Array) -> tuple[Array, Array]:
    """Distress as each session begins, and the log density of its steps; the last step lies ahead and is only noise."""
    moved = P.distress_noise * steps
    drift = P.relief * (after - before) - P.recovery
    distress = first + jnp.append(0.0, jnp.cumsum((drift + moved)[:-1]))
    calm, hard = (norm.logpdf(moved, event * P.life_event_size, P.distress_noise) for event in (0, 1))
    return distress, jnp.logaddexp(jnp.log1p(-P.life_event) + calm, jnp.log(P.life_event) + hard)


def _log_rupture(w: Surrogate, s0: Array, b0: Array, kept: Array, pair: Pair) -> Array:
    traits = (pair.attunement, logit(pair.notices_withdrawal), logit(pair.notices_confrontation))
    traits += (pair.repairs, logit(pair.withdraws))
    rows = []
    for r in range(KINDS):
        full = (jnp.full_like(s0, trait) for trait in traits)
        rows.append(log_softmax(quadratics(jnp, s0, b0, kept[:, r], *full) @ jnp.asarray(w.rupture[r]).T, axis=-1))
    log_chances = jnp.stack(rows, axis=1)
    return log_chances.at[0, NONE + 1 :].set(-jnp.inf)  # nobody comes with a rupture


def _log_ends(w: Surrogate, s0: Array, b0: Array, kept: Array, pair: Pair, safety: Array, expectation: Array) -> Array:
    attunement = jnp.full_like(s0, pair.attunement)[:, None]
    columns = (s0[:, None] + 0 * kept, b0[:, None] + 0 * kept, kept, attunement + 0 * kept)
    mean = jnp.einsum("trf,rajf->traj", quadratics(jnp, *columns), jnp.asarray(w.end))
    spread = jnp.exp(jnp.einsum("trf,rajf->traj", plain(jnp, *columns), jnp.asarray(w.end_spread))) + NARROWEST
    one, other = jnp.moveaxis((jnp.stack([safety, expectation], -1)[:, None, None] - mean) / spread, -1, 0)
    rho = jnp.clip(jnp.asarray(w.end_correlation), -0.95, 0.95)
    apart = (one**2 - 2 * rho * one * other + other**2) / (1 - rho**2)
    return -apart / 2 - jnp.log(spread).sum(-1) - jnp.log1p(-(rho**2)) / 2 - jnp.log(2 * jnp.pi)


def _log_missed(w: Surrogate, shown: Seen, s0: Array, safety: Array, b0: Array, strain: Array, pair: Pair) -> Array:
    full = (s0[:, None] + 0 * strain, safety[:, None] + 0 * strain, b0[:, None] + 0 * strain, strain)
    features = quadratics(jnp, *full, jnp.full_like(strain, pair.attunement))
    mean = jnp.einsum("taf,raf->tra", features, jnp.asarray(w.missed))
    is_coded = jnp.isfinite(shown.missed_error)
    error = jnp.where(is_coded, shown.missed_error, 0.0)[:, None, None]
    spread = jnp.sqrt(error**2 + jnp.asarray(w.missed_spread) ** 2)
    return jnp.where(is_coded[:, None, None], norm.logpdf(shown.missed[:, None, None], mean, spread), 0.0)


def _log_distress(shown: Seen, distress: Array, kept: Array) -> Array:
    felt = distress[:, None] + P.strain_hurts * kept
    said = norm.logpdf(shown.distress[:, None], felt, P.distress_error)
    return jnp.where(shown.is_answered[:, None], said, 0.0)


def _log_rating(shown: Seen, safety: Array, strain: Array, pair: Pair) -> Array:
    centre = P.rating_base + P.rating_safety * sigmoid(safety)[:, None] - P.rating_strain * strain + pair.politeness
    low, high = ((end[:, None] - centre) / P.rating_noise for end in (shown.rating_low, shown.rating_high))
    return jnp.where(shown.is_rated[:, None], log_probability(low, high), 0.0)


def _log_stays(safety: Array, strain: Array) -> Array:
    """After every session but the last known."""
    confronts = jnp.arange(KINDS) == CONFRONTATION
    leaves = P.leave_base + P.leave_strain * strain - P.leave_safety * (sigmoid(safety)[:, None] - 0.5)
    stays = jax.nn.log_sigmoid(-(leaves + P.leave_confronted * confronts))
    return stays.at[-1].set(0.0)


def _forwards(log_steps: Array) -> Array:
    """Log chance of each kind of rupture after each session together with all reports so far, (sessions, kinds)."""

    def step(before: Array, row: Array) -> tuple[Array, Array]:
        after = logsumexp(before[:, None] + row, axis=0)
        return after, after

    begins = jnp.array([0.0, *[-1e9] * (KINDS - 1)])
    found: Array = jax.lax.scan(step, begins, jnp.maximum(log_steps, -1e9))[1]
    return found


def _backwards(course: Course, key: Array) -> Array:
    """A kind of rupture for each session, drawn from the last to the first."""
    log_chances = _forwards(course.log_steps)
    last_key, *keys = jax.random.split(key, len(log_chances))
    last = jax.random.categorical(last_key, log_chances[-1])

    def step(after: Array, row: tuple[Array, Array, Array]) -> tuple[Array, Array]:
        chance, log_step, key = row
        before = jax.random.categorical(key, chance + jnp.maximum(log_step[:, after], -1e9))
        return before, before

    rows = (log_chances[:-1], course.log_steps[1:], jnp.stack(keys))
    return jnp.append(jax.lax.scan(step, last, rows, reverse=True)[1], last)


class Sampled(NamedTuple):
    """Possible therapies of one client, (draws, sessions) and (draws,), and whether the chains agree."""

    state: State
    start: State
    pair: Pair
    r_hat: float  # the largest
    effective: float  # the fewest draws
    divergences: int
    seconds: float  # of processor, once compiled


def sample(shown: list[Seen], surrogate: Surrogate, *, seed: int = 0) -> list[Sampled]:
    """Several therapies of the same length at once, which costs less than one after the other."""
    key = jax.random.key(seed)
    together = jax.tree.map(lambda *values: jnp.stack([jnp.asarray(value) for value in values]), *shown)
    inputs = together, surrogate, jax.random.split(key, (len(shown), CHAINS))
    compiled = _run.lower(*inputs).compile()
    began = time.process_time()
    chains, diverging = jax.tree.map(np.asarray, compiled(*inputs))
    seconds = (time.process_time() - began) / len(shown)
    return [
        _sampled(
            one, surrogate, {name: values[place] for name, values in chains.items()}, diverging[place], seconds, key
        )
        for place, one in enumerate(shown)
    ]


@jax.jit
def _run(together: Seen, surrogate: Surrogate, keys: Array) -> tuple[dict[str, Array], Array]:
    """Draws and which steps diverged: (clients, chains, draws, …)."""
    begin, advance = hmc(potential_fn_gen=lambda shown: lambda z: -log_density(z, shown, surrogate), algo="NUTS")

    def chain(shown: Seen, key: Array) -> Any:
        start_key, run_key = jax.random.split(key)
        start = _start(shown.is_rated.shape[0], start_key)
        state = begin(
            start, WARM_UP, target_accept_prob=0.9, max_tree_depth=DEEPEST, model_args=(shown,), rng_key=run_key
        )

        def step(state: Any, _: None) -> tuple[Any, Any]:
            state = advance(state, (shown,))
            return state, (state.z, state.diverging)

        return jax.lax.scan(step, state, None, length=WARM_UP + DRAWS)[1]

    each = jax.vmap(jax.vmap(chain, in_axes=(None, 0)))(together, keys)
    kept: tuple[dict[str, Array], Array] = jax.tree.map(lambda values: values[:, :, WARM_UP:], each)
    return kept


def _sampled(shown: Seen, w: Surrogate, chains: dict[str, Any], diverging: Any, seconds: float, key: Array) -> Sampled:
    from numpyro.diagnostics import summary

    told = summary(chains, group_by_chain=True).values()
    draws = {name: values.reshape(-1, *values.shape[2:]) for name, values in chains.items()}
    therapies = jax.tree.map(np.asarray, _therapies(shown, w, draws, key))
    return Sampled(
        *therapies,
        float(max(np.max(each["r_hat"]) for each in told)),
        float(min(np.min(each["n_eff"]) for each in told)),
        int(diverging.sum()),
        seconds,
    )


@jax.jit
def _therapies(shown: Seen, w: Surrogate, draws: dict[str, Array], key: Array) -> tuple[State, State, Pair]:
    """All sampled therapies as the model's own states."""

    def one(z: dict[str, Array], key: Array) -> tuple[State, State, Pair]:
        course = _course(shown, w, z)
        rupture = _backwards(course, key)
        strain = jnp.take_along_axis(course.strain, rupture[:, None], axis=1)[:, 0]
        state = State(sigmoid(course.safety), sigmoid(course.expectation), strain, rupture, course.distress)
        s0, b0 = map(sigmoid, course.start)
        start = State(s0, b0, jnp.zeros_like(s0), jnp.full_like(rupture[0], NONE), course.distress[0])
        return state, start, course.pair

    return jax.vmap(one)(draws, jax.random.split(key, len(draws["traits"])))
