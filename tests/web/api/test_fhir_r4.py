"""Questionnaires and answers in, observations out, as FHIR R4 has them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from test_rest_api import RUPTURE
from web_cast import FELT_OFF, LABEL, Cast

from attunement.measures.instruments import instruments
from attunement.web.api.scopes import Scope
from attunement.web.checkins.models import Answers, Link
from attunement.web.questionnaires.models import Questionnaire
from attunement.web.reading.models import CaseView
from attunement.web.sessions.models import Session

resources = pytest.importorskip("fhir.resources", reason="needs `pip install 'attunement[dev]'`")
SESSION = "urn:attunement:session-number"
JSON = {"content_type": "application/fhir+json"}


def as_fhir(resource: dict[str, Any]) -> dict[str, Any]:
    """The resource, once a library of FHIR has found nothing to complain of."""
    from fhir.resources.R4B import get_fhir_model_class

    get_fhir_model_class(resource["resourceType"]).model_validate(resource)
    return resource


def response_of(cast: Cast, **changed: Any) -> dict[str, Any]:
    """Answers to the PHQ-9 after session 3."""
    items = [{"linkId": str(number), "answer": [{"valueInteger": 2}]} for number in range(1, 10)]
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": "http://loinc.org/q/44249-1",
        "status": "completed",
        "subject": {"reference": f"Patient/{cast.client.pk}"},
        "encounter": {"identifier": {"system": SESSION, "value": "3"}},
        "authored": "2026-05-01",
        "item": items,
        **changed,
    }


def questionnaire(**changed: Any) -> dict[str, Any]:
    """One of the clinic's own."""
    limits = [
        {"url": f"http://hl7.org/fhir/StructureDefinition/{name}", "valueInteger": value}
        for name, value in (("minValue", 0), ("maxValue", 10))
    ]
    return {
        "resourceType": "Questionnaire",
        "status": "active",
        "name": "MorningSleep",
        "title": "Sleep in the morning",
        "extension": [{"url": "urn:attunement:higher-is-better", "valueBoolean": False}],
        "item": [
            {"linkId": "tired", "text": "How tired?", "type": "integer", "extension": limits},
            {"linkId": "heavy", "text": "How heavy?", "type": "integer", "extension": limits},
        ],
        **changed,
    }


def post(client: Browser, resource: dict[str, Any]):
    """What the server says to a new resource."""
    return client.post(f"/fhir/R4/{resource.get('resourceType')}", json.dumps(resource), **JSON)


def found(client: Browser, cast: Cast, **query: Any) -> list[dict[str, Any]]:
    """The observations that a search finds."""
    bundle = as_fhir(client.get(reverse("fhir-observations"), {"patient": cast.client.pk, **query}).json())
    return [entry["resource"] for entry in bundle.get("entry", []) if entry["search"]["mode"] == "match"]


def test_the_statement_of_what_the_server_can_do(cast: Cast):
    response = Browser().get(reverse("fhir-metadata"))
    assert response["Content-Type"].startswith("application/fhir+json")
    statement = as_fhir(response.json())
    assert statement["fhirVersion"] == "4.0.1"
    assert {each["type"] for each in statement["rest"][0]["resource"]} == {
        "Patient",
        "Questionnaire",
        "QuestionnaireResponse",
        "Observation",
    }


def test_clients_are_found_by_what_they_are_called_here(cast: Cast):
    client = cast.program_of("alice")
    bundle = as_fhir(client.get(reverse("fhir-patients"), {"identifier": LABEL}).json())
    patient = as_fhir(bundle["entry"][0]["resource"])
    assert (bundle["total"], patient["id"]) == (1, str(cast.client.pk))
    assert client.get(reverse("fhir-patients"), {"identifier": "nobody"}).json()["total"] == 0


