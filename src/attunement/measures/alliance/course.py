"""The ratings of one client after each session, read as a course: probable ruptures, repairs, growth, shape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from attunement.errors import InputError
from attunement.measures.alliance.charts import chart_flags
from attunement.measures.alliance.criterion import criterion_flags, stricter_sd
from attunement.measures.alliance.growth import FEWEST_FOR_GROWTH, FEWEST_FOR_SHAPE, growth_of, shape_of
from attunement.measures.alliance.model import (
    AllianceCourse,
    CourseShape,
    Criterion,
    Growth,
    ProbableRupture,
    methods_of,
)
from attunement.measures.alliance.partition import falls_of_level
from attunement.measures.alliance.ratings import Better, Flags, Floats, oriented
from attunement.measures.alliance.recovery import criteria_met, falls, repair_of, rupture_of

FEWEST_RATINGS = 5


@dataclass(frozen=True, slots=True)
class _Rules:
    """When a fall counts, and when it has recovered."""

    between_sd: float | None
    agreeing_methods: int
    within_sessions: int
    full_recovery: bool


def alliance_course(
    ratings: Sequence[float | None],
    *,
    better: Better = "higher",
    between_sd: float | None = None,
    agreeing_methods: int = 2,
    within_sessions: int = 3,
    full_recovery: bool = False,
    best_rating: float | None = None,
    usual_growth: float = 0.0,
    level: float = 0.9,
) -> AllianceCourse:
    """What one client's post-session ratings say of the alliance; ruptures found this way are *probable*, no more.

    A fall of the rating counts when at least `agreeing_methods` of the three kinds of method (criterion, control chart,
    partition) find it unusual. With 1, the published criteria alone decide, and most steady courses have a "rupture".
    Dips of the rating are an unreliable sign of ruptures in the session (see `CAVEAT`).

    Args:
        ratings: one a session from session 1 on, `None` (or NaN) where there is none.
        better: the end of the scale at which the alliance is good.
        between_sd: how much clients differ on this scale (norms, or `between_person_sd` of one's own sample); the
            stricter of this and the client's own spread is the yardstick. Without it only the latter is.
        agreeing_methods: how many kinds of method must agree, 1 to 3.
        within_sessions: how soon a rating must be back to count as recovered.
        full_recovery: back means the level before the fall; otherwise half an SD under it is near enough.
        best_rating: the best rating possible; a client who is within half an SD of it has no room to grow.
        usual_growth: points a session towards better (see `typical_growth`); `growing` is `False` when the interval
            of the slope lies below it.
        level: of the slope's interval.

    Raises:
        InputError: a rating is no finite number, or an argument is out of range.
    """
    _check(agreeing_methods, within_sessions, between_sd, level)
    values = oriented(ratings, better)
    sign = 1.0 if better == "higher" else -1.0
    rated = int((~np.isnan(values)).sum())
    ruptures = None
    if rated >= FEWEST_RATINGS:
        rules = _Rules(between_sd, agreeing_methods, within_sessions, full_recovery)
        ruptures = tuple(_ruptures(values, rules))
    repairs = None if ruptures is None else [repair_of(rupture, values) for rupture in ruptures]
    growth = growth_of(values, level=level)
    sd = float(stricter_sd(values, between_sd)) if rated > 1 else None
    has_room = not _is_at_top(values, sd, None if best_rating is None else sign * best_rating)
    growing = _is_growing(growth, usual_growth) if has_room else None
    shape = shape_of(values)
    return AllianceCourse(
        ratings=tuple(None if np.isnan(value) else sign * float(value) for value in values),
        sd=sd,
        ruptures=None if ruptures is None else tuple(_as_given(rupture, sign) for rupture in ruptures),
        repairs=None if repairs is None else tuple(repair for repair in repairs if repair is not None),
        growth=growth,
        growing=growing,
        shape=shape,
        reasons=tuple(_reasons(rated, growing, has_room, shape)),
    )


def session_flags(ratings: Floats, *, between_sd: float | None = None) -> dict[Criterion, Flags]:
    """Which sessions of which clients each criterion marks, all clients at once: (clients, sessions) in and out.

    Higher ratings are better, NaN where missing. A mark is a sign at one session; `alliance_course` joins signs of one
    fall into one probable rupture. The partition is found client by client and takes most of the time.
    """
    partition = np.zeros(ratings.shape, dtype=bool)
    for row in np.ndindex(ratings.shape[:-1]):
        partition[row][list(falls_of_level(ratings[row]))] = True
    return {**criterion_flags(ratings, between_sd), **chart_flags(ratings), "partition": partition}


def _ruptures(values: Floats, rules: _Rules) -> Iterator[ProbableRupture]:
    flags = session_flags(values, between_sd=rules.between_sd)
    sd = float(stricter_sd(values, rules.between_sd))
    for fall in falls(values):
        criteria = criteria_met(fall, flags)
        if len(methods_of(criteria)) >= rules.agreeing_methods:
            tolerance = 0.0 if rules.full_recovery else sd / 2
            yield rupture_of(fall, values, criteria, sd=sd, within_sessions=rules.within_sessions, tolerance=tolerance)


def _as_given(rupture: ProbableRupture, sign: float) -> ProbableRupture:
    """The same rupture with its ratings in the direction of the scale."""
    return replace(rupture, before=sign * rupture.before, worst=sign * rupture.worst)


def _is_at_top(values: Floats, sd: float | None, best: float | None) -> bool:
    rated = values[~np.isnan(values)]
    if best is None or sd is None:
        return False
    return bool(rated[-3:].mean() >= best - sd / 2)


def _is_growing(growth: Growth | None, usual_growth: float) -> bool | None:
    if growth is None:
        return None
    low, high = growth.interval
    if low > 0:
        return True
    return False if high < usual_growth else None


def _reasons(rated: int, growing: bool | None, has_room: bool, shape: CourseShape | None) -> Iterator[str]:
    """Why something cannot be told, one short line each."""
    if rated < FEWEST_RATINGS:
        yield f"ruptures: {rated} of at least {FEWEST_RATINGS} ratings"
    if rated < FEWEST_FOR_GROWTH:
        yield f"growth: {rated} of at least {FEWEST_FOR_GROWTH} ratings"
    elif not has_room:
        yield "growth: the last ratings are at the top of the scale"
    elif growing is None:
        yield "growth: the ratings scatter too much to tell growing from not growing"
    if rated < FEWEST_FOR_SHAPE:
        yield f"shape: {rated} of at least {FEWEST_FOR_SHAPE} ratings"
    elif shape is None:
        yield "shape: no shape describes the ratings clearly better than another"


def _check(agreeing_methods: int, within_sessions: int, between_sd: float | None, level: float) -> None:
    if agreeing_methods not in (1, 2, 3):
        raise InputError(f"agreeing_methods is {agreeing_methods}: there are three kinds of method, write 1, 2 or 3")
    if within_sessions < 1:
        raise InputError(f"within_sessions is {within_sessions}: write 1 or more")
    if between_sd is not None and not 0 < between_sd < np.inf:
        raise InputError(f"between_sd is {between_sd}: write a positive number, or leave it out")
    if not 0 < level < 1:
        raise InputError(f"level is {level}: write a number between 0 and 1")
