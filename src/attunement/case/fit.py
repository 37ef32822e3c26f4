"""Whether rapport grows as it usually does, and what to do when it does not: first talk about it, then think on.

That some pairs do not fit is nobody's failure. A client is better served by hearing so in good time than by staying.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from attunement.case.findings import Evidence, Fit, Point
from attunement.case.rapport import Rapport, growth, level, rapport_of, slope
from attunement.case.record import Case, CaseSession
from attunement.case.signs import chance_of_one, shown, signs
from attunement.case.threads.ruptures import TAKING_UP

if TYPE_CHECKING:
    from attunement.measures.alliance import AllianceCourse

Stage = Literal["too_early", "growing", "steady_high", "talk_about_it", "consider_another"]

# Studies of alliance and outcome mostly measure it early, in the third to fifth session (Horvath & Symonds, 1991);
# before the third rating a course cannot be told from chance.
FEWEST_RATINGS = 3
# Grown: one point of ten since the first session. A convention; no figure is published for this check-in.
GROWN = 0.1
# "Still not growing": two more ratings after it was talked about, or three more although nobody is known to have.
AFTER_TALKING, WITHOUT_TALKING = 2, 3
# It was talked about between the two: this likely that one turn of the session did.
TALKED = 0.5
INTERVAL_FROM = 4


@dataclass(frozen=True, slots=True)
class Stalled:
    """Rapport neither high nor growing, from this place among the ratings on."""

    place: int
    session: int


def fit_of(case: Case, alliance: AllianceCourse | None = None) -> Fit:
    """Where the two stand, by the client's ratings from the third one on; `too_early` also when there are none.

    One bad day does not count: level and growth are medians. `slope` is in points of the measure a session, and its
    interval (95 %) that of Theil and Sen, from four ratings on. `alliance` may show growth that the rule here misses.
    """
    rapport = rapport_of(case)
    if rapport is None or len(rapport.points) < FEWEST_RATINGS:
        return Fit("too_early", None, None, (), ())
    stalled = None if alliance is not None and alliance.growing else _stalled(rapport)
    talked = _talked_about(case, stalled.session) if stalled else ()
    return Fit(
        stage=_stage(rapport, stalled, talked),
        slope=slope(rapport.points),
        interval=_interval(rapport.points),
        talked_about=talked,
        evidence=tuple(rapport.evidence(point.session) for point in rapport.points[-FEWEST_RATINGS:]),
    )


def _stage(rapport: Rapport, stalled: Stalled | None, talked: tuple[Evidence, ...]) -> Stage:
    if stalled is None:
        return "steady_high" if level(rapport.points) >= rapport.well else "growing"
    if level(rapport.points) >= rapport.without_complaint:
        return "talk_about_it"
    after = [point.session for point in rapport.points[stalled.place + 1 :]]
    since_talking = [session for session in after if talked and session > talked[0].session]
    if len(since_talking) >= AFTER_TALKING or len(after) >= WITHOUT_TALKING:
        return "consider_another"
    return "talk_about_it"


def _stalled(rapport: Rapport) -> Stalled | None:
    """Since when rapport has been neither high nor growing without a break; None when it is well now."""
    since = None
    for last in range(FEWEST_RATINGS, len(rapport.points) + 1):
        so_far = rapport.points[:last]
        if level(so_far) >= rapport.well or _has_grown(rapport, so_far):
            since = None
        elif since is None:
            since = last - 1
    return None if since is None else Stalled(since, rapport.points[since].session)


def _has_grown(rapport: Rapport, points: tuple[Point, ...]) -> bool:
    """Since the first rating, or of late."""
    return max(growth(points), growth(points[-FEWEST_RATINGS:])) >= GROWN * rapport.width


def _talked_about(case: Case, since: int) -> tuple[Evidence, ...]:
    """Sessions after `since` in which what is between the two was likely taken up."""
    return tuple(found for session in case.read if session.number > since and (found := _talk(session)) is not None)


def _talk(session: CaseSession) -> Evidence | None:
    found = signs(session.reading, TAKING_UP) if session.reading else ()
    return shown(session, found) if chance_of_one(found) >= TALKED else None


def _interval(points: tuple[Point, ...]) -> tuple[float, float] | None:
    if len(points) < INTERVAL_FROM:
        return None
    from scipy.stats import theilslopes

    fitted = theilslopes([point.value for point in points], [point.session for point in points], alpha=0.95)
    return float(fitted.low_slope), float(fitted.high_slope)
