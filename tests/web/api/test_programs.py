"""A program gets in by a token, as far as the token's scopes and its owner reach, and for as long as both last."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from web_cast import LABEL, Cast

from attunement.web.api import throttle
from attunement.web.api.models import PREFIX, Token
from attunement.web.api.schema import schema
from attunement.web.api.scopes import SCHEME, Scope
from attunement.web.audit.models import Record
from attunement.web.people.models import Role, token_hash

PROBLEM = "application/problem+json"


def program(secret: str) -> Browser:
    """A program with this token."""
    return Browser(headers={"authorization": f"Bearer {secret}"})


def a_token(cast: Cast, *scopes: str) -> str:
    """A token of Alice's."""
    return Token.issue(cast.alice, name="practice", scopes=scopes or Scope.values)


def test_a_token_is_made_on_a_page_and_shown_once(cast: Cast):
    browser = cast.as_("alice")
    said = {"name": "Practice system", "scopes": ["clients:read"], "days": 30}
    page = browser.post(reverse("new-token"), said).content.decode()
    secret = page[page.index(PREFIX) :].partition("<")[0]
    token = Token.objects.get()
    assert token.token_hash == token_hash(secret)
    assert (token.expires_at - timezone.now()).days in (29, 30)
    assert secret not in browser.get(reverse("tokens")).content.decode()
    assert program(secret).get(reverse("api-clients")).json()["items"][0]["label"] == LABEL
    assert Record.objects.filter(what="token “Practice system” made: clients:read").exists()


def test_making_one_asks_for_the_password_again(cast: Cast):
    browser = cast.as_("alice")
    session = browser.session
    session["password_given_at"] = 0
    session.save()
    response = browser.post(reverse("new-token"), {"name": "x", "scopes": ["clients:read"], "days": 30})
    assert response["Location"].startswith(reverse("confirm"))
    assert not Token.objects.exists()


@pytest.mark.parametrize("wrong", [{"scopes": ["everything"]}, {"days": 3650}, {"scopes": []}, {"name": ""}])
def test_a_token_for_more_than_there_is_is_not_made(cast: Cast, wrong: dict):
    said = {"name": "x", "scopes": ["clients:read"], "days": 30, **wrong}
    assert "errorlist" in cast.as_("alice").post(reverse("new-token"), said).content.decode()
    assert not Token.objects.exists()


def test_a_token_lasts_a_year_at_most(cast: Cast):
    Token.issue(cast.alice, name="x", scopes=[], days=5_000)
    assert Token.objects.get().expires_at <= timezone.now() + timedelta(days=366)


def test_a_revoked_token_opens_nothing(cast: Cast):
    secret = a_token(cast)
    browser = cast.as_("alice")
    assert program(secret).get(reverse("api-clients")).status_code == 200
    browser.post(reverse("revoke-token", args=[Token.objects.get().pk]))
    assert program(secret).get(reverse("api-clients")).status_code == 401
    assert "Revoked on" in browser.get(reverse("tokens")).content.decode()


def test_nobody_revokes_the_token_of_somebody_else(cast: Cast):
    secret = a_token(cast)
    assert cast.as_("lead").post(reverse("revoke-token", args=[Token.objects.get().pk])).status_code == 404
    assert program(secret).get(reverse("api-clients")).status_code == 200


def test_an_expired_token_opens_nothing(cast: Cast):
    secret = a_token(cast)
    Token.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert program(secret).get(reverse("api-clients")).status_code == 401


def test_the_tokens_of_who_left_the_clinic_open_nothing_for_good(cast: Cast):
    secret = a_token(cast)
    for is_active in (False, True):
        cast.alice.is_active = is_active
        cast.alice.save()
        assert program(secret).get(reverse("api-clients")).status_code == 401


def test_a_token_reaches_no_more_than_its_owner_does_now(cast: Cast):
    secret = a_token(cast)
    cast.alice.roles = [Role.RESEARCHER]
    cast.alice.save()
    assert program(secret).get(reverse("api-client", args=[cast.client.pk])).status_code == 404
    assert program(secret).get(reverse("api-clients")).json()["count"] == 0


def test_signed_in_browsers_are_not_let_in(cast: Cast):
    for address in (reverse("api-clients"), reverse("fhir-patients")):
        response = cast.as_("alice").get(address)
        assert response.status_code == 401
        assert response["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic YTpi", "Bearer x y", "Bearer \xff\xfe", "bearer nope"]
)
def test_what_is_no_token_opens_nothing(cast: Cast, header: str):
    response = Browser().get(reverse("api-clients"), headers={"authorization": header})
    assert response.status_code == 401
    assert response["Content-Type"] == PROBLEM


def test_who_sends_wrong_tokens_is_slowed_down_and_right_ones_are_not(cast: Cast):
    secret = a_token(cast)
    for _ in range(throttle.AT_MOST):
        assert program("wrong").get(reverse("api-clients")).status_code == 401
    assert program("wrong").get(reverse("api-clients")).status_code == 429
    assert program(secret).get(reverse("api-clients")).status_code == 200


