"""Check-in links for clients."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.crypto import salted_hmac
from ninja import Header, Router
from ninja.errors import HttpError
from pydantic import BaseModel, Field

from attunement.web.api.caller import Asked, Purpose, Scope
from attunement.web.api.rest.shapes import SessionNumber
from attunement.web.api.scopes import needs
from attunement.web.checkins.models import Link, LinkState
from attunement.web.people.models import token_hash
from attunement.web.sessions.models import Session

router = Router(tags=["check-ins"])

IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=16,
        max_length=100,
        pattern=r"^[!-~]+$",
        description="any text that you make up for this link, such as a UUID: sent again, the same link is given again",
    ),
]


class LinkShape(BaseModel):
    """An address that opens one client's check-in, once, without an account. Whoever has it can open it."""

    address: str
    session: int
    instruments: list[str] = Field(description="what is asked")
    expires_at: datetime


@router.post(
    "/clients/{client}/sessions/{number}/check-in-links",
    response=LinkShape,
    url_name="api-check-in-links",
    summary="Make a check-in link",
    **needs(Scope.CHECKINS_WRITE),
)
def make_link(request: Asked, client: UUID, number: SessionNumber, key: IdempotencyKey) -> LinkShape:
    """For the check-in after this session. Give it to the client only; nobody answers a client automatically."""
    found = request.caller.client(client, Purpose.CARE, what=f"check-in link for session {number}")
    session = Session.objects.filter(client=found, number=number).first()
    if session is None:
        raise Http404
    # Made from the key and not by chance, so that who asks again after a lost answer gets the same one.
    token = salted_hmac("attunement.web.api.links", f"{request.caller.token.pk}/{session.pk}/{key}").hexdigest()
    link = Link.objects.filter(token_hash=token_hash(token)).first()
    if link is None:
        Link.issue(session, token=token)
        link = Link.objects.get(token_hash=token_hash(token))
    if link.state != LinkState.OPEN:
        raise HttpError(HTTPStatus.CONFLICT, f"The link made with this key is {link.state}; send another key.")
    return LinkShape(
        address=request.build_absolute_uri(reverse("check-in", args=[token])),
        session=number,
        instruments=link.instruments,
        expires_at=link.expires_at,
    )
