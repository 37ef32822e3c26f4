"""What is kept beside a case whenever it is computed: excerpts, since when alerts are open, the outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from attunement.web.alerts.keeping import keep_alerts
from attunement.web.clients.models import Client
from attunement.web.lead.outcomes import keep_outcome, outcome_of
from attunement.web.supervision import keeping
from attunement.web.supervision.models import Excerpt

if TYPE_CHECKING:
    from attunement.case import CaseFindings


@dataclass(frozen=True)
class Beside:
    """Computed, and not saved yet; that of a case without sessions is empty."""

    excerpts: tuple[Excerpt, ...] = ()
    alerts: tuple[str, ...] = ()
    outcome: dict[str, Any] | None = None


def beside(client: Client, findings: CaseFindings) -> Beside:
    """What is to be kept of these findings."""
    return Beside(
        excerpts=tuple(keeping.excerpts_of(client, findings)),
        alerts=tuple(alert.kind for alert in findings.alerts),
        outcome=outcome_of(findings),
    )


def keep_beside(client: Client, found: Beside) -> None:
    """Within a transaction, while the client's case is locked."""
    keeping.keep(client, found.excerpts)
    keep_alerts(client, found.alerts)
    keep_outcome(client, found.outcome)
