"""From falls of the rating to probable ruptures: how deep, whether and when the rating came back, and the shape."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from attunement.measures.alliance.model import Criterion, ProbableRepair, ProbableRupture, Shape
from attunement.measures.alliance.ratings import Flags, Floats


@dataclass(frozen=True, slots=True)
class Fall:
    """Places (from 0) of rated sessions in a row, each lower than the one before; the first is where it starts from."""

    places: tuple[int, ...]


def falls(ratings: Floats) -> Iterator[Fall]:
    """Every run of falling ratings, as long as it goes; sessions without rating are passed over."""
    run: list[int] = []
    for place in np.flatnonzero(~np.isnan(ratings)).tolist():
        if run and not ratings[place] < ratings[run[-1]]:
            if len(run) > 1:
                yield Fall(tuple(run))
            run = []
        run.append(place)
    if len(run) > 1:
        yield Fall(tuple(run))


def criteria_met(fall: Fall, flags: dict[Criterion, Flags]) -> tuple[Criterion, ...]:
    """The criteria that some session of the fall meets."""
    falling = list(fall.places[1:])
    return tuple(criterion for criterion, flag in flags.items() if flag[falling].any())


def rupture_of(
    fall: Fall, ratings: Floats, criteria: tuple[Criterion, ...], *, sd: float, within_sessions: int, tolerance: float
) -> ProbableRupture:
    """What is known of a fall that counts as a probable rupture.

    It has recovered when one of the next `within_sessions` sessions is rated no more than `tolerance` under the level
    before the fall. It has not when that many sessions passed, some of them rated, and none was.
    """
    first, last = fall.places[0], fall.places[-1]
    before, worst = float(ratings[first]), float(ratings[last])
    steps = np.diff(ratings[list(fall.places)])
    recovery = _recovery(ratings, last, before - tolerance, within_sessions)
    recovered = _has_recovered(ratings, last, recovery, within_sessions)
    return ProbableRupture(
        session=fall.places[int(np.argmin(steps)) + 1] + 1,
        worst_session=last + 1,
        before=before,
        worst=worst,
        drop=before - worst,
        in_sd=(before - worst) / sd if sd > 0 else None,
        criteria=criteria,
        recovered=recovered,
        sessions_to_recovery=None if recovery is None else recovery - last,
        shape=_shape(recovered, steps=len(steps)),
    )


def repair_of(rupture: ProbableRupture, ratings: Floats) -> ProbableRepair | None:
    """The repair of a rupture that has recovered."""
    if rupture.sessions_to_recovery is None:
        return None
    session = rupture.worst_session + rupture.sessions_to_recovery
    return ProbableRepair(session, rupture.session, gain=float(ratings[session - 1]) - rupture.worst)


def _recovery(ratings: Floats, lowest: int, goal: float, within_sessions: int) -> int | None:
    """The first place after the lowest at which the goal is reached."""
    window = ratings[lowest + 1 : lowest + 1 + within_sessions]
    reached = np.flatnonzero(window >= goal)
    return lowest + 1 + int(reached[0]) if len(reached) else None


def _has_recovered(ratings: Floats, lowest: int, recovery: int | None, within_sessions: int) -> bool | None:
    if recovery is not None:
        return True
    window = ratings[lowest + 1 : lowest + 1 + within_sessions]
    is_over = len(window) == within_sessions and bool(np.any(~np.isnan(window)))
    return False if is_over else None


def _shape(recovered: bool | None, *, steps: int) -> Shape | None:
    if recovered is None:
        return None
    if not recovered:
        return "unrepaired"
    return "V" if steps == 1 else "decline then recovery"
