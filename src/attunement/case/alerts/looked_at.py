"""What was looked at, so that "no alert" is not taken for "all is well"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attunement.case.findings import MeasureChange
from attunement.case.rapport import called, rapport_of
from attunement.case.record import Case
from attunement.case.wording import listing, times

if TYPE_CHECKING:
    from attunement.measures.alliance import AllianceCourse

RISK = "Risk cannot be seen from here: whether someone is in danger, of suicide or otherwise, has to be asked."


def looked_at(case: Case, changes: Sequence[MeasureChange], alliance: AllianceCourse | None) -> tuple[str, ...]:
    """A sentence each: what the alerts had to go by, what they had not, and what they can never see."""
    return (_transcripts(case), _ratings(case, alliance), _questionnaires(case, changes), _events(case), RISK)


def _transcripts(case: Case) -> str:
    if not case.read:
        return "No transcript: ruptures, bids to end and hidden strain could not be looked for."
    return f"{times(len(case.read), 'transcript')}: ruptures and what became of them, bids to end, hidden strain."


def _ratings(case: Case, alliance: AllianceCourse | None) -> str:
    rapport = rapport_of(case)
    if rapport is None:
        return "No ratings of the alliance: dips and growth could not be looked for."
    given = f"{times(len(rapport.points), 'rating')} of the alliance ({rapport.title})"
    if alliance is None or alliance.ruptures is None:
        return f"{given}: too few to tell an unusual dip."
    return f"{given}: dips that are unusual for this client, and growth."


def _questionnaires(case: Case, changes: Sequence[MeasureChange]) -> str:
    if not changes:
        return "No questionnaire answered twice: whether it gets better or worse could not be looked at."
    judged = [called(case, change.instrument) for change in changes if change.reliable is not None]
    expected = [
        called(case, change.instrument)
        for change in changes
        if change.expected is not None and change.expected.judgement is not None and not _is_made_up(change)
    ]
    said = f"reliable change of {listing(judged)}" if judged else "no questionnaire with a known measurement error"
    course = f"the expected course of {listing(expected)}" if expected else "no expected course from real clients"
    return f"Questionnaires: {said}; {course}."


def _is_made_up(change: MeasureChange) -> bool:
    return change.expected is not None and change.expected.reference.is_made_up


def _events(case: Case) -> str:
    if not case.events:
        return "No events written down: cancellations and agreements are not known."
    return f"{times(len(case.events), 'event')} written down: cancellations, agreements, the frame."
