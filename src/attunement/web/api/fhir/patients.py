"""A client as `Patient`: an id and a label; nothing else is known of who they are."""

from __future__ import annotations

from typing import Any

from attunement.web.clients.models import Client

LABEL = "urn:attunement:label"


def patient(client: Client) -> dict[str, Any]:
    """The resource."""
    return {
        "resourceType": "Patient",
        "id": str(client.pk),
        "active": client.ended_at is None,
        "identifier": [{"system": LABEL, "value": client.label}],
    }
