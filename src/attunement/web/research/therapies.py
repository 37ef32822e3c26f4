"""What a clinic's rows say of one client, as far as it may leave: no note, no comment, nothing that felt off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attunement.case.record import Event as CaseEvent
from attunement.deidentify import Spoken
from attunement.deidentifying import Given, Therapy
from attunement.measures.instruments import instruments
from attunement.web.checkins.models import Answers
from attunement.web.clients.models import Client
from attunement.web.reading.stored import unpacked_reading
from attunement.web.sessions.models import Event, Reading, Session

# Events that are only words, which are left out, say nothing more.
TAKEN = ("late", "cancelled", "agreement", "fee", "room", "break", "therapist_state")
WITHOUT_WORDS = ("by", "minutes", "kept", "due", "state")


def therapy_of(client: Client) -> Therapy:
    """Transcripts that were read, dates, answers to questionnaires that everybody has, events."""
    sessions = list(Session.objects.filter(client=client).order_by("number"))
    numbers = {session.pk: session for session in sessions}
    readings = Reading.objects.filter(client=client).order_by("session__number")
    return Therapy(
        spoken=tuple(_spoken(reading, numbers[reading.session_id]) for reading in readings),
        dates={session.number: session.date for session in sessions if session.date is not None},
        given=tuple(_given(client)),
        events=tuple(_events(client)),
        client=client.label,
        therapist=client.therapist.name,
    )


def _spoken(reading: Reading, session: Session) -> Spoken:
    return Spoken(session.number, unpacked_reading(reading.content).session, session.date)


def _given(client: Client) -> Iterator[Given]:
    known = {each.name: {item.name for item in each.items} for each in instruments()}
    for answers in Answers.objects.filter(client=client).select_related("session").order_by("session__number", "at"):
        items = known.get(answers.instrument)
        if items is None:  # the clinic's own; nobody else could read them
            continue
        session = answers.session
        if answers.total is not None:
            yield Given(session.number, session.date, answers.instrument, None, float(answers.total))
            continue
        for name, value in answers.items.items():
            if name in items and isinstance(value, int | float):
                yield Given(session.number, session.date, answers.instrument, name, float(value))


def _events(client: Client) -> Iterator[CaseEvent]:
    for event in Event.objects.filter(client=client).select_related("session").order_by("session__number", "at"):
        if event.kind in TAKEN:
            details: dict[str, Any] = {name: event.details.get(name) for name in WITHOUT_WORDS}
            yield CaseEvent(kind=event.kind, session=event.session.number, **details)  # type: ignore[arg-type]
