"""The sessions of a therapy in order: every number that anything is known of, gaps and contradictions named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from attunement.case.events import Notebook
from attunement.case.record import CaseSession
from attunement.measures.answers import Scores

MOST_LISTED = 8


def in_order(sessions: Iterable[CaseSession], scores: Scores, notebook: Notebook) -> tuple[CaseSession, ...]:
    """A session for every number that has a transcript, a score, an event or a date; dates from wherever one is given.

    A cancelled session did not take place and makes no number by itself.
    """
    by_number = {session.number: session for session in sessions}
    dates = {score.session: score.date for score in scores if score.session is not None and score.date is not None}
    dates |= {entry.session: entry.date for entry in notebook.sessions if entry.date is not None}
    numbers = {score.session for score in scores if score.session is not None}
    numbers |= {event.session for event in notebook.events if event.kind != "cancelled"}
    numbers |= {entry.session for entry in notebook.sessions} | by_number.keys()
    every = [by_number.get(number) or CaseSession(number) for number in sorted(numbers)]
    return tuple(replace(session, date=session.date or dates.get(session.number)) for session in every)


def gaps(sessions: Sequence[CaseSession]) -> list[str]:
    """One line that names the sessions between the first and the last of which nothing is known."""
    known = {session.number for session in sessions}
    missing = [number for number in range(min(known, default=0), max(known, default=0)) if number not in known]
    if not missing:
        return []
    listed = ", ".join(map(str, missing[:MOST_LISTED])) + (", …" if len(missing) > MOST_LISTED else "")
    many = "s" if len(missing) > 1 else ""
    return [f"Nothing is known of session{many} {listed}: no transcript, no score, no event."]


def disorder(sessions: Sequence[CaseSession]) -> list[str]:
    """A line for each session dated before one with a lower number."""
    dated = [(session.number, session.date) for session in sessions if session.date is not None]
    return [
        f"Session {later} is dated {day}, before session {earlier} ({before}): kept in the order of their numbers; "
        "check the dates."
        for (earlier, before), (later, day) in pairwise(dated)
        if day < before
    ]
