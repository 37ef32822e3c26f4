"""Each session by itself: when it was, what was answered after it, what was read from it, what happened around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from attunement.case.findings import CaseFindings, Point, Trajectory
from attunement.reports import words
from attunement.reports.case import wording
from attunement.reports.case.course import Course, Lane, course


@dataclass(frozen=True, slots=True)
class SessionView:
    """One column of the time line in words. `values` are (what, how much), `marks` sentences without a full stop."""

    number: int
    date: date | None
    is_read: bool
    values: tuple[tuple[str, str], ...]
    marks: tuple[str, ...]


def session_views(findings: CaseFindings) -> tuple[SessionView, ...]:
    """All sessions of the time line, those of which nothing is known too."""
    known = {session.number: session for session in findings.case.sessions}
    shown = course(findings)
    return tuple(
        SessionView(
            number=number,
            date=known[number].date if number in known else None,
            is_read=number in known and known[number].reading is not None,
            values=tuple(
                (wording.measure(each.name, findings.case), value_in_words(each, point))
                for each in findings.trajectories
                for point in each.points
                if point.session == number
            ),
            marks=tuple(mark.long for mark in shown.marks if mark.session == number),
        )
        for number in shown.sessions
    )


def value_in_words(trajectory: Trajectory, point: Point) -> str:
    """`17`, `73%, plausibly 50% to 96%`."""
    if trajectory.kind != "reading":
        return wording.number(point.value)
    text = f"{point.value:.0%}"
    if point.low is not None and point.high is not None:
        text += f", plausibly {point.low:.0%} to {point.high:.0%}"
    return text


def session_in_words(view: SessionView) -> str:
    """One session for a pointer or a screen reader."""
    parts = [f"Session {view.number}" + (f", {wording.day(view.date)}" if view.date else "")]
    parts += [f"{what} {value.partition(',')[0]}" for what, value in view.values]
    return "; ".join([*parts, *view.marks]) + "."


def course_in_words(findings: CaseFindings) -> list[str]:
    """The time line for those who do not see it: a sentence a lane, then what happened."""
    shown = course(findings)
    return [*(_lane(lane) for lane in shown.lanes), *_marks(shown)] or ["There is nothing to draw yet."]


def _lane(lane: Lane) -> str:
    share = lane.family in ("attunement", "strain", "openness")
    values = (f"{point.value:.0%}" if share else wording.number(point.value) for point in lane.points)
    said = ", ".join(f"session {point.session} {value}" for point, value in zip(lane.points, values, strict=True))
    return f"{words.sentence(lane.label)} ({'higher' if lane.higher_is_better else 'lower'} is better): {said}."


def _marks(shown: Course) -> list[str]:
    ordered = sorted(shown.marks, key=lambda mark: mark.session)
    return [f"Session {mark.session}: {mark.long}." for mark in ordered]
