"""How often it is right that a corrective experience went on living."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from attunement.case.record import Case
from attunement.case.threads import carry_overs
from attunement.episodes.model import SessionReading
from benchmarks.case_figures.figure import FOUND, Figure, area, f1, of_answers, over_cases, rounded
from benchmarks.case_figures.marked import marked_in, with_marked
from benchmarks.held_out_cases import HeldOutCase

NEVER = 10**6  # a session number that does not come


def carry_over_figures(cases: list[HeldOutCase]) -> list[Figure]:
    """By session, by turn, and by experience; with the corrective experiences known, and from the transcripts alone."""
    known, found = "experiences known", "from the transcripts alone"
    experiences = [_components(case) for case in cases]
    all_of_them = [[(truth, True) for truth, _ in part] for part in experiences]
    task = f"experiences marked as carried over, {known}"
    return [
        *_told(cases, True, known),
        *of_answers(task, FOUND, experiences, "all of them", all_of_them),
        *_told(cases, False, found),
    ]


def _told(cases: list[HeldOutCase], known: bool, how: str) -> list[Figure]:
    sessions = [_sessions(case, known) for case in cases]
    said = [[(truth, said) for truth, said, _ in part] for part in sessions]
    later = [[(truth, later) for truth, _, later in part] for part in sessions]
    turns = [_turns(case, known) for case in cases]
    plain_turns = [_turns(case, known, every=True) for case in cases]
    task = f"sessions that tell of carry-over, {how}"
    return [
        *of_answers(task, FOUND, said, "every session after", later),
        _chance_of_session(cases, known, how),
        *of_answers(f"turns that tell of carry-over, {how}", {"F1": f1}, turns, "every client turn after", plain_turns),
    ]


def _chance_of_session(cases: list[HeldOutCase], known: bool, how: str) -> Figure:
    """Among sessions after an experience: is the chance that change outside is told higher where it is?"""
    parts = []
    for case in cases:
        read = with_marked(case, "corrective") if known else case.case
        told = {session for session, _ in _told_turns(case)}
        after = [each for each in read.read if each.reading and each.number > _first_experience(read)]
        parts.append([(each.number in told, _chance_of_change(each.reading)) for each in after if each.reading])
    task, examples = f"later sessions that tell of change outside, {how}", sum(map(len, parts))
    return rounded(task, "AUC of the chance", examples, over_cases(parts, area), plain="guessing", baseline=0.5)


def _chance_of_change(reading: SessionReading) -> float:
    return 1 - float(np.prod(1 - np.nan_to_num(reading.table.column("change_outside"))))


def _sessions(case: HeldOutCase, known: bool) -> list[tuple[bool, bool, bool]]:
    """For each session: told of after an experience; said to be; a session after the first experience said."""
    read = with_marked(case, "corrective") if known else case.case
    told = {session for session, _ in _told_turns(case)}
    said = {evidence.session for each in carry_overs(read) for evidence in each.lived}
    first = _first_experience(read)
    return [(number in told, number in said, number > first) for number in case.coded]


def _turns(case: HeldOutCase, known: bool, *, every: bool = False) -> list[tuple[bool, bool]]:
    """(true, said) for each client turn that tells of change after an experience, or is said to; or for every one."""
    read = with_marked(case, "corrective") if known else case.case
    told = set(_told_turns(case))
    said = {(each.session, turn) for over in carry_overs(read) for each in over.lived for turn in each.turns}
    if every:
        said = set(_turns_after(read))
    return [(place in told, place in said) for place in sorted(told | said)]


def _turns_after(read: Case) -> Iterator[tuple[int, int]]:
    """Session and number of every client turn in sessions after one with a corrective experience."""
    for session in read.read:
        if session.reading and session.number > _first_experience(read):
            yield from ((session.number, t.number) for t in session.reading.session.turns if t.speaker == "client")


def _told_turns(case: HeldOutCase) -> list[tuple[int, int]]:
    """Session and turn of every `change_outside` in a session after one with a corrective experience, as marked."""
    first = min((number for number, _ in marked_in(case, "corrective")), default=NEVER)
    return [
        (number, turn)
        for number, coded in case.coded.items()
        for turn, marks in enumerate(coded.codes, start=1)
        if number > first and "change_outside" in marks.codes
    ]


def _components(case: HeldOutCase) -> list[tuple[bool, bool]]:
    """For each experience with a later session: marked with `carryover`; said to have carried over."""
    carried = {
        (each.experience_session, each.experience.start) for each in carry_overs(with_marked(case, "corrective"))
    }
    return [
        ("carryover" in marked.components, (number, marked.start) in carried)
        for number, marked in marked_in(case, "corrective")
        if number != max(case.coded)
    ]


def _first_experience(read: Case) -> int:
    return min((each.number for each in read.read if each.reading and each.reading.correctives), default=NEVER)
