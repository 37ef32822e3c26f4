"""What comes in: questionnaires, and answers to them; and reading them back."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from ninja import Body, Router, Status

from attunement.web.api import answers
from attunement.web.api.caller import Asked, Purpose, Scope
from attunement.web.api.fhir import questionnaires, responses
from attunement.web.api.fhir.shapes import PREFIX, Resource
from attunement.web.api.scopes import needs
from attunement.web.audit.models import Action, record
from attunement.web.checkins.models import Answers
from attunement.web.people.models import Role
from attunement.web.questionnaires.models import Questionnaire

router = Router()


@router.post(
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


@router.get(
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


@router.post(
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


@router.get(
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


def _kept(request: Asked, response: HttpResponse, resource: dict[str, Any], *, is_new: bool) -> Any:
    response["Location"] = request.build_absolute_uri(f"/{PREFIX}{resource['resourceType']}/{resource['id']}")
    return Status(HTTPStatus.CREATED if is_new else HTTPStatus.OK, resource)
