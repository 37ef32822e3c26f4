"""The shape of all that is shown of a case: sections of entries, each with the evidence it rests on.

Terminal, page and notebook show these; they differ only in dress.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from attunement.case.findings import Evidence, Point
from attunement.case.record import Case
from attunement.codebook import Speaker
from attunement.reports import words
from attunement.reports.case import wording

Hue = Literal["strain", "repair", "corrective", "attunement", "plain"]


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing to look up: a turn with its words, a score, an event.

    `turn` and `speaker` are None where it is no turn; `words` None where the transcript is not there.
    """

    session: int
    place: str
    words: str | None
    turn: int | None = None
    speaker: Speaker | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Evidence under one heading, `label` None where it needs none."""

    label: str | None
    shown: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing found. `step` is one thing that might help, `basis` what it rests on beyond the evidence.

    `confidence` is in words, None where it is no estimate. `place` is where the title's words were said, `strength` how
    strongly it shows, session by session.
    """

    hue: Hue
    title: str
    text: str
    confidence: str | None = None
    evidence: tuple[Group, ...] = ()
    step: str | None = None
    basis: str | None = None
    place: Shown | None = None
    strength: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Entries of one kind; `rests_on` says in a line what they rest on, `nothing` what to say where there are none.

    `step` is what an entry's step is called, `also` are sentences after the entries.
    """

    key: str
    title: str
    rests_on: str
    entries: tuple[Entry, ...]
    nothing: str
    step: str = "Next step"
    also: tuple[str, ...] = ()


def in_short(section: Section) -> Section:
    """The section with one piece of evidence of each kind."""
    return replace(
        section,
        entries=tuple(
            replace(entry, evidence=tuple(replace(each, shown=each.shown[:1]) for each in entry.evidence))
            for entry in section.entries
        ),
    )


def group(evidence: Iterable[Evidence], case: Case, label: str | None = None, *, most: int = 4) -> tuple[Group, ...]:
    """The first `most` pieces of evidence in the order of the sessions; no group where there is none."""
    found = tuple(shown for each in evidence for shown in shown_of(each, case))[:most]
    in_order = sorted(found, key=lambda shown: (shown.session, shown.turn or 0))
    return (Group(label, tuple(in_order)),) if found else ()


def shown_of(evidence: Evidence, case: Case) -> Iterator[Shown]:
    """Each turn, score and event of a piece of evidence."""
    for number in evidence.turns:
        yield _turn(evidence.session, number, case)
    session = f"Session {evidence.session}"
    if evidence.measure is not None:
        value = "not answered" if evidence.value is None else wording.number(evidence.value)
        yield Shown(evidence.session, session, f"{wording.measure(evidence.measure, case)}: {value}")
    if evidence.event is not None:
        yield Shown(evidence.session, session, words.sentence(wording.event(evidence.event)))
    if not evidence.turns and evidence.measure is None and evidence.event is None:
        yield Shown(evidence.session, session, None)


def quoted(evidence: Evidence, case: Case, limit: int = 110) -> str | None:
    """The first turn of the evidence in quotation marks, None where its words are not there."""
    if not evidence.turns:
        return None
    return _turn(evidence.session, evidence.turns[0], case, limit).words


def _turn(session: int, number: int, case: Case, limit: int = 120) -> Shown:
    place = f"Session {session}, turn {number}"
    known = next((each for each in case.sessions if each.number == session), None)
    turns = known.reading.session.turns if known and known.reading else ()
    if not 1 <= number <= len(turns):
        return Shown(session, place, None, number)
    turn = turns[number - 1]
    return Shown(session, place, words.quote(turn.text, limit), number, turn.speaker)
