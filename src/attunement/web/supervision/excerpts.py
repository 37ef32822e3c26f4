"""The latest excerpts of some clients, opened for a page."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models.functions import Coalesce, TruncDate

from attunement.web.clients.models import Client
from attunement.web.supervision.models import Excerpt


def latest(clients: Collection[Client], count: int) -> list[Excerpt]:
    """Those of the `count` latest sessions, newest first; a session without a date counts from when it was read."""
    day = Coalesce("reading__session__date", TruncDate("reading__read_at"))
    found = Excerpt.objects.filter(client__in=clients).select_related("reading__session", "client").alias(day=day)
    return list(
        found.defer("reading__content", "reading__page").order_by("-day", "-reading__session__number", "pk")[:count]
    )