def test_answers_come_in_once_and_go_out_as_scores_with_loinc(cast: Cast):
    client = cast.program_of("alice")
    first, second = post(client, response_of(cast)), post(client, response_of(cast))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json() == as_fhir(client.get(first["Location"]).json())
    assert Answers.objects.filter(instrument="phq9").count() == 1
    (score,) = found(client, cast, code="http://loinc.org|44261-6")
    assert (score["valueQuantity"]["value"], score["status"]) == (18, "final")
    assert score["interpretation"][0]["text"] == "moderately severe"
    assert score["encounter"]["identifier"]["value"] == "3"
    assert score["derivedFrom"][0]["reference"] == f"QuestionnaireResponse/{first.json()['id']}"
    assert "higher is worse" in score["referenceRange"][0]["text"]
    assert client.get(f"/fhir/R4/Observation/{score['id']}").json() == score


def test_other_answers_take_the_place_of_earlier_ones_only_as_amended(cast: Cast):
    client = cast.program_of("alice")
    post(client, response_of(cast))
    other = [{"linkId": str(number), "answer": [{"valueInteger": 0}]} for number in range(1, 10)]
    assert post(client, response_of(cast, item=other)).status_code == 409
    assert post(client, response_of(cast, item=other, status="amended")).status_code == 201
    assert [each["valueQuantity"]["value"] for each in found(client, cast, code="phq9")] == [0]


def test_what_went_out_comes_in_again(cast: Cast):
    client = cast.program_of("alice")
    kept = client.get(reverse("fhir-response", args=[Answers.objects.get().pk])).json()
    assert post(client, as_fhir(kept)).status_code == 200


def test_the_session_is_that_of_an_extension_of_the_encounter_or_of_the_day(cast: Cast):
    client = cast.program_of("alice")
    extension = response_of(cast, extension=[{"url": SESSION, "valueInteger": 5}])
    that_day = response_of(cast, encounter=None, authored="2026-03-04")
    unknown = response_of(cast, encounter=None, authored="2026-03-05")
    assert post(client, extension).json()["encounter"]["identifier"]["value"] == "5"
    assert post(client, that_day).json()["encounter"]["identifier"]["value"] == "1"
    refused = post(client, unknown)
    assert refused.status_code == 422
    assert "Which session?" in as_fhir(refused.json())["issue"][0]["diagnostics"]


@pytest.mark.parametrize(
    "changed, says",
    [
        ({"questionnaire": "http://example.org/other"}, "not a known instrument"),
        ({"status": "in-progress"}, "not finished"),
        ({"status": None}, "status"),
        ({"authored": "soon"}, "authored"),
        ({"item": []}, "no answer"),
        ({"item": [{"linkId": "1", "answer": [{"valueInteger": 9}]}]}, "outside the item's range"),
        ({"item": [{"linkId": "1", "answer": [{"valueString": "often"}]}]}, "no score"),
        ({"item": [{"linkId": "1", "answer": [{"valueInteger": 1}, {"valueInteger": 2}]}]}, "answered twice"),
        ({"item": [{"linkId": "99", "answer": [{"valueInteger": 1}]}]}, "99"),
        ({"subject": {"reference": "Patient/nobody"}}, "subject"),
        ({"encounter": {"identifier": {"system": SESSION, "value": "0"}}}, "whole number"),
        ({"encounter": {"identifier": {"system": SESSION, "value": "٣" * 9}}}, "whole number"),
        ({"resourceType": "Bundle", "entry": []}, "one resource"),
    ],
)
def test_what_are_no_answers_is_refused_in_words(cast: Cast, changed: dict, says: str):
    client = cast.program_of("alice")
    response = client.post(reverse("fhir-responses"), json.dumps(response_of(cast, **changed)), **JSON)
    assert response.status_code == 422
    assert says in as_fhir(response.json())["issue"][0]["diagnostics"]
    assert not Session.objects.filter(number=3).exists()


@pytest.mark.parametrize(
    "body", ["[]", "1", "null", "{}", '{"item": [[[]]], "resourceType": "QuestionnaireResponse"}', "{"]
)
@pytest.mark.parametrize("name", ["fhir-responses", "fhir-questionnaires"])
def test_a_wrong_body_is_refused(cast: Cast, name: str, body: str):
    response = cast.program_of("stranger").post(reverse(name), body, **JSON)
    assert response.status_code in (400, 422)
    as_fhir(response.json())


