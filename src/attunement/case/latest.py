"""Which session was the last: what is planned for later has not happened yet."""

from __future__ import annotations

from attunement.case.record import Case

# Notes of these kinds are made only of a session that took place.
OF_A_SESSION_HELD = ("late", "therapist_state")


def last_held(case: Case) -> int:
    """The number of the last session that took place; 0 when there is none.

    It took place when there is a transcript (read or not), an answer after it, or a note of someone late or of how the
    therapist was.
    """
    transcribed = [session.number for session in case.sessions if session.reading is not None or session.file]
    answered = [score.session for score in case.scores if score.session is not None]
    noted = [event.session for event in case.events if event.kind in OF_A_SESSION_HELD]
    return max([*transcribed, *answered, *noted], default=0)


def last_of(case: Case) -> int:
    """The number of the last session that took place or was cancelled; 0 when there is none."""
    cancelled = [event.session for event in case.events if event.kind == "cancelled"]
    return max([last_held(case), *cancelled])
