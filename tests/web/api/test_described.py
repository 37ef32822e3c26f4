"""The API does what its own description says, whatever it is sent: schemathesis, in this process, a fixed seed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from web_cast import Cast

from attunement.web.api import throttle
from attunement.web.api.models import Token
from attunement.web.api.scopes import Scope
from attunement.web.people.models import Role
from attunement.web.questionnaires.models import Questionnaire
from attunement.web.wsgi import application

schemathesis = pytest.importorskip("schemathesis", reason="needs `pip install 'attunement[dev]'`")
from schemathesis.checks import not_a_server_error  # noqa: E402
from schemathesis.specs.openapi import checks  # noqa: E402

pytestmark = pytest.mark.slow
rest = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
fhir = schemathesis.openapi.from_wsgi("/fhir/R4/openapi.json", application)
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.missing_required_header,
    checks.unsupported_method,
    checks.ignored_auth,
]
bounded = settings(
    max_examples=12,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def _nobody_is_slowed_down(monkeypatch) -> None:
    """It sends many wrong tokens."""
    monkeypatch.setattr(throttle, "AT_MOST", 1_000_000)


@pytest.fixture(autouse=True)
def _the_connection_stays() -> Iterator[None]:
    """A server closes its connection after a request; here it holds the test's transaction, as with Django's client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def there(cast: Cast) -> dict[str, str]:
    """What is there to be asked for: the values of parts of an address, and of one parameter."""
    cast.read_session()
    cast.alice.roles = [*cast.alice.roles, Role.LEAD]
    cast.alice.save()
    answers = cast.session.answers.get().pk
    return {
        "client": str(cast.client.pk),
        "patient": str(cast.client.pk),
        "number": "1",
        "instrument": "check_in",
        "answers_id": str(answers),
        "observation_id": f"score-{answers}-0",
        "questionnaire": str(Questionnaire.objects.create(clinic=cast.alice.clinic, name="phq9").pk),
    }


def ask(case, cast: Cast, there: dict[str, str]) -> None:
    """Send it as Alice's program, about what is there wherever it would be about something that might be."""
    secret = Token.issue(cast.alice, name="practice", scopes=Scope.values)
    if not case.meta.generation.mode.is_negative:
        for parameters in (case.path_parameters, case.query):
            parameters.update({name: value for name, value in there.items() if name in (parameters or {})})
    case.call_and_validate(headers={"Authorization": f"Bearer {secret}"}, checks=CHECKS)


@rest.parametrize()
@bounded
def test_rest_does_what_its_description_says(case, cast: Cast, there: dict[str, str]):
    ask(case, cast, there)


@fhir.parametrize()
@bounded
def test_fhir_does_what_its_description_says(case, cast: Cast, there: dict[str, str]):
    ask(case, cast, there)
