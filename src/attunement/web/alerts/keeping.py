"""What is raised now is compared with what was open: new alerts begin, those that went away are closed."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from attunement.web.alerts.models import Alert
from attunement.web.clients.models import Client


def keep_alerts(client: Client, kinds: Iterable[str]) -> None:
    """Keep that these kinds are raised, and no others; to be called while the client's case is locked."""
    raised, now = set(kinds), timezone.now()
    for alert in Alert.objects.filter(client=client, closed_at=None):
        if alert.kind in raised:
            raised.discard(alert.kind)
            alert.last_raised_at = now
        else:
            alert.closed_at = now
        alert.save(update_fields=["last_raised_at", "closed_at"])
    for kind in raised:
        Alert.objects.create(client=client, kind=kind, raised_at=now, last_raised_at=now)
