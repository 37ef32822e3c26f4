"""The figures of a clinic as they may be shown: every cell under five clients is hidden before anything is kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count
from django.utils import timezone

from attunement.web.checkins.responses import Responses, responses_by_client
from attunement.web.clients.models import Client
from attunement.web.lead.cells import LEAST
from attunement.web.lead.intervals import clustered_share, mean_of
from attunement.web.lead.models import Glance, Outcome, settings_of
from attunement.web.lead.release import released
from attunement.web.people.models import Clinic
from attunement.web.sessions.models import Session

MONTHS = 6


def look_over(clinic: Clinic) -> Glance:
    """Compute the clinic's figures and keep them."""
    glance = Glance.objects.filter(clinic=clinic).first() or Glance(clinic=clinic)
    outcomes = _outcomes(clinic)
    glance.figures = {
        "outcome": released(
            clinic, outcomes, settings_of(clinic).distress, before=(glance.figures or {}).get("outcome")
        ),
        "months": [_month(clinic, first, outcomes) for first in last_months(timezone.localdate())],
    }
    glance.computed_at = timezone.now()
    glance.save()
    return glance


def last_months(day: date) -> list[date]:
    """The first days of the last months, the newest first; no two overlap, so that none can be had by difference."""
    months = [day.replace(day=1)]
    while len(months) < MONTHS:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months


def _outcomes(clinic: Clinic) -> list[Outcome]:
    """One a client, also of clients of whom nothing is known yet: they count as such."""
    for client in Client.objects.filter(clinic=clinic, outcome=None):
        Outcome.objects.get_or_create(client=client)
    return list(Outcome.objects.filter(client__clinic=clinic).select_related("client"))


def _month(clinic: Clinic, first: date, outcomes: Iterable[Outcome]) -> dict[str, Any]:
    return {
        "month": first.isoformat(),
        "sessions": _sessions(clinic, first),
        "check_ins": _check_ins(list(responses_by_client(clinic, _start(first), _start(_next(first))).values())),
        "alliance": _alliance(
            [(outcome.found or {}).get("alliance", {}).get(f"{first:%Y-%m}") for outcome in outcomes]
        ),
    }


def _sessions(clinic: Clinic, first: date) -> dict[str, int] | None:
    held = Session.objects.filter(client__clinic=clinic, date__gte=first, date__lt=_next(first))
    counted = held.aggregate(sessions=Count("pk"), clients=Count("client", distinct=True))
    return counted if counted["clients"] >= LEAST else None


def _check_ins(clients: list[Responses]) -> dict[str, Any] | None:
    """Sent, answered, and the share of those that can no longer be answered; None where it rests on too few clients.

    A share is given where it rests on five clients of its own: check-ins that are still open are in none.
    """
    if len(clients) < LEAST:
        return None
    counts = [(each.answered, each.sent - each.open) for each in clients if each.sent > each.open]
    sent, answered = sum(each.sent for each in clients), sum(each.answered for each in clients)
    share = clustered_share(counts) if len(counts) >= LEAST else None
    return {"sent": sent, "answered": answered, "share": share}


def _alliance(means: list[float | None]) -> dict[str, float] | None:
    rated = [mean for mean in means if mean is not None]
    return mean_of(rated) if len(rated) >= LEAST else None


def _next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
