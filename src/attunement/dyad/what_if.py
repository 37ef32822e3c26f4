"""What if this rupture had been taken up? The same client, the same luck, and one session done in two ways.

The courses are the same until that session. After it chance still falls alike wherever the two states allow it, but one
pair of courses is one roll of the dice; what the choice does on the whole is counted over all clients who had a rupture
open at that session (`Everyone`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from attunement.dyad.courses import Courses
from attunement.dyad.model import NONE, WITHDRAWAL
from attunement.dyad.parameters import DEFAULT, Parameters
from attunement.dyad.policies import Policy, not_taken_up, taken_up
from attunement.dyad.simulate import simulate
from attunement.errors import InputError

POPULATION = 8_192  # clients who could be at this point
TAKEN_UP, LET_PASS = "taken up", "let pass"


@dataclass(frozen=True, slots=True)
class Everyone:
    """All clients with a rupture open at that session, done in one way: how many, and what became of them.

    `left` is the share that leaves early, `repaired` the share whose rupture is repaired in that session, `safety` and
    `expectation` (0–1) and `distress` (SD at intake, high is bad) are means after the last session.
    """

    clients: int
    left: float
    repaired: float
    safety: float
    expectation: float
    distress: float


@dataclass(frozen=True)
class WhatIf:
    """One client twice. `courses` and `everyone` are by the way in which session `session` (from 1) was done.

    `client` is the number in the simulated population, from 1; `kind` the rupture that was open as the session began.
    """

    client: int
    session: int
    kind: str
    courses: dict[str, Courses]
    everyone: dict[str, Everyone]


def what_if(
    client: int | None = None,
    session: int | None = None,
    *,
    policies: Mapping[str, Policy] | None = None,
    sessions: int = 20,
    exchanges: int = 40,
    parameters: Parameters = DEFAULT,
    seed: int = 0,
) -> WhatIf:
    """One client's therapy in two ways that differ from `session` on.

    Args:
        client: number from 1; without it the first who has a rupture open as `session` begins, in the first half of
            therapy, and who stays at least three sessions more in both courses.
        session: from 2; without it the first session of this client that begins with a rupture open.
        policies: two ways by name, in place of taking the rupture up and letting it pass in that session.
        sessions: planned.
        exchanges: in each session.
        parameters: see `attunement.dyad.parameters`.
        seed: who the clients are and how chance falls.

    Raises:
        InputError: when there is no such client or session, or no rupture is open as it begins.
    """
    if policies is not None and len(policies) != 2:
        raise InputError(f"A what-if sets two ways side by side, not {len(policies)}.")
    if sessions < 2:
        raise InputError("A what-if needs at least two sessions: the rupture is of an earlier one.")
    if client is not None and not 1 <= client <= POPULATION:
        raise InputError(f"Clients are numbered from 1 to {POPULATION}, not {client}.")
    if session is not None and not 2 <= session <= sessions:
        raise InputError(f"The session lies between 2 and {sessions}, not at {session}.")
    run = partial(simulate, POPULATION, sessions=sessions, exchanges=exchanges, parameters=parameters, seed=seed)
    session = session or _session(run(), client)
    ways = policies or {TAKEN_UP: taken_up(session), LET_PASS: not_taken_up(session)}
    courses = {name: run(policy=policy) for name, policy in ways.items()}
    begins = [begins_with_rupture(each)[session - 1] for each in courses.values()]
    chosen = _client(list(courses.values()), begins[0] & begins[1], session) if client is None else client - 1
    if not (begins[0] & begins[1])[chosen]:
        raise InputError(
            f"No rupture is open for client {chosen + 1} as session {session} begins; leave one of them out."
        )
    one = courses[next(iter(courses))]
    return WhatIf(
        client=chosen + 1,
        session=session,
        kind="withdrawal" if one.state.rupture[session - 2, chosen] == WITHDRAWAL else "confrontation",
        courses={name: each.only(slice(chosen, chosen + 1)) for name, each in courses.items()},
        everyone={name: _everyone(each.only(begins[0] & begins[1]), session) for name, each in courses.items()},
    )


def begins_with_rupture(courses: Courses) -> NDArray[np.bool_]:
    """Which sessions began with a rupture open from before, (sessions, dyads)."""
    before = np.vstack([np.full((1, courses.dyads), NONE), courses.state.rupture[:-1]])
    return np.asarray((before != NONE) & courses.attended & ~courses.changed)


def _session(usual: Courses, client: int | None) -> int:
    """The first of this client's that begins with a rupture; without a client, the one of the first who has one."""
    begins = begins_with_rupture(usual)
    if client is None:
        half = begins[: max(2, usual.sessions // 2)]
        if not half.any():
            raise InputError(
                "With these parameters and seed no client has a rupture open from one session to the next."
            )
        return int(half[:, int(half.any(0).argmax())].argmax()) + 1
    own = begins[:, client - 1]
    if not own.any():
        raise InputError(f"Client {client} never begins a session with a rupture open; try another, or leave it out.")
    return int(own.argmax()) + 1


def _client(courses: list[Courses], begins: NDArray[np.bool_], session: int) -> int:
    """The first with a rupture open who stays for a while in both."""
    until = min(session + 3, courses[0].sessions) - 1
    stays = np.logical_and.reduce([each.attended[until] for each in courses])
    wanted = begins & stays if (begins & stays).any() else begins
    return int(wanted.argmax())


def _everyone(courses: Courses, session: int) -> Everyone:
    last = courses.sessions_attended - 1, np.arange(courses.dyads)
    return Everyone(
        clients=courses.dyads,
        left=float(courses.dropped_out.mean()),
        repaired=float((courses.counts.repaired[session - 1] > 0).mean()),
        safety=float(courses.state.safety[last].mean()),
        expectation=float(courses.state.expectation[last].mean()),
        distress=float(courses.last.mean()),
    )
