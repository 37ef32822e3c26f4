"""Alerts: what to look at before the next session."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Router
from pydantic import BaseModel, Field

from attunement.web.api.alerts import AlertOut, alerts_of, evidence_of
from attunement.web.api.caller import Asked, Purpose, Scope
from attunement.web.api.found import CAVEAT
from attunement.web.api.rest.shapes import Confidence, Limit, Offset, Page, page
from attunement.web.api.scopes import needs

router = Router(tags=["alerts"])


class WordsShape(BaseModel):
    """A turn as it was said."""

    turn: int
    speaker: str
    text: str


class EvidenceShape(BaseModel):
    """Where to look: turns of a session, a score after it, or an event around it."""

    session: int
    turns: list[int]
    words: list[WordsShape] = Field(description="empty unless the token has transcripts:read")
    measure: str | None
    value: float | None
    event: dict[str, Any] | None


class AlertShape(BaseModel):
    """One thing to look at, what it rests on, and one step that might help."""

    id: UUID = Field(description="the same as long as it rests on the same")
    client: UUID
    kind: str
    says: str
    confidence: Confidence
    basis: str
    next_step: str
    urgency: float = Field(ge=0, le=1, description="what alerts are ranked by")
    evidence: list[EvidenceShape]
    since: datetime | None = Field(description="when it was raised")
    seen_at: datetime | None = Field(description="when the therapist said that they know of it")
    computed_at: datetime | None
    is_current: bool = Field(description="false while something newer is being computed")
    caveat: str = CAVEAT


@router.get(
    "/alerts",
    response=Page[AlertShape],
    url_name="api-alerts",
    summary="All alerts",
    **needs(Scope.ALERTS_READ),
)
def list_alerts(request: Asked, limit: Limit = 100, offset: Offset = 0) -> Page[AlertShape]:
    """Of all clients whose case the owner may read, the most urgent first."""
    clients = [client for client in request.caller.clients() if client.ended_at is None]
    found = alerts_of(clients)
    request.caller.saw("alerts", {alert.client for alert in found[offset : offset + limit]})
    return _page(request, found, limit, offset)


@router.get(
    "/clients/{client}/alerts",
    response=Page[AlertShape],
    url_name="api-client-alerts",
    summary="The alerts of a client",
    **needs(Scope.ALERTS_READ),
)
def list_client_alerts(request: Asked, client: UUID, limit: Limit = 100, offset: Offset = 0) -> Page[AlertShape]:
    """The most urgent first. None means that nothing was found, not that all is well."""
    found = request.caller.client(client, Purpose.READ, what="alerts")
    return _page(request, alerts_of([found]), limit, offset)


def _page(request: Asked, found: list[AlertOut], limit: int, offset: int) -> Page[AlertShape]:
    with_words = request.caller.may(Scope.TRANSCRIPTS_READ)
    return page(request, found, limit, offset, lambda alert: _shape(alert, with_words=with_words))


def _shape(alert: AlertOut, *, with_words: bool) -> AlertShape:
    says = alert.says
    return AlertShape(
        id=alert.id,
        client=alert.client,
        kind=says["kind"],
        says=says["says"],
        confidence=says["confidence"],
        basis=says["basis"],
        next_step=says["next_step"],
        urgency=alert.urgency,
        evidence=[EvidenceShape(**piece) for piece in evidence_of(alert, with_words=with_words)],
        since=alert.since,
        seen_at=alert.seen_at,
        computed_at=alert.computed_at,
        is_current=alert.is_current,
    )
