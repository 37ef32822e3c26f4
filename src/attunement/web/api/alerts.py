"""Alerts of a case as they go out: each with an id that stays as long as what it says does."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from attunement.web.alerts.models import Alert
from attunement.web.alerts.open import open_alerts
from attunement.web.clients.models import Client
from attunement.web.reading.models import CaseView


@dataclass(frozen=True, slots=True)
class AlertOut:
    """An alert of `attunement/case/1` (`says`), of which case, whose it is, and when the case was computed.

    `since` is when it was raised, `seen_at` when the therapist said that they know of it.
    """

    id: UUID
    case: UUID
    client: UUID
    computed_at: datetime | None
    is_current: bool
    since: datetime | None
    seen_at: datetime | None
    says: dict[str, Any]

    @property
    def urgency(self) -> float:
        """What alerts are ranked by, 0 to 1."""
        return float(self.says["urgency"] or 0)


def alerts_of(clients: Iterable[Client]) -> list[AlertOut]:
    """The alerts of these clients, the most urgent first. Two queries."""
    ids = [client.pk for client in clients]
    kept = open_alerts(ids)
    views = CaseView.objects.filter(client__in=ids).defer("page", "summary")
    found = [
        _alert(view, alert, kept.get(view.client_id, {}).get(alert["kind"]))
        for view in views
        for alert in view.alerts or []
    ]
    return sorted(found, key=lambda alert: (-alert.urgency, str(alert.id)))


def evidence_of(alert: AlertOut, *, with_words: bool) -> list[dict[str, Any]]:
    """What it rests on; words of transcripts and notes only where they may be seen."""
    if with_words:
        return list(alert.says["evidence"])
    return [{**piece, "words": [], "event": _without_note(piece["event"])} for piece in alert.says["evidence"]]


def _alert(view: CaseView, alert: dict[str, Any], kept: Alert | None) -> AlertOut:
    looked_at = [{**piece, "words": []} for piece in alert["evidence"]]
    pk = uuid5(view.pk, json.dumps([alert["kind"], looked_at], sort_keys=True))
    return AlertOut(
        id=pk,
        case=view.pk,
        client=view.client_id,
        computed_at=view.computed_at,
        is_current=view.is_current,
        since=kept.raised_at if kept else None,
        seen_at=kept.seen_at if kept else None,
        says=alert,
    )


def _without_note(event: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if event is None else {**event, "note": None}
