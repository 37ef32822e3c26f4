"""Answers that come in from another program, checked and kept once; and scores that go out."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from django.db import transaction
from ninja.errors import HttpError

from attunement.errors import InputError
from attunement.measures.instruments import Instrument, Scale
from attunement.measures.instruments.catalogue import find, unknown
from attunement.measures.scoring import impossible, score_answers
from attunement.web.checkins.models import Answers
from attunement.web.clients.models import Client
from attunement.web.people.models import Clinic
from attunement.web.questionnaires.models import instruments_of
from attunement.web.reading.queue import case_changed
from attunement.web.sessions.models import Session

CLIENTS_OWN = "The client answered this themselves; what they said is not overwritten."


@dataclass(frozen=True, slots=True)
class ScoreOut:
    """One score: whose answers, of which scale, and what it came to; `place` tells a form's scores apart."""

    answers: UUID
    place: int
    session: int
    date: datetime.date | None
    answered_at: datetime.datetime
    by_client: bool
    instrument: Instrument
    scale: Scale
    value: float | None
    note: str | None


def known_to(clinic: Clinic) -> tuple[Instrument, ...]:
    """The instruments that this clinic knows."""
    return instruments_of(clinic)


def instrument_named(name: str, known: tuple[Instrument, ...]) -> Instrument:
    """The instrument of that name, in any spelling.

    Raises:
        InputError: when none of that name is known.
    """
    found = find(name, known)
    if found is None:
        raise InputError(unknown(name, known))
    return found


def keep(
    client: Client,
    instrument: Instrument,
    *,
    session: int,
    date: datetime.date | None,
    items: Mapping[str, float] | None,
    total: float | None,
    may_replace: bool = True,
) -> Answers:
    """Keep the answers to the questionnaire after this session, which is added when it is not there.

    The same sent twice changes nothing.

    Raises:
        InputError: when they are no answers to this instrument.
        HttpError: 409 when the client answered themselves, or there are others that may not be replaced.
    """
    _check(instrument, items, total)
    with transaction.atomic():
        row, _made = Session.objects.get_or_create(client=client, number=session)
        if date is not None and row.date is None:
            row.date = date
            row.save(update_fields=["date"])
        kept = Answers.objects.filter(session=row, instrument=instrument.name).first()
        given = (dict(items or {}), total)
        if kept is not None:
            if (kept.items, kept.total) == given:
                return kept
            if kept.link_id is not None:
                raise HttpError(HTTPStatus.CONFLICT, CLIENTS_OWN)
            if not may_replace:
                raise HttpError(HTTPStatus.CONFLICT, f"Session {session} has other answers to {instrument.name}.")
            kept.delete()
        made = Answers.objects.create(
            client=client, session=row, instrument=instrument.name, items=given[0], total=total
        )
        case_changed(client)
    return made


def scores_of(client: Client, known: tuple[Instrument, ...]) -> Iterator[ScoreOut]:
    """All scores of a client, in the order of the sessions; answers to what is no longer known are left out."""
    answered = Answers.objects.filter(client=client).select_related("session").order_by("session__number", "at", "pk")
    for answers in answered:
        yield from scores_in(answers, known)


def scores_in(answers: Answers, known: tuple[Instrument, ...]) -> Iterator[ScoreOut]:
    """The scores that these answers come to: the total, then the subscales."""
    instrument = find(answers.instrument, known)
    if instrument is None:
        return
    for place, (scale, value, note) in enumerate(_values(answers, instrument)):
        yield ScoreOut(
            answers=answers.pk,
            place=place,
            session=answers.session.number,
            date=answers.session.date,
            answered_at=answers.at,
            by_client=answers.link_id is not None,
            instrument=instrument,
            scale=scale,
            value=value,
            note=note,
        )


def _values(answers: Answers, instrument: Instrument) -> list[tuple[Scale, float | None, str | None]]:
    if answers.total is not None:
        return [(instrument.total, float(answers.total), None)]
    return [(score.scale, score.value, score.note) for score in score_answers(instrument, answers.items)]


def _check(instrument: Instrument, items: Mapping[str, float] | None, total: float | None) -> None:
    if (items is None) == (total is None) or items == {}:
        raise InputError("Give either items, by their names, or a total.")
    if total is not None:
        if why := impossible(instrument, instrument.total, total):
            raise InputError(f"{instrument.name}, total: {why}.")
        return
    try:
        score_answers(instrument, items or {})
    except ValueError as error:
        raise InputError(f"{error}.") from None