def operations() -> list[tuple[str, str, list[str], str]]:
    """Method, path and scopes of every operation that needs any; the type of its failures."""
    from attunement.web.api.fhir.service import PREFIX as FHIR
    from attunement.web.api.fhir.service import fhir
    from attunement.web.api.rest.service import PREFIX as REST
    from attunement.web.api.rest.service import rest

    return [
        (method, path, scopes, service.failure_type)
        for service, prefix in ((rest, REST), (fhir, FHIR))
        for path, methods in schema(service, prefix)["paths"].items()
        for method, operation in methods.items()
        if operation["security"] and (scopes := operation["security"][0][SCHEME])
    ]


@pytest.mark.parametrize("method, path, scopes, failure", operations())
def test_every_operation_refuses_a_token_without_its_scope(cast: Cast, method, path, scopes, failure):
    others = [scope for scope in Scope.values if scope not in scopes]
    client = cast.program_of("alice", *others)
    filled = {
        "{client}": cast.client.pk,
        "{number}": 1,
        "{instrument}": "phq9",
        "{event}": cast.session.pk,
        "{questionnaire}": cast.session.pk,
        "{answers_id}": cast.session.answers.get().pk,
        "{observation_id}": f"score-{cast.session.answers.get().pk}-0",
    }
    for name, value in filled.items():
        path = path.replace(name, str(value))
    response = client.generic(method.upper(), path)
    assert response.status_code == 403
    assert response["Content-Type"] == failure
    assert scopes[0] in response.content.decode()
    assert LABEL not in response.content.decode()
    assert not Record.objects.filter(client=cast.client.pk).exists()


def test_an_operation_without_a_word_on_scopes_is_refused(cast: Cast, rf):
    from django.core.exceptions import PermissionDenied
    from ninja.operation import PathView

    from attunement.web.api.door import TokenView
    from attunement.web.api.rest.service import rest

    unsaid = PathView()
    unsaid.add_operation("/x", ["GET"], lambda request: "secret")
    with pytest.raises(PermissionDenied):
        TokenView.as_view(service=rest, operations=unsaid)(rf.get("/x"))


def test_what_a_program_did_is_in_the_audit_record_under_its_name(cast: Cast):
    cast.program_of("alice").get(reverse("api-session", args=[cast.client.pk, 1]))
    row = Record.objects.get(client=cast.client.pk)
    assert (row.actor_name, row.what) == ("Alice", "session 1, by token “practice”")
    cast.program_of("alice").get(reverse("api-clients"))
    assert Record.objects.filter(client=cast.client.pk, what="list of clients, by token “practice”").exists()


def test_the_last_use_is_remembered(cast: Cast):
    cast.program_of("alice").get(reverse("api-token"))
    assert Token.objects.get().last_used_at is not None


def test_answers_are_kept_by_nobody_on_the_way(cast: Cast):
    response = cast.program_of("alice").get(reverse("api-clients"))
    assert "no-store" in response["Cache-Control"]


def test_what_has_not_changed_is_not_sent_again(cast: Cast):
    client = cast.program_of("alice")
    first = client.get(reverse("api-clients"))
    again = client.get(reverse("api-clients"), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_what_is_not_there_is_said_in_the_form_of_the_api(cast: Cast):
    client = cast.program_of("alice")
    response = client.get("/api/v1/nothing/here")
    assert (response.status_code, response["Content-Type"]) == (404, PROBLEM)
    outcome = client.get("/fhir/R4/Medication/1")
    assert (outcome.status_code, outcome.json()["resourceType"]) == (404, "OperationOutcome")


def test_what_failed_here_is_said_without_saying_how(cast: Cast, monkeypatch, caplog):
    from attunement.web.api.rest import clients

    def fail(_found):
        raise RuntimeError("what the client said")

    monkeypatch.setattr(clients, "consents", fail)
    response = cast.program_of("alice").get(reverse("api-clients"))
    assert (response.status_code, response["Content-Type"]) == (500, PROBLEM)
    assert "client said" not in response.content.decode()


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[" * 100_000,
        b'{"items": {"understood": NaN}}',
        b'{"items": {"understood": 1e999}}',
        b'{"total": "\\ud800"}',
        b"\xff\xfe\x00",
        b'{"date": "\\u0000"}',
        b"null",
        b"[]",
        b'{"total": true}',
        b'{"items": {"\\u0000": 1}}',
        b'{"total": 1, "items": {}}',
        b'{"nothing": 1}',
        b'{"total": 1' + b"0" * 5000 + b"}",
    ],
)
def test_a_wrong_body_is_refused_in_one_line(cast: Cast, body: bytes):
    address = reverse("api-answers", args=[cast.client.pk, 1, "phq9"])
    response = cast.program_of("alice").put(address, body, content_type="application/json")
    assert response.status_code in (400, 422)
    assert len(response.json()["detail"]) < 300
    assert "\n" not in response.json()["detail"]


def test_too_large_a_body_is_refused(cast: Cast, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    address = reverse("api-answers", args=[cast.client.pk, 1, "phq9"])
    response = cast.program_of("alice").put(address, b'{"x": "' + b"x" * 2000 + b'"}', content_type="application/json")
    assert response.status_code == 413


def test_the_pages_describe_every_operation(cast: Cast):
    page = cast.as_("anonymous").get(reverse("api")).content.decode()
    for _method, path, _scopes, _type in operations():
        assert path in page
