"""What REST and FHIR have in common: bodies are read strictly, and every failure is said in the service's own form."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation
from ninja.parser import Parser
from ninja.renderers import BaseRenderer
from ninja.responses import NinjaJSONEncoder
from pydantic_core import from_json

from attunement.errors import InputError

logger = logging.getLogger(__name__)

NUL = b"\\u0000"
NOTHING_HERE = "There is nothing here, or nothing that this token's owner may reach."
# Status and words of failures that are not said by who raises them; the most special first.
SAID: tuple[tuple[type[Exception], HTTPStatus, str], ...] = (
    (Http404, HTTPStatus.NOT_FOUND, NOTHING_HERE),
    (PermissionDenied, HTTPStatus.FORBIDDEN, "This is not allowed."),
    (RequestDataTooBig, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body is too large."),
    (SuspiciousOperation, HTTPStatus.BAD_REQUEST, "The request cannot be read."),
    (MultiPartParserError, HTTPStatus.BAD_REQUEST, "The form in the body is not well-formed."),
    (IntegrityError, HTTPStatus.CONFLICT, "Something else changed this at the same moment; ask again."),
    (Exception, HTTPStatus.INTERNAL_SERVER_ERROR, "Something failed here; nothing was kept."),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a request, and where: the path into body, query or header."""

    where: str
    says: str


class Refusal(HttpError):
    """What cannot be taken, with each fault."""

    def __init__(self, status: HTTPStatus, message: str, faults: list[Fault]) -> None:
        super().__init__(status, message)
        self.faults = faults


class StrictParser(Parser):
    """JSON as the standard has it: no NaN, no half characters, not nested without end; and no character 0."""

    def parse_body(self, request: HttpRequest) -> Any:
        """What the body holds.

        Raises:
            ValueError: when it is not well-formed.
        """
        if NUL in request.body:
            raise ValueError("the character 0, which PostgreSQL does not keep")
        return from_json(request.body, allow_inf_nan=False)


class Renderer(BaseRenderer):
    """JSON of this media type; what is no number is never written as one."""

    def __init__(self, media_type: str) -> None:
        self.media_type = media_type

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
        """As text."""
        return json.dumps(data, cls=NinjaJSONEncoder, ensure_ascii=False, allow_nan=False)


class Service(NinjaAPI):
    """An API. `says(status, detail, faults)` makes the body of a failure, of which `failure_type` is the media type and
    `failure_shape` the JSON Schema.
    """

    def __init__(
        self,
        *,
        media_type: str,
        failure_type: str,
        failure_shape: dict[str, Any],
        says: Callable[[HTTPStatus, str, list[Fault]], dict[str, Any]],
        **options: Any,
    ) -> None:
        self.says, self.failure_type, self.failure_shape = says, failure_type, failure_shape
        super().__init__(
            docs_url=None, openapi_url=None, parser=StrictParser(), renderer=Renderer(media_type), **options
        )

    def set_default_exception_handlers(self) -> None:
        """Ours alone."""
        for kind, status, words in SAID:
            self.add_exception_handler(kind, self._saying(status, words))
        self.add_exception_handler(HttpError, self._http_error)
        self.add_exception_handler(InputError, self._input_error)
        self.add_exception_handler(ValidationError, self._validation_error)

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The function's name: each is there once."""
        return operation.view_func.__name__

    def failure(self, status: int, detail: str, faults: list[Fault] | None = None) -> HttpResponse:
        """The answer that says what was wrong in one line, and each fault."""
        code = HTTPStatus(status)
        content = json.dumps(self.says(code, detail, faults or []), ensure_ascii=False)
        response = HttpResponse(content, status=code, content_type=self.failure_type)
        if code == HTTPStatus.UNAUTHORIZED:
            response["WWW-Authenticate"] = "Bearer"
        return response

    def _saying(self, status: HTTPStatus, words: str) -> Callable[[HttpRequest, Any], HttpResponse]:
        def handler(_request: HttpRequest, error: Any) -> HttpResponse:
            if status == HTTPStatus.INTERNAL_SERVER_ERROR:
                logger.error("the API failed", exc_info=error)
            return self.failure(status, words)

        return handler

    def _http_error(self, _request: HttpRequest, error: Any) -> HttpResponse:
        unreadable = "Cannot parse request body"  # Ninja's words
        words = "The body is not well-formed JSON." if error.message.startswith(unreadable) else error.message
        return self.failure(error.status_code, words, getattr(error, "faults", None))

    def _input_error(self, _request: HttpRequest, error: Any) -> HttpResponse:
        return self.failure(HTTPStatus.UNPROCESSABLE_ENTITY, str(error))

    def _validation_error(self, _request: HttpRequest, error: Any) -> HttpResponse:
        if any(each["loc"][0] == "path" for each in error.errors):
            return self.failure(HTTPStatus.NOT_FOUND, NOTHING_HERE)
        faults = [Fault(_where(each["loc"]), each["msg"].removeprefix("Value error, ")) for each in error.errors]
        first = f"{faults[0].where}: {faults[0].says}" if faults else "It cannot be understood."
        return self.failure(HTTPStatus.UNPROCESSABLE_ENTITY, first, faults)


def _where(location: tuple[int | str, ...]) -> str:
    """`items.2` of the body, `limit` of the query: without the name of the function's argument."""
    kind, *rest = map(str, location)
    inner = rest[1:] if kind == "body" and len(rest) > 1 else rest
    return ".".join(inner)[:100] or kind
