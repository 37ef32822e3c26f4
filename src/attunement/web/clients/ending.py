"""The end of a therapy, and its beginning anew; what a client is called."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from attunement.web.clients.models import Client

NOON = time(12)


def end(client: Client, day: date) -> None:
    """The therapy ended on this day: the client leaves the list of today; nothing is deleted by that."""
    client.ended_at = timezone.make_aware(datetime.combine(day, NOON))
    client.save(update_fields=["ended_at"])


def reopen(client: Client) -> None:
    """The two go on."""
    client.ended_at = None
    client.save(update_fields=["ended_at"])


def rename(client: Client, label: str) -> None:
    """Another name for the client; the case, which carries it, is drawn anew."""
    from attunement.web.reading.queue import case_changed

    with transaction.atomic():
        client.label = label
        client.save(update_fields=["label"])
        case_changed(client)
