"""What is said about beliefs: their own words, how strongly they show, what spoke against them, what moved."""

from __future__ import annotations

from collections.abc import Iterator

from attunement.case.findings import Belief, CaseFindings, Contradiction, Evidence, Point
from attunement.case.record import Case
from attunement.reports import words
from attunement.reports.case import wording
from attunement.reports.case.entries import Entry, Group, Section, group, quoted, shown_of

MOVED = {
    "experience": "Something lived may speak against it, in the room or outside: see these turns.",
    "insight": "Understood, not yet lived: insight is there, an experience that speaks against it was not found.",
    "none": "Not moving so far: neither understanding nor a new experience was found.",
    None: "One session alone cannot tell whether it moves.",
}


def beliefs_section(findings: CaseFindings) -> Section:
    """One entry a belief, the surest first."""
    beliefs = sorted(findings.beliefs, key=lambda belief: -belief.confidence)
    strongest = max((point.value for belief in beliefs for point in belief.strength), default=1.0)
    return Section(
        key="beliefs",
        title="Belief map",
        rests_on="Rests on client turns that seem to voice an expectation of one kind in much the same words. Whether "
        "they mean the same, and whether it moves, is for you to judge: the grouping is right hardly more often than "
        "chance. The bars show how openly it is said in a session, not how firmly it is held.",
        entries=tuple(_entry(belief, strongest, findings.case) for belief in beliefs),
        nothing="No expectation that returns was found in the client's words."
        if findings.case.read
        else wording.UNREAD,
    )


def _entry(belief: Belief, strongest: float, case: Case) -> Entry:
    return Entry(
        hue="corrective" if belief.loosened == "experience" else "plain",
        title=quoted(belief.words, case, 150) or "An expectation (its words are not here)",
        text=MOVED[belief.loosened],
        confidence=words.confidence(belief.confidence),
        evidence=tuple(_groups(belief, case)),
        place=next(iter(shown_of(belief.words, case)), None),
        strength=tuple(Point(each.session, each.value / strongest) for each in belief.strength)
        if strongest > 0
        else (),
    )


def _groups(belief: Belief, case: Case) -> Iterator[Group]:
    first = (belief.words.session, belief.words.turns)
    others = [each for each in belief.voiced if (each.session, each.turns) != first]
    yield from group(others, case, "Also said", most=3)
    yield from group(map(_lived, belief.contradicted), case, "Contradicted by")
    yield from group(belief.new_views, case, "New view", most=2)
    yield from group(belief.lived_outside, case, "Lived outside", most=2)
    yield from group(belief.understood, case, "Understood", most=2)


def _lived(contradiction: Contradiction) -> Evidence:
    episode = contradiction.episode
    return Evidence(contradiction.session, turns=episode.evidence[:2] or (episode.start,))
