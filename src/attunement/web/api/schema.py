"""The OpenAPI description of a service: made from the code, with what the door and the failures add to it."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from typing import Any

from django.utils import translation

from attunement.web.api.scopes import SCHEME, Scope
from attunement.web.api.service import Service

# What every operation may answer beside what it says itself.
FAILURES = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.CONFLICT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.TOO_MANY_REQUESTS,
)


@cache
def schema(service: Service, prefix: str) -> dict[str, Any]:
    """The description, OpenAPI 3.1; in English, whoever asks first."""
    with translation.override("en"):
        return _made(service, prefix)


def _made(service: Service, prefix: str) -> dict[str, Any]:
    found: dict[str, Any] = dict(service.get_openapi_schema(path_prefix=prefix))
    found["components"]["securitySchemes"] = {SCHEME: _scheme()}
    found["components"]["schemas"]["Failure"] = service.failure_shape
    for path in found["paths"].values():
        for method, operation in path.items():
            operation["responses"] |= _failures(service, method)
    return found


def _scheme() -> dict[str, str]:
    scopes = "\n".join(f"- `{scope.value}`: {scope.label}" for scope in Scope)
    return {"type": "http", "scheme": "bearer", "description": f"A token with the scopes that are named:\n\n{scopes}"}


def _failures(service: Service, method: str) -> dict[int, Any]:
    content = {service.failure_type: {"schema": {"$ref": "#/components/schemas/Failure"}}}
    said: dict[int, Any] = {status.value: {"description": status.phrase, "content": content} for status in FAILURES}
    if method == "get":
        said[HTTPStatus.NOT_MODIFIED.value] = {"description": "You have it: its ETag is that of If-None-Match"}
    return said