def test_nobody_sends_answers_of_somebody_elses_client(cast: Cast):
    for who in ("bob", "supervisor", "lead", "stranger"):
        assert post(cast.program_of(who), response_of(cast)).status_code == 404
    assert not Answers.objects.filter(instrument="phq9").exists()


def test_what_a_client_answered_is_not_overwritten(cast: Cast):
    Answers.objects.update(link=Link.objects.latest("created_at"))
    resource = response_of(
        cast,
        status="amended",
        questionnaire="check_in",
        encounter={"identifier": {"system": SESSION, "value": "1"}},
        item=[{"linkId": "safe", "answer": [{"valueDecimal": 0}]}],
    )
    assert post(cast.program_of("alice"), resource).status_code == 409


def test_a_questionnaire_of_the_clinics_own_is_set_up_asked_and_scored(cast: Cast):
    lead, alice = cast.program_of("lead"), cast.program_of("alice")
    first, second = post(lead, questionnaire()), post(lead, questionnaire())
    assert (first.status_code, second.status_code) == (201, 200)
    kept = as_fhir(lead.get(first["Location"]).json())
    assert (kept["name"], kept["status"], kept["item"][0]["text"]) == ("morning_sleep", "draft", "How tired?")
    assert not Questionnaire.objects.get().is_offered
    answers = [{"linkId": name, "answer": [{"valueInteger": 4}]} for name in ("tired", "heavy")]
    sent = post(alice, response_of(cast, questionnaire=kept["url"], item=answers))
    assert sent.status_code == 201
    (score,) = found(alice, cast, code="morning_sleep")
    assert (score["valueQuantity"]["value"], score["code"]["coding"][0]["system"]) == (8, "urn:attunement:code")
    assert post(cast.program_of("stranger"), questionnaire()).status_code == 201  # another clinic's


@pytest.mark.parametrize(
    "changed, says",
    [
        ({"extension": []}, "Is more of it better?"),
        ({"item": [{"linkId": "a", "text": "How?", "type": "string"}]}, "no item has a score"),
        (
            {
                "extension": [
                    {"url": "urn:attunement:higher-is-better", "valueBoolean": True},
                    {"url": "urn:attunement:domain", "valueCode": "weather"},
                ]
            },
            "must be one of",
        ),
    ],
)
def test_a_questionnaire_that_cannot_be_scored_is_refused_in_words(cast: Cast, changed: dict, says: str):
    response = post(cast.program_of("lead"), questionnaire(**changed))
    assert response.status_code == 422
    assert says in as_fhir(response.json())["issue"][0]["diagnostics"]


def test_a_questionnaire_that_was_set_up_otherwise_is_not_changed(cast: Cast):
    lead = cast.program_of("lead")
    post(lead, questionnaire())
    assert post(lead, questionnaire(title="Other", description="Other words")).status_code == 409


def test_only_the_lead_sets_up_questionnaires(cast: Cast):
    assert post(cast.program_of("alice"), questionnaire()).status_code == 403


def test_ratings_of_the_alliance_are_marked_as_not_validated(cast: Cast):
    ratings = found(cast.program_of("alice"), cast, category="urn:attunement:category|alliance")
    assert {each["code"]["coding"][0]["code"] for each in ratings} >= {"check_in", "check_in.safe", "check_in.unsaid"}
    assert all("not validated" in each["note"][0]["text"] for each in ratings)
    unsaid = next(each for each in ratings if each["code"]["coding"][0]["code"] == "check_in.unsaid")
    assert "higher is worse" in unsaid["referenceRange"][0]["text"]


def test_alerts_are_preliminary_and_say_what_they_rest_on(cast: Cast):
    CaseView.objects.create(client=cast.client, alerts=[RUPTURE], shown=1)
    client = cast.program_of("alice")
    (alert,) = found(client, cast, category="alert")
    assert (alert["status"], alert["valueString"]) == ("preliminary", RUPTURE["says"])
    notes = " ".join(note["text"] for note in alert["note"])
    assert "not a diagnosis" in notes
    assert "session 1, turns 3, 4" in notes
    assert "zebra" not in json.dumps(alert)
    safe = found(client, cast, code="check_in.safe")[0]
    assert alert["derivedFrom"] == [{"reference": f"Observation/{safe['id']}"}]
    assert client.get(f"/fhir/R4/Observation/{alert['id']}").json() == as_fhir(alert)


