"""Excerpts are made where the case is followed, so that they know what came later; new ones take the place of old."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from attunement.web.clients.models import Client
from attunement.web.sessions.models import Reading
from attunement.web.supervision.models import Excerpt

if TYPE_CHECKING:
    from attunement.case.findings import CaseFindings


def excerpts_of(client: Client, findings: CaseFindings) -> list[Excerpt]:
    """An excerpt for each session of the case that was read; nothing is saved yet."""
    from attunement.web.supervision.counting import counts_of
    from attunement.web.supervision.picking import moments_of

    readings = dict(Reading.objects.filter(client=client).values_list("session__number", "pk"))
    return [
        Excerpt(
            client=client,
            reading_id=readings[session.number],
            moments=moments_of(session, findings),
            counts=counts_of(session.reading),
        )
        for session in findings.case.read
        if session.number in readings and session.reading is not None
    ]


def keep(client: Client, excerpts: Iterable[Excerpt]) -> None:
    """Within a transaction: these in the place of those that were; a reading deleted meanwhile has none."""
    there = set(Reading.objects.select_for_update().filter(client=client).values_list("pk", flat=True))
    Excerpt.objects.filter(client=client).delete()
    Excerpt.objects.bulk_create(each for each in excerpts if each.reading_id in there)
