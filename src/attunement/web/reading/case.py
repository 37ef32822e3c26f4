"""A client's rows as a `Case`, and a case as what the pages show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from attunement.case import Case, CaseSession
from attunement.case.record import Event as CaseEvent
from attunement.measures.answers import Score, Scores
from attunement.measures.instruments import Instrument
from attunement.measures.scoring import score_answers
from attunement.web.checkins.models import Answers
from attunement.web.clients.models import Client
from attunement.web.questionnaires.models import instruments_of
from attunement.web.reading.stored import unpacked_reading
from attunement.web.sessions.models import Event, Reading, Session


def case_of(client: Client) -> Case:
    """Everything that is known of the client's therapy."""
    sessions = list(Session.objects.filter(client=client).order_by("number"))
    known = instruments_of(client.clinic)
    readings = {reading.session_id: reading for reading in Reading.objects.filter(client=client)}
    return Case(
        client=client.label,
        sessions=tuple(_session(session, readings.get(session.pk)) for session in sessions),
        scores=Scores(tuple(_scores(client, known))),
        events=tuple(_events(client)),
        instruments=known,
    )


def addresses(client: Client) -> dict[int, str]:
    """The page of each session, by its number."""
    numbers = Session.objects.filter(client=client).values_list("number", "pk")
    return {number: reverse("session", args=[pk]) for number, pk in numbers}


def _session(session: Session, reading: Reading | None) -> CaseSession:
    found = unpacked_reading(reading.content) if reading else None
    return CaseSession(session.number, session.date, found, found.session.source if found else None)


def _scores(client: Client, known: tuple[Instrument, ...]) -> Iterable[Score]:
    by_name = {instrument.name: instrument for instrument in known}
    answered = Answers.objects.filter(client=client).select_related("session").order_by("session__number", "at")
    for row, answers in enumerate(answered, start=1):
        session = answers.session
        for subscale, value, note in _scored(answers, by_name):
            yield Score(client.label, session.number, session.date, answers.instrument, subscale, value, row, note)


def _scored(answers: Answers, known: dict[str, Instrument]) -> list[tuple[str | None, float | None, str | None]]:
    if answers.total is not None:
        return [(None, float(answers.total), None)]
    given = score_answers(known[answers.instrument], answers.items)
    return [(score.scale.name, score.value, score.note) for score in given]


def _events(client: Client) -> Iterable[CaseEvent]:
    for event in Event.objects.filter(client=client).select_related("session").order_by("session__number", "at"):
        details: dict[str, Any] = event.details
        yield CaseEvent(kind=event.kind, session=event.session.number, **details)  # type: ignore[arg-type]
