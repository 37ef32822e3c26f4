"""FHIR R4: the server."""

from __future__ import annotations

from attunement.web.api.fhir import incoming, outgoing
from attunement.web.api.fhir.outcome import SHAPE, outcome
from attunement.web.api.fhir.shapes import PREFIX
from attunement.web.api.service import Service

MEDIA_TYPE = "application/fhir+json"
DESCRIPTION = """\
Questionnaires and answers in; scores, ratings of the alliance and alerts out, as FHIR R4 (4.0.1) resources in JSON.

The client is the `Patient`, the session the `encounter`, by its number. Alerts are decision support, not a diagnosis, \
and not validated on real therapies."""

fhir = Service(
    title="Attunement, FHIR R4",
    version="4.0.1",
    description=DESCRIPTION,
    urls_namespace="fhir",
    media_type=MEDIA_TYPE,
    failure_type=MEDIA_TYPE,
    failure_shape=SHAPE,
    says=outcome,
)
for module in (outgoing, incoming):
    fhir.add_router("", module.router)

__all__ = ["PREFIX", "fhir"]
