"""How each questionnaire of symptoms, functioning or wellbeing changed: reliably or not, at once or step by step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from attunement.case.findings import MeasureChange, Point
from attunement.case.record import Case
from attunement.errors import InputError
from attunement.measures.course import ExpectedCourse, ReferenceCourse, bundled_reference, expected_course
from attunement.measures.gains import SuddenGain, gains_of_one
from attunement.measures.instruments import Instrument
from attunement.measures.instruments.model import CONFIDENCE_Z

Category = Literal["recovered", "improved", "unchanged", "deteriorated", "harmed"]
Reliable = Literal["improved", "deteriorated", "unchanged"]
DOMAINS = ("distress", "functioning", "wellbeing")


def changes_of(case: Case) -> tuple[MeasureChange, ...]:
    """A change for every questionnaire answered at two sessions or more, distress first.

    The expected course is that of the case's own reference where it is of the same instrument, else of the bundled one,
    which is made up and says so.
    """
    asked = [each for each in case.instruments if each.domain in DOMAINS and len(_points(case, each)) > 1]
    asked.sort(key=lambda each: DOMAINS.index(each.domain))
    return tuple(_change(each, _points(case, each), case.reference) for each in asked)


def _change(instrument: Instrument, points: Sequence[Point], reference: ReferenceCourse | None) -> MeasureChange:
    first, last = points[0], points[-1]
    reliable = _reliable(instrument, first, last)
    return MeasureChange(
        instrument=instrument.name,
        first=first,
        last=last,
        index=_index(instrument, first, last),
        reliable=reliable,
        category=_category(instrument, first, last, reliable),
        gains=_sudden(instrument, points, losses=False),
        losses=_sudden(instrument, points, losses=True),
        expected=_expected(instrument, points, reference),
    )


def _points(case: Case, instrument: Instrument) -> list[Point]:
    return [Point(session, value) for session, value in case.totals(instrument.name).items()]


def _index(instrument: Instrument, first: Point, last: Point) -> float | None:
    """Change in units of its measurement error, positive when better; beyond ±1.96 it is reliable."""
    if instrument.reliable_change is None:
        return None
    better = 1 if instrument.higher_is_better else -1
    return better * (last.value - first.value) / instrument.reliable_change * CONFIDENCE_Z


def _reliable(instrument: Instrument, first: Point, last: Point) -> Reliable | None:
    index = _index(instrument, first, last)
    if index is None:
        return None
    # As published for most instruments: a change of that many points counts.
    if abs(index) < CONFIDENCE_Z - 1e-9:
        return "unchanged"
    return "improved" if index > 0 else "deteriorated"


def _category(instrument: Instrument, first: Point, last: Point, reliable: Reliable | None) -> Category | None:
    """The combined categories (Jacobson & Truax, 1991).

    Recovered is improved across the cut-off, harmed deteriorated across it.
    """
    before, after = instrument.total.is_clinical(first.value), instrument.total.is_clinical(last.value)
    if reliable is None or before is None:
        return None
    if reliable == "improved" and before and not after:
        return "recovered"
    if reliable == "deteriorated" and after and not before:
        return "harmed"
    return reliable


def _by_session(points: Sequence[Point]) -> list[float | None]:
    values = {point.session: point.value for point in points}
    return [values.get(number) for number in range(1, max(values) + 1)]


def _sudden(instrument: Instrument, points: Sequence[Point], *, losses: bool) -> tuple[SuddenGain, ...]:
    # Without a reliable change there is no cut-off, and without one every wobble would be a gain.
    if instrument.reliable_change is None:
        return ()
    better: Literal["lower", "higher"] = "higher" if instrument.higher_is_better else "lower"
    scores = _by_session(points)
    return tuple(gains_of_one(scores, cutoff=instrument.reliable_change, losses=losses, better=better))


def _expected(
    instrument: Instrument, points: Sequence[Point], reference: ReferenceCourse | None
) -> ExpectedCourse | None:
    if reference is None or not reference.is_of(instrument.name):
        try:
            reference = bundled_reference(instrument.name)
        except InputError:  # an instrument of the user's own, for which there is none
            return None
    first = points[0].session
    return expected_course(_by_session(points)[first - 1 :], reference, first_session=first)
