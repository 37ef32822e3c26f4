"""`QuestionnaireResponse` in, as answers to a known instrument; and out again."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from attunement.errors import InputError
from attunement.measures.answers.fhir import read_fhir
from attunement.measures.answers.moment import Answer
from attunement.measures.answers.wide import Options
from attunement.measures.instruments import Instrument
from attunement.web.api.fhir import codes
from attunement.web.api.fhir.observations import instant
from attunement.web.api.rest.shapes import HIGHEST_NUMBER
from attunement.web.api.service import Fault, Refusal
from attunement.web.checkins.models import Answers
from attunement.web.clients.models import Client
from attunement.web.sessions.models import Session

NAME = "QuestionnaireResponse"
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Response:
    """What a response says: the answers by item, else the total; `is_amended` where it puts earlier ones right."""

    instrument: Instrument
    items: dict[str, float] | None
    total: float | None
    date: datetime.date | None
    is_amended: bool


def response_in(resource: Json, known: tuple[Instrument, ...]) -> Response:
    """The response in a resource.

    Raises:
        Refusal: with each answer that cannot be taken.
        InputError: when it is not one finished response to a known instrument.
    """
    if resource.get("resourceType") != NAME:
        raise InputError("Not a QuestionnaireResponse; send one resource, not a bundle.")
    if not isinstance(resource.get("status"), str):
        raise InputError("status is missing; it must be completed or amended.")
    reading = read_fhir(resource, Options(known, NAME))
    faults = [Fault(refused.column or NAME, refused.reason) for refused in reading.refused]
    faults += _twice(reading.answers)
    if faults:
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, f"{faults[0].where}: {faults[0].says}", faults)
    if not reading.answers:
        raise InputError("It holds no answer.")
    items = {answer.target.item.name: answer.value for answer in reading.answers if answer.target.item}
    totals = [each.value for each in reading.answers if each.target.item is None and each.target.scale.name is None]
    first = reading.answers[0]
    return Response(
        instrument=first.target.instrument,
        items=items or None,
        total=None if items or not totals else totals[0],
        date=first.moment.date,
        is_amended=resource["status"] == "amended",
    )


def subject_of(resource: Json) -> UUID:
    """The id of the client whom a resource is about.

    Raises:
        InputError: when it names none.
    """
    subject = _mapping(resource.get("subject"))
    identifier = _mapping(subject.get("identifier")).get("value")
    name = str(subject.get("reference") or identifier or "").rstrip("/").rpartition("/")[2]
    try:
        return UUID(name)
    except ValueError:
        raise InputError("subject: write Patient/ and the id of the client.") from None


def session_of(resource: Json, client: Client, date: datetime.date | None) -> int:
    """The number of the session: said by an extension, by the encounter, else the one session of that day.

    Raises:
        InputError: when it cannot be told.
    """
    said = next((each for each in _said(resource) if each is not None), None)
    if said is not None:
        if not (isinstance(said, int) and not isinstance(said, bool) and 1 <= said <= HIGHEST_NUMBER):
            raise InputError(f"The session's number must be a whole number from 1 to {HIGHEST_NUMBER}.")
        return said
    that_day = list(Session.objects.filter(client=client, date=date).values_list("number", flat=True)[:2])
    if date is None or len(that_day) != 1:
        raise InputError(
            f"Which session? Say its number in encounter.identifier (system {codes.SESSION}), "
            "or as an extension of that name with valueInteger."
        )
    return int(that_day[0])


def resource_of(answers: Answers, instrument: Instrument) -> dict[str, Any]:
    """The answers as a response."""
    items = dict(answers.items) if answers.total is None else {instrument.name: answers.total}
    return {
        "resourceType": NAME,
        "id": str(answers.pk),
        "questionnaire": codes.canonical(instrument),
        "status": "completed",
        "subject": codes.patient(answers.client_id),
        "encounter": codes.encounter(answers.session.number),
        "authored": answers.session.date.isoformat() if answers.session.date else instant(answers.at),
        "item": [
            {"linkId": name, "answer": [{"valueDecimal": value}]} for name, value in items.items() if value is not None
        ],
    }


def _twice(answers: list[Answer]) -> list[Fault]:
    names = [answer.target.name for answer in answers]
    return [Fault(name, "answered twice") for name in sorted({name for name in names if names.count(name) > 1})]


def _said(resource: Json) -> list[Any]:
    """The session's number where it may stand, None where it does not."""
    found: list[Any] = []
    extensions = resource.get("extension")
    for each in extensions if isinstance(extensions, list) else []:
        each = _mapping(each)
        if each.get("url") == codes.SESSION:
            found.append(each.get("valueInteger", each.get("valuePositiveInt", "")))
    identifier = _mapping(_mapping(resource.get("encounter")).get("identifier"))
    if identifier.get("system") == codes.SESSION:
        value = str(identifier.get("value"))
        found.append(int(value) if value.isdecimal() and len(value) < 6 else value)
    return found


def _mapping(value: Any) -> Json:
    return value if isinstance(value, Mapping) else {}
