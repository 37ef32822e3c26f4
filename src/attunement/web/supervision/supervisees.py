"""Whom a supervisor supervises, with their clients. In alphabetical order, and in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, QuerySet

from attunement.web.clients.models import Client, ConsentKind, consents
from attunement.web.people.models import User
from attunement.web.reading.models import CaseView


@dataclass(frozen=True)
class ClientRow:
    """One client: what they agreed to (None: not asked yet), how many sessions, when the last, how many open alerts.

    `alerts` is None while nothing has been computed of the client.
    """

    client: Client
    recording: bool | None
    analysis: bool | None
    sessions: int
    last: date | None
    alerts: int | None


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
    cases = CaseView.objects.filter(client__in=found).defer("page", "summary")
    alerts = {case.client_id: len(case.alerts or []) for case in cases}
    rows = [
        ClientRow(
            client=client,
            recording=agreed[client.pk][ConsentKind.RECORDING],
            analysis=agreed[client.pk][ConsentKind.ANALYSIS],
            sessions=client.count,
            last=client.last,
            alerts=alerts.get(client.pk),
        )
        for client in found
    ]
    return by_label(rows)


def by_label(rows: list[ClientRow]) -> list[ClientRow]:
    """Labels are sealed, so that the database cannot sort by them."""
    return sorted(rows, key=lambda row: row.client.label.casefold())
