"""What counts of a client for the clinic's figures, kept when their case is computed."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import fmean
from typing import TYPE_CHECKING, Any

from attunement.web.clients.models import Client
from attunement.web.lead.models import Outcome

if TYPE_CHECKING:
    from attunement.case import CaseFindings


def outcome_of(findings: CaseFindings) -> dict[str, Any]:
    """By instrument whether the client changed reliably since the first answer, by month how the alliance was rated."""
    changes = {change.instrument: change.reliable for change in findings.changes if change.reliable is not None}
    months: dict[str, list[float]] = {}
    for month, rating in _ratings(findings):
        months.setdefault(month, []).append(rating)
    return {"changes": changes, "alliance": {month: round(fmean(found), 2) for month, found in months.items()}}


def keep_outcome(client: Client, found: dict[str, Any] | None) -> None:
    """Keep it; where the client was counted so far stays as it is."""
    outcome, _made = Outcome.objects.get_or_create(client=client)
    outcome.found = found
    outcome.save(update_fields=["found"])


def _ratings(findings: CaseFindings) -> Iterator[tuple[str, float]]:
    from attunement.case.alliance import check_in_means

    days = {session.number: session.date for session in findings.case.sessions}
    for number, rating in check_in_means(findings.case).items():
        day = days.get(number)
        if day is not None:
            yield f"{day:%Y-%m}", rating
