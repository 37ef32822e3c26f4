"""What the client answered about the two of them after each session: single ratings, and rapport as one number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import mean, median

from attunement.case.findings import Evidence, Point
from attunement.case.record import Case
from attunement.errors import InputError

RATINGS = ("understood", "safe", "goals", "fit", "unsaid")
OF_RAPPORT = ("understood", "safe", "goals", "fit")
# With fewer of the four answered, one answer would weigh too much.
FEWEST_OF_FOUR = 3
CHECK_IN_RANGE = (0.0, 10.0)
# Rated well: 8 of 10, or the instrument's own cut-off where it has one (the SRS: 36 of 40). Ratings of this kind
# crowd near the top, so that what lies under it is worth asking about (Miller & Duncan on the SRS).
RATED_WELL = 0.8


@dataclass(frozen=True, slots=True)
class Rapport:
    """The alliance as the client rated it, higher is better, whichever measure has the most answers.

    `name` is the instrument's, or `check-in` for the mean of understood, safe, goals and fit. `well` is the rating from
    which on it counts as good. `points` are in the order of the sessions.
    """

    name: str
    points: tuple[Point, ...]
    range: tuple[float, float] = CHECK_IN_RANGE
    well: float = RATED_WELL * CHECK_IN_RANGE[1]

    @property
    def width(self) -> float:
        """Points from the lowest to the highest rating possible."""
        return self.range[1] - self.range[0]

    def at(self, session: int) -> float | None:
        """The rating after this session; None where there is none."""
        return next((point.value for point in self.points if point.session == session), None)

    def evidence(self, session: int) -> Evidence:
        """The rating after this session, to look up."""
        return Evidence(session, measure=self.name, value=self.at(session))


def rating(case: Case, name: str) -> tuple[Point, ...]:
    """One rating of the check-in over the sessions, 0–10 (`unsaid`: high is bad); empty where it was not asked."""
    found = {
        score.session: score.value
        for score in case.scores
        if score.session is not None
        and score.value is not None
        and (_plain(score.subscale) == name or (score.subscale is None and _plain(score.instrument) == name))
        and (score.subscale is None or "checkin" in _plain(score.instrument))
    }
    return tuple(Point(session, value) for session, value in sorted(found.items()))


def rapport_of(case: Case) -> Rapport | None:
    """The measure of the alliance with the most sessions answered; the check-in last of equals. None without any."""
    found = [*_instruments(case), _check_in(case)]
    best = max(found, key=lambda each: len(each.points))
    return best if best.points else None


def level(points: Iterable[Point]) -> float:
    """Where a rating stands now: the median of the last three, so that one bad day does not move it."""
    return median(point.value for point in tuple(points)[-3:])


def growth(points: tuple[Point, ...]) -> float:
    """How much a rating has grown from the first point to the last, in points: the median slope times the sessions between.

    The median of all slopes between two points (Theil, 1950; Sen, 1968) does not mind one outlier. Zero with one point.
    """
    return slope(points) * (points[-1].session - points[0].session) if len(points) > 1 else 0.0


def slope(points: tuple[Point, ...]) -> float:
    """Change a session: the median of the slopes between any two points. At least two points are needed."""
    slopes = [
        (later.value - earlier.value) / (later.session - earlier.session)
        for place, earlier in enumerate(points)
        for later in points[place + 1 :]
    ]
    return median(slopes)


def _check_in(case: Case) -> Rapport:
    answers: dict[int, list[float]] = {}
    for name in OF_RAPPORT:
        for point in rating(case, name):
            answers.setdefault(point.session, []).append(point.value)
    enough = {session: values for session, values in answers.items() if len(values) >= FEWEST_OF_FOUR}
    return Rapport("check-in", tuple(Point(session, mean(enough[session])) for session in sorted(enough)))


def _instruments(case: Case) -> list[Rapport]:
    from attunement.measures.instruments import instrument

    found = []
    for name in dict.fromkeys(score.instrument for score in case.scores if score.subscale is None):
        try:
            known = instrument(name)
        except InputError:
            continue
        if known.domain == "alliance" and known.higher_is_better:
            points = tuple(
                Point(score.session, score.value)
                for score in case.scores
                if (score.instrument, score.subscale) == (name, None)
                and score.session is not None
                and score.value is not None
            )
            well = known.cutoff if known.cutoff is not None else known.low + RATED_WELL * (known.high - known.low)
            ordered = tuple(sorted(points, key=lambda point: point.session))
            found.append(Rapport(name, ordered, (known.low, known.high), well))
    return found


def _plain(name: str | None) -> str:
    return re.sub(r"[\W_]+", "", name.casefold()) if name else ""
