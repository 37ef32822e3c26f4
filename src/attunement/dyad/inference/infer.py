"""One therapy in, what can be said about its course out."""

from __future__ import annotations

import jax
import numpy as np
from jax import Array
from jax.nn import sigmoid

from attunement.dyad.inference.coder_errors import FINDER, CoderErrors
from attunement.dyad.inference.evidence import evidence_of
from attunement.dyad.inference.fit import warning
from attunement.dyad.inference.inferred import Bands, Inferred
from attunement.dyad.inference.observed import Observed
from attunement.dyad.inference.particles import BLOCK, Paths, paths
from attunement.dyad.model import NONE
from attunement.dyad.parameters import DEFAULT, Parameters, checked
from attunement.errors import InputError

FEWEST_SESSIONS, MOST_SESSIONS = 3, 300
PARTICLES = 16 * BLOCK


def why_not(observed: Observed) -> str | None:
    """Why nothing is inferred of this therapy, in a sentence; None when something can be."""
    known = len(observed.known)
    if observed.sessions > MOST_SESSIONS:
        return f"The last session known is number {observed.sessions}; the model looks at {MOST_SESSIONS} at most."
    if known >= FEWEST_SESSIONS:
        return None
    sessions = "session" if known == 1 else "sessions"
    return (
        f"Something is known of {known or 'no'} {sessions}; the model says nothing before {FEWEST_SESSIONS} sessions "
        "with a rating, a questionnaire or a coded transcript."
    )


def infer(
    observed: Observed,
    *,
    parameters: Parameters = DEFAULT,
    errors: CoderErrors = FINDER,
    particles: int = PARTICLES,
    seed: int = 0,
) -> Inferred | None:
    """How safety, strain and the old expectation moved, given everything observed, with credible bands.

    The therapy is taken to be one of the model's, at these parameters, in which the therapist sees no answers. The same
    input and seed give the same answer. The first call takes some seconds longer, to compile.

    Args:
        observed: answers and coded sessions; the client is taken to have come to all sessions up to the last known.
        parameters: see `attunement.dyad.parameters`.
        errors: of whoever coded the sessions.
        particles: simulated therapies; more of them, a more exact answer.
        seed: all chance comes from it.

    Returns:
        None when fewer than three sessions are known, or sessions past 300; `why_not` says it in words.

    Raises:
        InputError: when a parameter is impossible or the number of particles is no multiple of 2048.
    """
    if particles < BLOCK or particles % BLOCK:
        raise InputError(f"The number of particles is a multiple of {BLOCK}, not {particles}.")
    if why_not(observed):
        return None
    found = paths(evidence_of(observed, errors), checked(parameters), jax.random.key(seed), particles=particles)
    return _summary(observed, jax.tree.map(np.asarray, found))


def _summary(observed: Observed, found: Paths) -> Inferred:
    sessions = observed.sessions
    state, steps = jax.tree.map(lambda values: values[:sessions], found.state), found.steps
    comes = np.asarray(steps.comes[sessions])
    return Inferred(
        safety=Bands.of(state.safety),
        expectation=Bands.of(state.expectation),
        strain=Bands.of(state.strain),
        rupture_open=np.mean(state.rupture != NONE, axis=-1),
        traits=_traits(found),
        next_rating=Bands.of(np.asarray(steps.rating[sessions])[comes]),
        next_distress=Bands.of(np.asarray(steps.distress[sessions])[comes]),
        ending_within_two=float(np.mean(steps.leaves[sessions])),
        effective=np.asarray(steps.effective[:sessions], np.float64),
        lineages=len(np.unique(found.lineage)),
        warning=warning(observed, found),
    )


def _traits(found: Paths) -> dict[str, Bands]:
    return {name: Bands.of(np.asarray(draws)) for name, draws in traits_of(found).items()}


def traits_of(found: Paths) -> dict[str, Array]:
    """Draws of what stays the same over the therapy, by name."""
    return {
        "attunement": sigmoid(found.pair.attunement),
        "repairs": sigmoid(found.pair.repairs),
        "politeness": found.pair.politeness,
        "first_safety": found.start.safety,
        "first_expectation": found.start.expectation,
    }
