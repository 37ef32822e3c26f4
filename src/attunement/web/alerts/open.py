"""Which alerts are open, and for how long."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from attunement.web.alerts.models import Alert
from attunement.web.people.models import Clinic


def open_alerts(clients: Iterable[UUID]) -> dict[UUID, dict[str, Alert]]:
    """The open alerts of these clients, by client and kind. One query."""
    found: dict[UUID, dict[str, Alert]] = {}
    for alert in Alert.objects.filter(client__in=list(clients), closed_at=None).select_related("seen_by"):
        found.setdefault(alert.client_id, {})[alert.kind] = alert
    return found


def with_kept(alerts: list[dict[str, Any]], kept: dict[str, Alert]) -> list[dict[str, Any]]:
    """Alerts as a case has them, each with the row that says since when, None where it was computed too long ago."""
    return [{**alert, "kept": kept.get(alert["kind"])} for alert in alerts]


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A client with something open for longer than the clinic allows; of the alerts only how many, never which.

    `unseen` counts those that the therapist has not said to have seen.
    """

    client: UUID
    therapist: str
    since: datetime
    count: int
    unseen: int

    @property
    def days(self) -> int:
        """For how many whole days."""
        return (timezone.now() - self.since).days


def open_longer_than(clinic: Clinic, days: int) -> list[OpenCase]:
    """Clients in therapy with an alert open for longer than this, by therapist's name. Opens nothing sealed."""
    oldest = timezone.now() - timedelta(days=days)
    alerts = Alert.objects.filter(client__clinic=clinic, client__ended_at=None, closed_at=None, raised_at__lt=oldest)
    by_client: dict[tuple[str, UUID], list[tuple[datetime, bool]]] = {}
    columns = ("client__therapist__name", "client", "raised_at", "seen_at")
    for therapist, client, raised, seen in alerts.order_by("raised_at").values_list(*columns):
        by_client.setdefault((therapist, client), []).append((raised, seen is None))
    return [
        OpenCase(client, therapist, found[0][0], len(found), sum(unseen for _, unseen in found))
        for (therapist, client), found in sorted(by_client.items())
    ]


def open_count(clinic: Clinic) -> int:
    """How many alerts are open with clients in therapy."""
    return Alert.objects.filter(client__clinic=clinic, client__ended_at=None, closed_at=None).count()
