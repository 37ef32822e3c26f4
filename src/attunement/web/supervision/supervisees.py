"""Whom a supervisor supervises, with their clients. In alphabetical order, and in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from attunement.web.alerts.models import Alert
from attunement.web.clients.models import Client, ConsentKind, consents
from attunement.web.people.models import User
from attunement.web.reading.models import CaseView


@dataclass(frozen=True)
class ClientRow:
    """One client: what they agreed to (None: not asked yet), how many sessions, when the last, how many open alerts.

    `unseen` of the alerts the therapist has not said to have seen. Both are None while nothing has been computed.
    """

    client: Client
    recording: bool | None
    analysis: bool | None
    sessions: int
    last: date | None
    alerts: int | None
    unseen: int | None


@dataclass(frozen=True)
class Supervisee:
    """One therapist with those of their clients whose therapy goes on."""

    therapist: User
    rows: list[ClientRow]


def supervisees(therapists: Iterable[User], clients: QuerySet[Client]) -> list[Supervisee]:
    """Each therapist with their clients among these; both in alphabetical order, which ranks nobody."""
    everyone = list(therapists)
    rows = client_rows(clients.filter(therapist__in=everyone, ended_at=None))
    return [
        Supervisee(therapist, [row for row in rows if row.client.therapist_id == therapist.pk])
        for therapist in sorted(everyone, key=lambda person: person.name.casefold())
    ]


def client_rows(clients: QuerySet[Client]) -> list[ClientRow]:
    """A row for each client, by label."""
    found = list(clients.annotate(count=Count("session"), last=Max("session__date")))
    agreed = consents(found)
    computed = set(CaseView.objects.filter(client__in=found, shown__gt=0).values_list("client", flat=True))
    alerts = _open_alerts(found)
    rows = [
        ClientRow(
            client=client,
            recording=agreed[client.pk][ConsentKind.RECORDING],
            analysis=agreed[client.pk][ConsentKind.ANALYSIS],
            sessions=client.count,
            last=client.last,
            alerts=alerts.get(client.pk, (0, 0))[0] if client.pk in computed else None,
            unseen=alerts.get(client.pk, (0, 0))[1] if client.pk in computed else None,
        )
        for client in found
    ]
    return by_label(rows)


def _open_alerts(clients: Sequence[Client]) -> dict[UUID, tuple[int, int]]:
    """How many of each client's alerts are open, and how many of these the therapist has not seen."""
    is_unseen = Count("pk", filter=Q(seen_at=None))
    found = Alert.objects.filter(client__in=clients, closed_at=None).values("client")
    return {row["client"]: (row["count"], row["unseen"]) for row in found.annotate(count=Count("pk"), unseen=is_unseen)}


def by_label(rows: list[ClientRow]) -> list[ClientRow]:
    """Labels are sealed, so that the database cannot sort by them."""
    return sorted(rows, key=lambda row: row.client.label.casefold())
