"""From a case to its belief map."""

from __future__ import annotations

from attunement.case.beliefs.groups import Group, groups_of
from attunement.case.beliefs.likeness import Wording
from attunement.case.beliefs.loosening import Moved, moved
from attunement.case.beliefs.voices import voices_of
from attunement.case.findings import Belief, Point
from attunement.case.record import Case

AT_MOST = 6
CONFIDENCE_AT_LEAST = 0.25


def beliefs_of(case: Case) -> tuple[Belief, ...]:
    """The expectations that return in a client's talk, strongest first, at most six; none where none is likely enough.

    An expectation needs two turns; `confidence` is the chance that two of its turns or more do voice one (from the
    coder's probabilities, taken as independent), at least a quarter. It does not say how surely the turns belong
    together. `strength` is the expected share of a session's client turns that voice it, so how much is *said*, which
    may well grow while the belief loosens. `loosened` is None where only one session has been read.
    """
    wording = Wording.of(_client_texts(case))
    groups = [group for group in groups_of(voices_of(case), wording) if group.confidence >= CONFIDENCE_AT_LEAST]
    groups = groups[:AT_MOST]
    return tuple(_belief(case, *each) for each in zip(groups, moved(case, groups, wording), strict=True))


def _belief(case: Case, group: Group, change: Moved) -> Belief:
    return Belief(
        words=group.best_said.evidence,
        voiced=tuple(voice.evidence for voice in group.voices),
        confidence=group.confidence,
        strength=_strength(case, group),
        contradicted=change.contradicted,
        new_views=tuple(sign.evidence for sign in change.new_views),
        lived_outside=tuple(sign.evidence for sign in change.lived_outside),
        understood=tuple(sign.evidence for sign in change.understood),
        loosened=change.loosened if len(case.read) > 1 else None,
    )


def _strength(case: Case, group: Group) -> tuple[Point, ...]:
    return tuple(
        group.strength(session.number, sum(turn.speaker == "client" for turn in session.reading.session.turns))
        for session in case.read
        if session.reading is not None
    )


def _client_texts(case: Case) -> list[str]:
    return [
        turn.text
        for session in case.read
        if session.reading is not None
        for turn in session.reading.session.turns
        if turn.speaker == "client"
    ]
