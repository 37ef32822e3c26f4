"""How many check-ins were asked for, and how many came back. Counts only, no word of anybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from attunement.web.checkins.models import Link
from attunement.web.people.models import Clinic


@dataclass(frozen=True, slots=True)
class Responses:
    """Check-ins of some clients in some time. Several links for the same session count as one check-in.

    `open` are those that were not answered and still can be; `clients` is how many clients all of them come from, so
    that small cells can be hidden.
    """

    sent: int
    answered: int
    open: int
    clients: int

    @property
    def rate(self) -> float | None:
        """The share that came back, 0 to 1, of those that were answered or have expired; None while there are none."""
        closed = self.sent - self.open
        return self.answered / closed if closed else None


@dataclass(slots=True)
class _CheckIn:
    client: UUID
    at: datetime
    is_answered: bool = False
    is_open: bool = False


def response_rates(clinic: Clinic, since: datetime, until: datetime | None = None) -> dict[date, Responses]:
    """By month (its first day, in the clinic's time zone), of links made since; months without are left out."""
    by_month: dict[date, list[_CheckIn]] = {}
    for check_in in _check_ins(clinic, since, until):
        by_month.setdefault(timezone.localtime(check_in.at).date().replace(day=1), []).append(check_in)
    return {month: _counted(by_month[month]) for month in sorted(by_month)}


def responses_by_client(clinic: Clinic, since: datetime, until: datetime | None = None) -> dict[UUID, Responses]:
    """By the client's id, of links made from `since` on; clients without are left out."""
    by_client: dict[UUID, list[_CheckIn]] = {}
    for check_in in _check_ins(clinic, since, until):
        by_client.setdefault(check_in.client, []).append(check_in)
    return {client: _counted(check_ins) for client, check_ins in by_client.items()}


def _check_ins(clinic: Clinic, since: datetime, until: datetime | None) -> Iterable[_CheckIn]:
    """What was asked for once each, however many links it took; links withdrawn unused asked for nothing."""
    links = Link.objects.filter(client__clinic=clinic, created_at__gte=since).order_by("created_at")
    if until is not None:
        links = links.filter(created_at__lt=until)
    found: dict[object, _CheckIn] = {}
    now = timezone.now()
    columns = ("client", "session", "before", "created_at", "expires_at", "used_at", "withdrawn_at")
    for client, session, before, created, expires, used, withdrawn in links.values_list(*columns):
        if withdrawn and not used:
            continue
        check_in = found.setdefault((client, session, before), _CheckIn(client, created))
        check_in.is_answered |= used is not None
        check_in.is_open |= expires > now
    return found.values()


def _counted(check_ins: list[_CheckIn]) -> Responses:
    return Responses(
        sent=len(check_ins),
        answered=sum(each.is_answered for each in check_ins),
        open=sum(each.is_open and not each.is_answered for each in check_ins),
        clients=len({each.client for each in check_ins}),
    )
