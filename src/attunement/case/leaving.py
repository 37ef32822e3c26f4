"""What a client says or does that may lead out of the therapy: bids to end, sessions cancelled, practical reasons."""

from __future__ import annotations

import re

from attunement.case.record import Case, CaseSession, Event
from attunement.case.signs import Sign, signs

# Reasons from outside, in English words; illness is not among them.
PRACTICAL = re.compile(
    r"\b((?<!n't )(?<!not )(?<!to )(?<!does )work|jobs?|shifts?|rota|boss|busy|schedules?|deadlines?|projects?|money"
    r"|afford|costs?|fees?|insurance|expensive|cars?|bus|trains?|travel\w*|drive|driving|parking|commute|childcare"
    r"|babysitter|school|exams?|holidays?|appointments?|hours)\b",
    re.IGNORECASE,
)
ENDING = re.compile(r"\b(end(s|ed|ing)?|last session|finish\w*|clos(e|ing)|terminat\w*)\b", re.IGNORECASE)


def ending_bids(case: Case, session: CaseSession) -> tuple[Sign, ...]:
    """Turns in which the client may want to stop, skip or shorten, likeliest first; none once an ending is agreed."""
    if session.reading is None or is_ending_agreed(case, session.number):
        return ()
    return signs(session.reading, ["ending_bid"])


def is_ending_agreed(case: Case, session: int) -> bool:
    """Whether the two had agreed on an ending by this session.

    It is agreed when an `agreement` says so in its words ("we end in July") and has a session by which it is due.
    """
    return any(
        event.kind == "agreement" and event.due is not None and event.session <= session and _says(ENDING, event.note)
        for event in case.events
    )


def client_cancellations(case: Case) -> tuple[Event, ...]:
    """The sessions that the client cancelled, in order."""
    cancelled = [event for event in case.events if event.kind == "cancelled" and event.by == "client"]
    return tuple(sorted(cancelled, key=lambda event: event.session))


def gives_practical_reason(words: str | None) -> bool:
    """Whether the words hold a reason from outside (work, money, travel …); found in English only."""
    return _says(PRACTICAL, words)


def _says(pattern: re.Pattern[str], words: str | None) -> bool:
    return words is not None and pattern.search(words) is not None
