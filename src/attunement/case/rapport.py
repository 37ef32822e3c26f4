"""What the client answered about the two of them after each session: single ratings, and rapport as one number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from attunement.case.alliance import CHECK_IN, alliance_instrument, check_in_means
from attunement.case.findings import Evidence, Point
from attunement.case.record import Case

if TYPE_CHECKING:
    from attunement.measures.answers import Score
    from attunement.measures.instruments import Instrument

CHECK_IN_RANGE = (0.0, 10.0)
# Rated well: 8 of 10, or the instrument's own cut-off where it has one (the SRS: 36 of 40). Ratings of this kind
# crowd near the top, so that what lies under it is worth asking about (Miller & Duncan on the SRS).
RATED_WELL = 0.8
# Rated without complaint: up to one point of ten under that. Who is polite does not give ten.
LITTLE_LESS = 0.1


@dataclass(frozen=True, slots=True)
class Rapport:
    """The alliance as the client rated it, on one measure; higher is better.

    `name` is the instrument's, that of the check-in for the mean of understood, safe, goals and fit; `title` is how
    people call it. `well` is the rating from which on it counts as good. `points` are in the order of the sessions.
    """

    name: str
    title: str
    points: tuple[Point, ...]
    range: tuple[float, float] = CHECK_IN_RANGE
    well: float = RATED_WELL * CHECK_IN_RANGE[1]

    @property
    def width(self) -> float:
        """Points from the lowest to the highest rating possible."""
        return self.range[1] - self.range[0]

    @property
    def without_complaint(self) -> float:
        """The rating from which on nobody would call it a complaint: a little less than good."""
        return self.well - LITTLE_LESS * self.width

    def is_without_complaint(self, session: int) -> bool:
        """Whether this session was rated so; False where it was not rated."""
        rated = self.at(session)
        return rated is not None and rated >= self.without_complaint

    def at(self, session: int) -> float | None:
        """The rating after this session; None where there is none."""
        return next((point.value for point in self.points if point.session == session), None)

    def evidence(self, session: int) -> Evidence:
        """The rating after this session, to look up."""
        return Evidence(session, measure=self.name, value=self.at(session))


def rating(case: Case, name: str) -> tuple[Point, ...]:
    """One rating of the check-in over the sessions, 0–10 (`unsaid`: high is bad); empty where it was not asked."""
    return _points(case.scores.of(CHECK_IN, name))


def rapport_of(case: Case) -> Rapport | None:
    """The alliance questionnaire answered most often, else the check-in; None where the alliance was never rated."""
    instrument = alliance_instrument(case)
    found = _check_in(case) if instrument is None else _questionnaire(case, instrument)
    return found if found.points else None


def short_title(instrument: Instrument) -> str:
    """How people call a questionnaire: what its title has in brackets at the end, else the title (`PHQ-9`)."""
    found = re.search(r"\(([^()]+)\)$", instrument.title)
    return found.group(1) if found else instrument.title


def called(case: Case, name: str) -> str:
    """How people call the instrument of this name; the name itself where the instrument is not known."""
    instrument = case.instrument(name)
    return name if instrument is None else short_title(instrument)


def level(points: Iterable[Point]) -> float:
    """Where a rating stands now: the median of the last three, so that one bad day does not move it."""
    return median(point.value for point in tuple(points)[-3:])


def growth(points: tuple[Point, ...]) -> float:
    """How much a rating has grown from the first point to the last: the median slope times the sessions between.

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
    return Rapport(CHECK_IN, "check-in", tuple(Point(session, mean) for session, mean in check_in_means(case).items()))


def _questionnaire(case: Case, instrument: Instrument) -> Rapport:
    low, high = instrument.low, instrument.high
    well = low + RATED_WELL * (high - low) if instrument.cutoff is None else instrument.cutoff
    return Rapport(
        instrument.name, short_title(instrument), _points(case.scores.of(instrument.name)), (low, high), well
    )


def _points(scores: Iterable[Score]) -> tuple[Point, ...]:
    found = {score.session: score.value for score in scores if score.session is not None and score.value is not None}
    return tuple(Point(session, value) for session, value in sorted(found.items()))
