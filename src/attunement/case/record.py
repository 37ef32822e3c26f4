"""What is known of one client's therapy before anything is made of it: sessions, scores, events."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from attunement.episodes.model import SessionReading
from attunement.errors import InputError

if TYPE_CHECKING:
    from attunement.measures.answers.model import Scores
    from attunement.measures.course import ReferenceCourse
    from attunement.measures.instruments import Instrument

Who = Literal["therapist", "client"]
EventKind = Literal["late", "cancelled", "fee", "room", "break", "agreement", "therapist_state"]
TherapistState = Literal["well", "tired", "distracted", "unwell", "troubled"]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened around a session, as the therapist wrote it down.

    `session` is the session it belongs to; for a cancelled one the number it would have had. `by` says who was late or
    cancelled. For agreements `kept` is None until it is known, `due` the session by which it was to be kept. `state` is
    how the therapist was. `minutes` is how late.
    """

    kind: EventKind
    session: int
    by: Who | None = None
    minutes: float | None = None
    note: str | None = None
    kept: bool | None = None
    due: int | None = None
    state: TherapistState | None = None


@dataclass(frozen=True, slots=True)
class CaseSession:
    """One session of the therapy; `number` counts from 1 over the whole therapy, also where sessions are missing here.

    `reading` is None when there is no transcript or it could not be read; `file` is the transcript's name.
    """

    number: int
    date: date | None = None
    reading: SessionReading | None = None
    file: str | None = None

    @property
    def id(self) -> str | None:
        """The name of the session's reading, which its page is named after."""
        return self.reading.session.id if self.reading else None


@dataclass(frozen=True)
class Case:
    """One client's therapy as far as it is written down.

    `sessions` are in order; every session that has a transcript, a score or an event is there. `instruments` are those
    by which the scores are to be read, `reference` the sample that the client's course is compared with (None: the
    bundled one, which is made up). `notes` say, a sentence each, what was missing, out of order, or could not be
    read; `is_complete` is False when something in the folder was not used.
    """

    client: str
    sessions: tuple[CaseSession, ...]
    scores: Scores
    events: tuple[Event, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    reference: ReferenceCourse | None = None
    notes: tuple[str, ...] = ()
    is_complete: bool = True

    @property
    def read(self) -> tuple[CaseSession, ...]:
        """The sessions that have a reading."""
        return tuple(session for session in self.sessions if session.reading is not None)

    def until(self, number: int) -> Case:
        """The case as it stood after this session; what was due later is not kept yet.

        Raises:
            InputError: when nothing is known of any session up to it.
        """
        sessions = tuple(session for session in self.sessions if session.number <= number)
        if not sessions:
            raise InputError(f"nothing is known of any session up to {number}; give a later one.")
        scores = tuple(score for score in self.scores if score.session is not None and score.session <= number)
        events = tuple(event for event in self.events if event.session <= number)
        return replace(
            self,
            sessions=sessions,
            scores=replace(self.scores, scores=scores),
            events=tuple(replace(event, kept=None) if (event.due or 0) > number else event for event in events),
        )

    def instrument(self, name: str) -> Instrument | None:
        """The instrument of this name, None where it is not known."""
        return next((each for each in self.instruments if each.name == name), None)

    def totals(self, instrument: str) -> dict[int, float]:
        """What was scored on this instrument, by session, in order; sessions without a score are left out."""
        return {
            score.session: score.value
            for score in self.scores.of(instrument)
            if score.session is not None and score.value is not None
        }

    def session(self, number: int) -> CaseSession:
        """The session with this number.

        Raises:
            KeyError: when nothing is known of such a session.
        """
        for session in self.sessions:
            if session.number == number:
                return session
        raise KeyError(number)
