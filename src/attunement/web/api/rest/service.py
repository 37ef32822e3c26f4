"""The REST API, version 1."""

from __future__ import annotations

from ninja.openapi.schema import REF_TEMPLATE

from attunement.web.api.rest import alerts, clients, events, links, measures, sessions
from attunement.web.api.rest.problems import PROBLEM_TYPE, Problem, problem
from attunement.web.api.service import Service

PREFIX = "api/v1/"
DESCRIPTION = """\
Sessions, measures and alerts of an Attunement clinic, for other programs of the practice.

Send a token as `Authorization: Bearer …`; people make one under “Access for programs”. It reaches what its owner may \
reach, as far as its scopes go; each use is in the audit record. What is read is decision support, not a diagnosis, \
and not validated on real therapies."""

rest = Service(
    title="Attunement",
    version="1",
    description=DESCRIPTION,
    urls_namespace="rest",
    media_type="application/json",
    failure_type=PROBLEM_TYPE,
    failure_shape=Problem.model_json_schema(ref_template=REF_TEMPLATE),
    says=problem,
)
for module in (clients, sessions, measures, events, alerts, links):
    rest.add_router("", module.router)
