"""Sessions: when they were, how far the reading of their transcript is, what was found in it."""

from __future__ import annotations

import datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.http import Http404
from ninja import File, Form, Router, UploadedFile
from ninja.errors import HttpError
from pydantic import BaseModel, Field

from attunement.web.api.caller import Asked, Caller, Purpose, Scope
from attunement.web.api.found import Found, found_in, without_words
from attunement.web.api.rest.shapes import Given, Limit, Offset, Page, SessionNumber, page
from attunement.web.api.rest.transcripts import keep_once, name_and_content
from attunement.web.api.scopes import needs
from attunement.web.clients.models import Client, ConsentKind, has_consent
from attunement.web.reading.queue import case_changed
from attunement.web.sessions.models import Reading, Session, Transcript

router = Router(tags=["sessions"])
REFUSED = "It could not be read. Why is said on its page, and to tokens with the scope transcripts:read."
NOT_AGREED = "The client has not agreed to their transcripts being read; nothing was kept."


class SessionShape(BaseModel):
    """A session; `transcript` is how far the reading is, `none` where nothing was uploaded."""

    number: int
    date: datetime.date | None
    transcript: Literal["none", "waiting", "reading", "read", "refused"]
    uploaded_at: datetime.datetime | None
    read_at: datetime.datetime | None


class SessionDetail(SessionShape):
    """With what was found in it, in short."""

    refusal: str | None = Field(description="why the transcript could not be read, in one line")
    found: Found | None = Field(description="null while there is no reading")


class SessionGiven(Given):
    """When a session was; a date that is not given stays as it is."""

    date: datetime.date | None = None


@router.get(
    "/clients/{client}/sessions",
    response=Page[SessionShape],
    url_name="api-sessions",
    summary="All sessions of a client",
    **needs(Scope.SESSIONS_READ),
)
def list_sessions(request: Asked, client: UUID, limit: Limit = 100, offset: Offset = 0) -> Page[SessionShape]:
    """In their order."""
    found = request.caller.client(client, Purpose.READ, what="sessions")
    return page(request, list(_rows(found)), limit, offset, _shape)


@router.get(
    "/clients/{client}/sessions/{number}",
    response=SessionDetail,
    url_name="api-session",
    summary="One session, with what was found in it",
    **needs(Scope.SESSIONS_READ),
)
def show_session(request: Asked, client: UUID, number: SessionNumber) -> SessionDetail:
    """State of the reading; attunement, counts and episodes with their confidence."""
    found = request.caller.client(client, Purpose.READ, what=f"session {number}")
    return _detail(request.caller, found, number)


@router.put(
    "/clients/{client}/sessions/{number}",
    response=SessionDetail,
    url_name="api-session",
    summary="Add a session, or change its date",
    **needs(Scope.SESSIONS_WRITE),
)
def keep_session(request: Asked, client: UUID, number: SessionNumber, given: SessionGiven) -> SessionDetail:
    """Sent twice, there is still one session of this number."""
    found = request.caller.client(client, Purpose.CARE, what=f"session {number}")
    with transaction.atomic():
        session, is_new = Session.objects.get_or_create(client=found, number=number)
        if given.date is not None and session.date != given.date:
            session.date, is_new = given.date, True
            session.save(update_fields=["date"])
        if is_new:
            case_changed(found)
    return _detail(request.caller, found, number)


@router.post(
    "/clients/{client}/sessions/{number}/transcript",
    response={HTTPStatus.ACCEPTED: SessionDetail},
    url_name="api-transcript",
    summary="Upload the transcript of a session",
    **needs(Scope.SESSIONS_WRITE),
)
def keep_transcript(
    request: Asked,
    client: UUID,
    number: SessionNumber,
    file: Annotated[UploadedFile | None, File(description="a transcript in any format that is read")] = None,
    pasted: Annotated[str | None, Form(max_length=2_000_000, description="its words, in place of a file")] = None,
    date: Annotated[datetime.date | None, Form()] = None,
    therapist: Annotated[
        str | None, Form(max_length=100, description="the therapist's name in it, where it is not found out by itself")
    ] = None,
    replace: Annotated[
        bool, Form(description="whether it goes in the place of one that is there and was read")
    ] = False,
) -> SessionDetail:
    """Kept, and read soon: ask for the session until its `transcript` is `read` or `refused`.

    The same one sent twice is kept and read once.
    """
    found = request.caller.client(client, Purpose.CARE, what=f"transcript of session {number}")
    name, content = name_and_content(file, pasted)
    if not has_consent(found, ConsentKind.ANALYSIS):
        raise HttpError(HTTPStatus.CONFLICT, NOT_AGREED)
    keep_once(
        found, number=number, date=date, name=name, content=content, therapist=therapist or None, may_replace=replace
    )
    return _detail(request.caller, found, number)


@router.get(
    "/clients/{client}/sessions/{number}/reading",
    response=dict[str, Any],
    url_name="api-reading",
    summary="The whole reading of a session",
    **needs(Scope.SESSIONS_READ),
)
def show_reading(request: Asked, client: UUID, number: SessionNumber) -> dict[str, Any]:
    """As `attunement read --json` writes it (`attunement/reading/1`).

    Words of the transcript, names in it and its file name are left out unless the token has `transcripts:read`.
    """
    may_see_words = request.caller.may(Scope.TRANSCRIPTS_READ)
    what = f"reading{' with words' if may_see_words else ''} of session {number}"
    found = request.caller.client(client, Purpose.READ, what=what)
    reading = Reading.objects.defer("page").filter(client=found, session__number=number).first()
    if reading is None:
        raise Http404
    whole = _whole(reading)
    return whole if may_see_words else without_words(whole)


def _rows(client: Client) -> Any:
    """Without the transcripts themselves, which are large."""
    return (
        Session.objects.filter(client=client)
        .order_by("number")
        .values(
            "number",
            "date",
            state=F("transcript__state"),
            uploaded_at=F("transcript__uploaded_at"),
            read_at=F("reading__read_at"),
        )
    )


def _shape(row: dict[str, Any]) -> SessionShape:
    return SessionShape(transcript=row.pop("state") or "none", **row)


def _detail(caller: Caller, client: Client, number: int) -> SessionDetail:
    row = _rows(client).filter(number=number).first()
    if row is None:
        raise Http404
    transcript = Transcript.objects.filter(client=client, session__number=number).defer("content").first()
    reading = Reading.objects.defer("page").filter(client=client, session__number=number).first()
    return SessionDetail(
        **_shape(row).model_dump(),
        refusal=_refusal(caller, transcript),
        found=found_in(_whole(reading)) if reading else None,
    )


def _refusal(caller: Caller, transcript: Transcript | None) -> str | None:
    """Why it could not be read. The line may name who speaks in it."""
    if transcript is None or transcript.refusal is None:
        return None
    return str(transcript.refusal) if caller.may(Scope.TRANSCRIPTS_READ) else REFUSED


def _whole(reading: Reading) -> dict[str, Any]:
    from attunement.reports import to_json
    from attunement.web.reading.stored import unpacked_reading

    return to_json(unpacked_reading(reading.content), coder=reading.coder)
