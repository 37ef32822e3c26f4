"""What happens around sessions: late, cancelled, agreements, changes of the frame, how the therapist was."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from django.db import transaction
from ninja import Path, Router
from ninja.errors import HttpError
from pydantic import BaseModel, Field, model_validator

from attunement.case.record import EventKind, TherapistState, Who
from attunement.web.api.caller import Asked, Purpose, Scope
from attunement.web.api.rest.shapes import HIGHEST_NUMBER, Figure, Given, Limit, Offset, Page, page
from attunement.web.api.scopes import needs
from attunement.web.clients.models import Client
from attunement.web.reading.queue import case_changed
from attunement.web.sessions.models import Event, Session

router = Router(tags=["events"])

DETAILS = ("by", "minutes", "note", "kept", "due", "state")
# What each kind cannot be without.
NEEDED: dict[str, str] = {
    "late": "by",
    "cancelled": "by",
    "agreement": "note",
    "fee": "note",
    "room": "note",
    "break": "note",
    "therapist_state": "state",
}
EventId = Annotated[UUID, Path(description="made by you: the same one sent again is the same event")]
Number = Annotated[int, Field(strict=True, ge=1, le=HIGHEST_NUMBER)]


class EventGiven(Given):
    """An event; `by` says who was late or cancelled, `due` is the session by which an agreement is to be kept."""

    kind: EventKind
    session: Number
    by: Who | None = None
    minutes: Annotated[Figure | None, Field(ge=0, le=9_999)] = None
    note: Annotated[str | None, Field(max_length=1_000)] = None
    kept: bool | None = None
    due: Number | None = None
    state: TherapistState | None = None

    @model_validator(mode="after")
    def is_complete(self) -> EventGiven:
        """With what its kind cannot be without."""
        needed = NEEDED[self.kind]
        if not getattr(self, needed):
            raise ValueError(f"an event of the kind {self.kind} needs {needed}")
        return self

    @property
    def details(self) -> dict[str, Any]:
        """What is kept beside kind and session."""
        return {name: value for name in DETAILS if (value := getattr(self, name)) is not None}


class EventShape(BaseModel):
    """An event as it was written down."""

    id: UUID
    kind: str
    session: int
    by: str | None = None
    minutes: float | None = None
    note: str | None = None
    kept: bool | None = None
    due: int | None = None
    state: str | None = None


@router.get(
    "/clients/{client}/events",
    response=Page[EventShape],
    url_name="api-events",
    summary="All events of a client",
    **needs(Scope.SESSIONS_READ),
)
def list_events(request: Asked, client: UUID, limit: Limit = 100, offset: Offset = 0) -> Page[EventShape]:
    """In the order of the sessions."""
    found = request.caller.client(client, Purpose.READ, what="events")
    events = Event.objects.filter(client=found).select_related("session").order_by("session__number", "at", "pk")
    return page(request, list(events), limit, offset, _shape)


@router.put(
    "/clients/{client}/events/{event}",
    response=EventShape,
    url_name="api-event",
    summary="Write down an event",
    **needs(Scope.SESSIONS_WRITE),
)
def keep_event(request: Asked, client: UUID, event: EventId, given: EventGiven) -> EventShape:
    """Under an id of yours: sent twice, it is there once; sent with other content, it is changed."""
    found = request.caller.client(client, Purpose.CARE, what=f"event of session {given.session}")
    with transaction.atomic():
        return _shape(_kept(found, event, given))


def _kept(client: Client, pk: UUID, given: EventGiven) -> Event:
    session, _made = Session.objects.get_or_create(client=client, number=given.session)
    kept = Event.objects.select_related("session").filter(pk=pk).first()
    if kept is not None and kept.client_id != client.pk:
        raise HttpError(HTTPStatus.CONFLICT, "This id is taken; make another.")
    if kept is not None and (kept.session, kept.kind, kept.details) == (session, given.kind, given.details):
        return kept
    row = kept or Event(pk=pk, client=client)
    row.session, row.kind, row.details = session, given.kind, given.details
    row.save()
    case_changed(client)
    return row


def _shape(event: Event) -> EventShape:
    details = {name: event.details.get(name) for name in DETAILS}
    return EventShape(id=event.pk, kind=event.kind, session=event.session.number, **details)
