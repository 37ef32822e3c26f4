"""What is due by a clinic's rules. Nothing is done here: it is listed, for people to see."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from attunement.web.checkins.models import Link
from attunement.web.clients.models import Client
from attunement.web.people.models import Clinic
from attunement.web.retention.models import Due, Kind, Rules, rules_of
from attunement.web.sessions.models import Transcript

NOTICE_DAYS = 14


def list_due(clinic: Clinic) -> int:
    """List what has become due, and take off the list what no longer is; how many are new."""
    now_due = set(_due(clinic, rules_of(clinic)))
    with transaction.atomic():
        listed = {(each.client_id, Kind(each.kind)): each for each in Due.objects.filter(client__clinic=clinic)}
        for key in listed.keys() - now_due:
            listed[key].delete()
        new = now_due - listed.keys()
        for client, kind in new:
            Due.objects.get_or_create(client_id=client, kind=kind)
    return len(new)


def with_days(dues: Iterable[Due]) -> list[dict[str, Any]]:
    """Each with the day from which on it is done."""
    return [{"due": due, "day": due.listed_at + timedelta(days=NOTICE_DAYS)} for due in dues]


def dues_of(client: Client) -> list[dict[str, Any]]:
    """What is due of one client."""
    return with_days(Due.objects.filter(client=client).order_by("listed_at", "pk"))


def still_due(due: Due) -> bool:
    """Whether the rules still say so: they or the therapy may have changed since it was listed."""
    clinic = due.client.clinic
    return (due.client_id, Kind(due.kind)) in set(_due(clinic, rules_of(clinic)))


def ready(clinic: Clinic) -> QuerySet[Due]:
    """What was listed long enough, and is not kept."""
    listed = timezone.now() - timedelta(days=NOTICE_DAYS)
    found = Due.objects.filter(client__clinic=clinic, kept_at=None, listed_at__lte=listed)
    return found.select_related("client__clinic", "client__therapist").order_by("listed_at", "pk")


def old_links(clinic: Clinic) -> QuerySet[Link]:
    """Links that were never used, can no longer be, and are older than the rules say."""
    months = rules_of(clinic).links_months
    if months is None:
        return Link.objects.none()
    now = timezone.now()
    return Link.objects.filter(
        client__clinic=clinic, used_at=None, expires_at__lt=now, created_at__lt=months_before(now, months)
    )


def months_before(moment: datetime, months: int) -> datetime:
    """The same day so many months earlier; the last of a month where it has no such day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))


def _due(clinic: Clinic, rules: Rules) -> Iterable[tuple[UUID, Kind]]:
    ended = Client.objects.filter(clinic=clinic, ended_at__isnull=False)
    now = timezone.now()
    if rules.transcripts_months is not None:
        over = ended.filter(ended_at__lte=months_before(now, rules.transcripts_months))
        held = Transcript.objects.filter(client__in=over).values_list("client", flat=True).distinct()
        yield from ((client, Kind.TRANSCRIPTS) for client in held)
    if rules.erase_years is not None:
        over = ended.filter(ended_at__lte=months_before(now, 12 * rules.erase_years))
        yield from ((client, Kind.ERASURE) for client in over.values_list("pk", flat=True))