def test_without_the_scope_alerts_are_left_out_and_that_is_said(cast: Cast):
    CaseView.objects.create(client=cast.client, alerts=[RUPTURE], shown=1)
    (alert,) = found(cast.program_of("alice"), cast, category="alert")
    client = cast.program_of("alice", Scope.MEASURES_READ)
    bundle = client.get(reverse("fhir-observations"), {"patient": cast.client.pk, "category": "alert"}).json()
    assert bundle["total"] == 0
    assert "alerts:read" in bundle["entry"][0]["resource"]["issue"][0]["diagnostics"]
    assert client.get(f"/fhir/R4/Observation/{alert['id']}").status_code == 403


def test_an_answer_that_cannot_be_scored_has_no_value_and_says_why(cast: Cast):
    client = cast.program_of("alice")
    post(client, response_of(cast, item=[{"linkId": "1", "answer": [{"valueInteger": 1}]}]))
    (score,) = found(client, cast, code="phq9")
    assert "valueQuantity" not in score
    assert "items missing" in score["dataAbsentReason"]["text"]


def test_searches_narrow_by_date_and_come_in_pages(cast: Cast):
    client = cast.program_of("alice")
    post(client, response_of(cast))
    assert [each["effectiveDateTime"] for each in found(client, cast, date="ge2026-05-01")] == ["2026-05-01"]
    assert "2026-05-01" not in {each["effectiveDateTime"] for each in found(client, cast, date="lt2026-05-01")}
    bundle = client.get(reverse("fhir-observations"), {"patient": f"Patient/{cast.client.pk}", "_count": 2}).json()
    assert len(bundle["entry"]) == 2
    following = next(link["url"] for link in bundle["link"] if link["relation"] == "next")
    assert client.get(following).json()["entry"][0]["resource"]["id"] != bundle["entry"][0]["resource"]["id"]
    assert client.get(reverse("fhir-observations"), {"patient": cast.client.pk, "date": "May"}).status_code == 422
    assert client.get(reverse("fhir-observations")).status_code == 422


@pytest.mark.parametrize(
    "pk",
    [
        "x",
        "score-11111111-1111-4111-8111-111111111111-0",
        "alert-11111111-1111-4111-8111-111111111111-0",
        f"score-{'-' * 36}-0",
    ],
)
def test_an_observation_that_is_not_there_is_not_found(cast: Cast, pk: str):
    response = cast.program_of("alice").get(f"/fhir/R4/Observation/{pk}")
    assert response.status_code == 404
    as_fhir(response.json())


def test_every_code_of_loinc_comes_from_the_catalogue():
    from attunement.web.api.fhir.codes import LOINC, code_of

    codes = {
        each.name: [coding["code"] for coding in code_of(each, each.total)["coding"] if coding["system"] == LOINC]
        for each in instruments()
    }
    assert (codes["phq9"], codes["gad7"]) == (["44261-6"], ["70274-6"])


def test_every_score_of_every_instrument_is_a_valid_observation(cast: Cast):
    client = cast.program_of("alice")
    for number, instrument in enumerate(instruments(), start=10):
        if instrument.items:
            answers = {item.name: item.high for item in instrument.items}
            address = reverse("api-answers", args=[cast.client.pk, number, instrument.name])
            sent = client.put(address, {"items": answers}, content_type="application/json")
            assert sent.status_code == 200, (instrument.name, sent.json())
    for observation in found(client, cast, _count=500):
        as_fhir(observation)
        assert "higher is" in observation["referenceRange"][0]["text"]


def test_what_felt_off_is_not_for_programs(cast: Cast):
    assert FELT_OFF not in json.dumps(found(cast.program_of("alice"), cast))
