"""What this server can do, as a `CapabilityStatement`."""

from __future__ import annotations

from datetime import date
from typing import Any

from attunement import __version__
from attunement.web.api.found import CAVEAT

AS_OF = date(2026, 11, 29)  # of this statement, not of the server
TYPES: tuple[tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]], ...] = (
    ("Patient", ("read", "search-type"), (("identifier", "token"),)),
    ("Questionnaire", ("create", "read"), ()),
    ("QuestionnaireResponse", ("create", "read"), ()),
    (
        "Observation",
        ("read", "search-type"),
        (("patient", "reference"), ("category", "token"), ("code", "token"), ("date", "date")),
    ),
)


def statement(address: str) -> dict[str, Any]:
    """The statement of the server at this address."""
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": AS_OF.isoformat(),
        "kind": "instance",
        "software": {"name": "Attunement", "version": __version__},
        "implementation": {"description": f"An Attunement clinic. {CAVEAT}", "url": address},
        "fhirVersion": "4.0.1",
        "format": ["json"],
        "rest": [
            {
                "mode": "server",
                "security": {"description": "A token in Authorization: Bearer, made by somebody who works here."},
                "resource": [_type(*each) for each in TYPES],
            }
        ],
    }


def _type(name: str, can: tuple[str, ...], search: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    found: dict[str, Any] = {"type": name, "interaction": [{"code": code} for code in can]}
    if search:
        found["searchParam"] = [{"name": param, "type": kind} for param, kind in search]
    return found
