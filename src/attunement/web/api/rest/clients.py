"""Clients, as far as the token's owner may reach them; and the token itself."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ninja import Router
from pydantic import BaseModel, Field

from attunement.web.api.caller import Asked, Purpose, Scope
from attunement.web.api.rest.shapes import Limit, Offset, Page, page
from attunement.web.api.scopes import needs
from attunement.web.clients.models import Client, consents

router = Router(tags=["clients"])


class TokenShape(BaseModel):
    """The token that was sent."""

    name: str
    owner: str
    clinic: str
    scopes: list[str]
    expires_at: datetime


class Agreed(BaseModel):
    """What holds now: true, false, or null where the client was not asked yet."""

    recording: bool | None
    analysis: bool | None
    research: bool | None


class ClientShape(BaseModel):
    """A client; `label` is what the therapist calls them here, often a code."""

    id: UUID
    label: str
    therapist: str = Field(description="the therapist's name")
    admitted_at: datetime
    ended_at: datetime | None
    consent: Agreed


@router.get("/token", response=TokenShape, url_name="api-token", summary="Which token this is", **needs())
def show_token(request: Asked) -> TokenShape:
    """For trying out a connection: whose token it is, what it is for, and until when."""
    token = request.caller.token
    return TokenShape(
        name=token.name,
        owner=token.owner.name,
        clinic=token.owner.clinic.name,
        scopes=[str(scope) for scope in token.uses],
        expires_at=token.expires_at,
    )


@router.get(
    "/clients",
    response=Page[ClientShape],
    url_name="api-clients",
    summary="All clients",
    **needs(Scope.CLIENTS_READ),
)
def list_clients(request: Asked, limit: Limit = 100, offset: Offset = 0) -> Page[ClientShape]:
    """The owner's own clients, and those of the therapists whom they supervise; the first admitted first."""
    found = request.caller.clients()
    request.caller.saw("list of clients", [client.pk for client in found[offset : offset + limit]])
    agreed = consents(found)
    return page(request, found, limit, offset, lambda client: _shape(client, agreed[client.pk]))


@router.get(
    "/clients/{client}",
    response=ClientShape,
    url_name="api-client",
    summary="One client",
    **needs(Scope.CLIENTS_READ),
)
def show_client(request: Asked, client: UUID) -> ClientShape:
    """Label, therapist, consent."""
    found = request.caller.client(client, Purpose.READ, what="client")
    return _shape(found, consents([found])[found.pk])


def _shape(client: Client, agreed: dict[str, bool | None]) -> ClientShape:
    return ClientShape(
        id=client.pk,
        label=client.label,
        therapist=client.therapist.name,
        admitted_at=client.created_at,
        ended_at=client.ended_at,
        consent=Agreed(**agreed),
    )
