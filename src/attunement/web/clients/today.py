"""What is open with each client, the most urgent first. A constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q

from attunement.web.alerts.open import open_alerts, with_kept
from attunement.web.checkins.danger import RawAnswer, raw_answers
from attunement.web.checkins.models import FeltOff, Sight
from attunement.web.clients.models import Client, ConsentKind, consents
from attunement.web.reading.models import CaseView
from attunement.web.sessions.models import State, Transcript


@dataclass(frozen=True)
class Row:
    """One client on the page."""

    client: Client
    alerts: list[dict[str, Any]]
    sessions: int
    last: Any
    may_read: bool
    waiting: int
    refused: int
    felt_off: int
    raw_answers: list[RawAnswer]
    is_current: bool

    @property
    def urgency(self) -> float:
        """What rows are ranked by: answers to what asks about danger, a client's own word, the most urgent alert."""
        first = (4.0 if self.raw_answers else 0.0) + (2.0 if self.felt_off else 0.0)
        return first + max((alert["urgency"] or 0 for alert in self.alerts), default=0.0)


def today(clients: Iterable[Client]) -> list[Row]:
    """A row for each client."""
    counted = Client.objects.filter(pk__in=[client.pk for client in clients], ended_at=None)
    found = list(counted.annotate(count=Count("session"), last=Max("session__date")).order_by("created_at"))
    ids = [client.pk for client in found]
    cases = {view.client_id: view for view in CaseView.objects.filter(client__in=ids).defer("page", "summary")}
    agreed = consents(found)
    states = _counts(
        Transcript, ids, waiting=Q(state__in=(State.WAITING, State.READING)), refused=Q(state=State.REFUSED)
    )
    off = _counts(FeltOff, ids, off=Q(sight__in=(Sight.NOW, Sight.THAT_THERE_IS)))
    raw, kept = raw_answers(found), open_alerts(ids)
    rows = [
        Row(
            client=client,
            alerts=with_kept(_alerts(cases.get(client.pk)), kept.get(client.pk, {})),
            sessions=client.count,
            last=client.last,
            may_read=bool(agreed[client.pk][ConsentKind.ANALYSIS]),
            waiting=states.get(client.pk, {}).get("waiting", 0),
            refused=states.get(client.pk, {}).get("refused", 0),
            felt_off=off.get(client.pk, {}).get("off", 0),
            raw_answers=raw.get(client.pk, []),
            is_current=client.pk not in cases or cases[client.pk].is_current,
        )
        for client in found
    ]
    return sorted(rows, key=lambda row: -row.urgency)


def _alerts(case: CaseView | None) -> list[dict[str, Any]]:
    return list(case.alerts or []) if case else []


def _counts(model: Any, ids: list[Any], **kinds: Q) -> dict[Any, dict[str, int]]:
    counted = (
        model.objects.filter(client__in=ids)
        .values("client")
        .annotate(**{name: Count("pk", filter=condition) for name, condition in kinds.items()})
    )
    return {row["client"]: row for row in counted}
