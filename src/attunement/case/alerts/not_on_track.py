"""The course is worse than that of most clients who began alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from attunement.case.alerts.material import Material
from attunement.case.alerts.urgency import urgency
from attunement.case.findings import Alert, Evidence, MeasureChange
from attunement.case.rapport import called
from attunement.case.wording import number

if TYPE_CHECKING:
    from attunement.measures.course import ExpectedCourse

NEXT_STEP = (
    "Say that it goes more slowly than hoped and that this is worth a look, not a fault; ask what they make of it, "
    "beginning with the two of you, before you change the plan."
)


def find(material: Material) -> Iterator[Alert]:
    """An alert for each questionnaire off its course.

    None where it is known to be reliably worse, which says more, and none from a made-up reference, which is there to
    show how it works.
    """
    for change in material.changes:
        expected = change.expected
        if expected is None or expected.judgement != "not on track" or expected.reference.is_made_up:
            continue
        if change.reliable != "deteriorated":
            yield _alert(called(material.case, change.instrument), change, expected)


def _alert(name: str, change: MeasureChange, expected: ExpectedCourse) -> Alert:
    since = _since(expected)
    last = change.last
    direction = "lower" if expected.reference.better == "higher" else "higher"
    return Alert(
        kind="not_on_track",
        says=f"{name} has been {direction} than expected since session {since} "
        f"({number(last.value)} after session {last.session}).",
        evidence=(Evidence(last.session, measure=change.instrument, value=last.value),),
        confidence=None,
        basis=f"Compared with {expected.reference.clients} clients of {expected.reference.name}; of clients who do as "
        f"usual, {expected.false_alarm_rate:.0%} are flagged at a session all the same.",
        next_step=NEXT_STEP,
        urgency=urgency("not_on_track", None),
    )


def _since(expected: ExpectedCourse) -> int:
    """The first of the sessions that have been off track in a row until now."""
    since = 0
    for each in reversed([session for session in expected.sessions if session.judgement is not None]):
        if each.judgement != "not on track":
            break
        since = each.session
    return since
