"""Alerts as Today shows them: called by name, each with the turns that it rests on, a link to each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from attunement.web.sessions.models import Session

TITLES = {
    "ending_risk": _("May be drifting towards an ending"),
    "deterioration": _("Getting worse"),
    "unrepaired_rupture": _("A rupture left open"),
    "probable_rupture": _("Probable rupture: a drop in ratings"),
    "not_on_track": _("Not on track"),
    "hidden_strain": _("Something may be unsaid"),
    "no_gain_in_safety": _("Safety is not growing"),
}
MOST_QUOTED = 2
QUOTE = 110  # letters


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn that an alert rests on: where, who, and how it begins. `words` is None where a session is meant as one."""

    address: str
    session: int
    number: int | None = None
    speaker: str | None = None
    words: str | None = None


def shown(alerts: dict[UUID, list[dict[str, Any]]]) -> dict[UUID, list[dict[str, Any]]]:
    """The alerts of several clients with `title` and `rests_on`, the turns; one query."""
    pages = _pages(alerts)
    return {
        client: [
            {**alert, "title": TITLES.get(alert["kind"], ""), "rests_on": _rests_on(alert, pages.get(client, {}))}
            for alert in found
        ]
        for client, found in alerts.items()
    }


def _pages(alerts: dict[UUID, list[dict[str, Any]]]) -> dict[UUID, dict[int, str]]:
    named = {piece["session"] for found in alerts.values() for alert in found for piece in alert["evidence"]}
    of = Session.objects.filter(client__in=[pk for pk, found in alerts.items() if found], number__in=named)
    pages: dict[UUID, dict[int, str]] = {}
    for client, number, pk in of.values_list("client", "number", "pk"):
        pages.setdefault(client, {})[number] = reverse("session", args=[pk])
    return pages


def _rests_on(alert: dict[str, Any], pages: dict[int, str]) -> list[Turn]:
    """The first turns of the evidence; where it names none, the session that raises the alert."""
    pieces = [piece for piece in alert["evidence"] if piece["session"] in pages]
    turns = [
        Turn(
            f"{pages[piece['session']]}#turn-{said['turn']}",
            piece["session"],
            said["turn"],
            said["speaker"],
            _begin(said["text"]),
        )
        for piece in pieces
        for said in piece["words"]
    ]
    return turns[:MOST_QUOTED] or [Turn(pages[piece["session"]], piece["session"]) for piece in pieces[:1]]


def _begin(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= QUOTE else f"{line[:QUOTE].rsplit(' ', 1)[0]} …"
