"""What a therapist does with what they see: policies, small functions that a user can write.

A policy takes what lies before the therapist when a session begins (`Seen`) and the parameters, and answers how this
session differs from the usual (`Response`). Arrays have one entry a dyad. JAX traces the function, so it decides with
`jnp.where`, not with `if`:

    def ask_when_low(seen: Seen, p: Parameters) -> Response:
        return Response(taking_up=jnp.where(seen.rating < 6, 2.0, 0.0))

    simulate(1000, policy=ask_when_low)
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import jax.numpy as jnp
from jax import Array

from attunement.dyad.model import EXTREME
from attunement.dyad.parameters import Parameters
from attunement.errors import InputError

ALWAYS, NEVER = EXTREME, -EXTREME


class Seen(NamedTuple):
    """What lies before the therapist when a session begins, every field but the first (dyads,)."""

    session: Array  # number of the session that begins, from 1
    rating: Array  # after the last session, 0–10; 10 while there is none
    rating_before: Array  # after the one before
    rating_best: Array  # the highest so far; 0 while there is none
    questionnaire: Array  # distress today, SD of clients at intake
    questionnaire_first: Array  # at intake
    off_track: Array  # distress today is further above the expected course than the margin
    warned: Array  # that is so now or was so before
    changed: Array  # the therapist has changed


class Response(NamedTuple):
    """How this session differs from the usual, each a number or (dyads,)."""

    attunement: Array | float = 0.0  # log-odds added to meeting an opening
    taking_up: Array | float = 0.0  # log-odds added to a rupture being taken up at an exchange; ALWAYS, NEVER
    repairing: Array | float = 0.0  # log-odds added to a repair succeeding
    changes: Array | bool = False  # another therapist takes over from this session on


Policy = Callable[[Seen, Parameters], Response]


def nothing(seen: Seen, p: Parameters) -> Response:
    """The therapist sees nothing of what the client answers."""
    return Response()


def feedback(seen: Seen, p: Parameters) -> Response:
    """The therapist sees every answer and attunes a little better; warned, they look for what went wrong too."""
    return Response(attunement=p.feedback_attune, taking_up=p.feedback_notice * seen.off_track)


def support(seen: Seen, p: Parameters) -> Response:
    """Feedback with support tools: from the first warning on, what to ask and do about the alliance is at hand."""
    return Response(
        attunement=p.feedback_attune + p.support_attune * seen.warned,
        taking_up=p.feedback_notice * seen.off_track + p.support_notice * seen.warned,
        repairing=p.training_repair * seen.warned,
    )


def change_early(seen: Seen, p: Parameters) -> Response:
    """Another therapist from session 4 on when the client rates the alliance below 5."""
    return Response(changes=(seen.session == 4) & (seen.rating < 5) & ~seen.changed)


def taken_up(session: int) -> Policy:
    """What-if: a rupture that is open in this session (numbered from 1) is taken up, at its next exchange."""
    return _in_session(session, ALWAYS)


def not_taken_up(session: int) -> Policy:
    """What-if: a rupture that is open in this session (numbered from 1) is let pass."""
    return _in_session(session, NEVER)


def may_change(policy: Policy, p: Parameters) -> bool:
    """Whether another therapist may take over under this policy.

    Raises:
        InputError: when it is no policy.
    """
    if not callable(policy):
        raise InputError(f"A policy is a function of what is seen and the parameters, not {policy!r}.")
    somebody = jnp.zeros(1)
    response = policy(Seen(jnp.array(1), *([somebody] * 5), *([somebody > 0] * 3)), p)
    if not isinstance(response, Response):
        raise InputError("A policy returns a Response (attunement.dyad.policies).")
    return response.changes is not False


@cache
def _in_session(session: int, log_odds: float) -> Policy:
    def policy(seen: Seen, p: Parameters) -> Response:
        return Response(taking_up=jnp.where(seen.session == session, log_odds, 0.0))

    return policy
