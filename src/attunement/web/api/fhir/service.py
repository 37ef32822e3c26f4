"""FHIR R4: the operations."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from ninja import Body, Path, Query, Status
from pydantic import BaseModel, ConfigDict

from attunement.web.api import answers
from attunement.web.api.caller import Asked, Purpose, Scope
from attunement.web.api.fhir import questionnaires, responses
from attunement.web.api.fhir.capability import statement
from attunement.web.api.fhir.outcome import SHAPE, outcome
from attunement.web.api.fhir.patients import patient
from attunement.web.api.fhir.search import bundle, observation, observations
from attunement.web.api.rest.shapes import MOST_ON_A_PAGE
from attunement.web.api.scopes import for_anybody, needs
from attunement.web.api.service import Service
from attunement.web.audit.models import Action, record
from attunement.web.checkins.models import Answers
from attunement.web.people.models import Role
from attunement.web.questionnaires.models import Questionnaire

PREFIX = "fhir/R4/"
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


class Resource(BaseModel):
    """A FHIR resource; its other fields are those of its type."""

    model_config = ConfigDict(extra="allow")

    resourceType: str


Count = Annotated[int, Query(alias="_count", ge=1, le=MOST_ON_A_PAGE)]
Offset = Annotated[int, Query(alias="_offset", ge=0, le=1_000_000)]
Token = Annotated[str | None, Query(max_length=200, description="`code` or `system|code`, commas between")]


@fhir.get("/metadata", response=Resource, url_name="fhir-metadata", summary="What this server can do", **for_anybody())
def metadata(request: Asked) -> Any:
    """The CapabilityStatement."""
    return statement(request.build_absolute_uri(f"/{PREFIX.rstrip('/')}"))


@fhir.get("/Patient", response=Resource, url_name="fhir-patients", summary="Find clients", **needs(Scope.CLIENTS_READ))
def search_patients(
    request: Asked,
    identifier: Annotated[str | None, Query(max_length=200, description="what the client is called here")] = None,
    count: Count = 100,
    offset: Offset = 0,
) -> Any:
    """Id and label; nothing else is known of who they are."""
    found = [each for each in request.caller.clients() if identifier in (None, each.label)]
    request.caller.saw("list of clients", [each.pk for each in found[offset : offset + count]])
    return bundle(request, [patient(each) for each in found], count, offset)


@fhir.get(
    "/Patient/{client}", response=Resource, url_name="fhir-patient", summary="One client", **needs(Scope.CLIENTS_READ)
)
def read_patient(request: Asked, client: UUID) -> Any:
    """Id and label."""
    return patient(request.caller.client(client, Purpose.READ, what="client"))


@fhir.post(
    "/Questionnaire",
    response={HTTPStatus.OK: Resource, HTTPStatus.CREATED: Resource},
    url_name="fhir-questionnaires",
    summary="Set up a questionnaire for the clinic",
    **needs(Scope.MEASURES_WRITE),
)
def create_questionnaire(request: Asked, response: HttpResponse, resource: Annotated[dict[str, Any], Body()]) -> Any:
    """For tokens of the clinic's lead. Items need scores (ordinalValue, itemWeight, or minValue and maxValue).

    The resource cannot say whether more is better: the extension `urn:attunement:higher-is-better` does. Sent twice,
    it is set up once; it is not offered to therapists before the lead has looked through it.
    """
    request.caller.must_be(Role.LEAD)
    kept, is_new = questionnaires.keep(resource, request.caller.user.clinic)
    if is_new:
        words = f"new questionnaire {kept.name}, by token “{request.caller.token.name}”"
        record(Action.MANAGED, words, actor=request.caller.user)
    return _kept(request, response, questionnaires.resource_of(kept), is_new=is_new)


@fhir.get(
    "/Questionnaire/{questionnaire}",
    response=Resource,
    url_name="fhir-questionnaire",
    summary="One questionnaire of the clinic",
    **needs(Scope.MEASURES_READ),
)
def read_questionnaire(request: Asked, questionnaire: UUID) -> Any:
    """As it is set up."""
    found = Questionnaire.objects.filter(pk=questionnaire, clinic=request.caller.user.clinic_id).first()
    if found is None:
        raise Http404
    return questionnaires.resource_of(found)


@fhir.post(
    "/QuestionnaireResponse",
    response={HTTPStatus.OK: Resource, HTTPStatus.CREATED: Resource},
    url_name="fhir-responses",
    summary="Send the answers to a questionnaire",
    **needs(Scope.MEASURES_WRITE),
)
def create_response(request: Asked, response: HttpResponse, resource: Annotated[dict[str, Any], Body()]) -> Any:
    """Scored at once: its observations are there when this is answered.

    `questionnaire` names the instrument by its address or name, `subject` the client, `encounter.identifier` (system
    `urn:attunement:session-number`) the session, which is added when it is not there. Sent twice, it is kept once;
    with the status `amended` it takes the place of what was sent before.
    """
    client = request.caller.client(responses.subject_of(resource), Purpose.CARE, what="answers")
    said = responses.response_in(resource, answers.known_to(client.clinic))
    number = responses.session_of(resource, client, said.date)
    request.caller.what = f"answers after session {number}"
    was = set(Answers.objects.filter(client=client).values_list("pk", flat=True))
    kept = answers.keep(
        client,
        said.instrument,
        session=number,
        date=said.date,
        items=said.items,
        total=said.total,
        may_replace=said.is_amended,
    )
    return _kept(request, response, responses.resource_of(kept, said.instrument), is_new=kept.pk not in was)


@fhir.get(
    "/QuestionnaireResponse/{answers_id}",
    response=Resource,
    url_name="fhir-response",
    summary="The answers to a questionnaire",
    **needs(Scope.MEASURES_READ),
)
def read_response(request: Asked, answers_id: UUID) -> Any:
    """As they were given, by us or by a link of ours."""
    found = Answers.objects.select_related("session").filter(pk=answers_id).first()
    if found is None:
        raise Http404
    what = f"answers after session {found.session.number}"
    client = request.caller.client(found.client_id, Purpose.READ, what=what)
    instrument = answers.instrument_named(found.instrument, answers.known_to(client.clinic))
    return responses.resource_of(found, instrument)


@fhir.get(
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


@fhir.get(
    "/Observation/{observation_id}",
    response=Resource,
    url_name="fhir-observation",
    summary="One score or alert",
    **needs(Scope.MEASURES_READ),
)
def read_observation(request: Asked, observation_id: Annotated[str, Path(max_length=64)]) -> Any:
    """An alert is there as long as what it rests on is."""
    return observation(request.caller, observation_id)


def _kept(request: Asked, response: HttpResponse, resource: dict[str, Any], *, is_new: bool) -> Any:
    response["Location"] = request.build_absolute_uri(f"/{PREFIX}{resource['resourceType']}/{resource['id']}")
    return Status(HTTPStatus.CREATED if is_new else HTTPStatus.OK, resource)
