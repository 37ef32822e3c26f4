"""What goes out: what this server can do, clients, observations."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from ninja import Path, Query, Router

from attunement.web.api.caller import Asked, Purpose, Scope
from attunement.web.api.fhir.capability import statement
from attunement.web.api.fhir.patients import patient as patient_of
from attunement.web.api.fhir.search import bundle, observation, observations
from attunement.web.api.fhir.shapes import PREFIX, Count, Offset, Resource, Token
from attunement.web.api.scopes import for_anybody, needs

router = Router()


@router.get(
    "/metadata", response=Resource, url_name="fhir-metadata", summary="What this server can do", **for_anybody()
)
def metadata(request: Asked) -> Any:
    """The CapabilityStatement."""
    return statement(request.build_absolute_uri(f"/{PREFIX.rstrip('/')}"))


@router.get(
    "/Patient", response=Resource, url_name="fhir-patients", summary="Find clients", **needs(Scope.CLIENTS_READ)
)
def search_patients(
    request: Asked,
    identifier: Annotated[str | None, Query(max_length=200, description="what the client is called here")] = None,
    count: Count = 100,
    offset: Offset = 0,
) -> Any:
    """Id and label; nothing else is known of who they are."""
    found = [each for each in request.caller.clients() if identifier in (None, each.label)]
    request.caller.saw("list of clients", [each.pk for each in found[offset : offset + count]])
    return bundle(request, [patient_of(each) for each in found], count, offset)


@router.get(
    "/Patient/{client}", response=Resource, url_name="fhir-patient", summary="One client", **needs(Scope.CLIENTS_READ)
)
def read_patient(request: Asked, client: UUID) -> Any:
    """Id and label."""
    return patient_of(request.caller.client(client, Purpose.READ, what="client"))


@router.get(
    "/Observation",
    response=Resource,
    url_name="fhir-observations",
    summary="Scores, ratings of the alliance, alerts of a client",
    **needs(Scope.MEASURES_READ),
)
def search_observations(
    request: Asked,
    patient: Annotated[str, Query(max_length=100, description="the id of the client, or Patient/ and the id")],
    category: Token = None,
    code: Token = None,
    date: Annotated[
        list[str], Query(max_length=4, description="`2026-03-04`, or with ge, gt, le, lt, eq in front of it")
    ] = [],  # noqa: B006
    count: Count = 100,
    offset: Offset = 0,
) -> Any:
    """The newest first. Categories: `score`, `alliance`, `alert`; alerts need the scope `alerts:read` too."""
    found = observations(request.caller, patient, category=category, code=code, dates=date)
    return bundle(request, found.resources, count, offset, remark=found.remark)


@router.get(
    "/Observation/{observation_id}",
    response=Resource,
    url_name="fhir-observation",
    summary="One score or alert",
    **needs(Scope.MEASURES_READ),
)
def read_observation(request: Asked, observation_id: Annotated[str, Path(max_length=64)]) -> Any:
    """An alert is there as long as what it rests on is."""
    return observation(request.caller, observation_id)
