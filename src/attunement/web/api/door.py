"""The door of every address of the API: a token in `Authorization: Bearer …`, never a browser's cookie."""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from ninja.errors import HttpError
from ninja.operation import Operation, PathView
from ninja.utils import replace_path_param_notation

from attunement.web.access.views import Guarded
from attunement.web.api.caller import Caller
from attunement.web.api.models import Token
from attunement.web.api.scopes import SCHEME
from attunement.web.api.service import Service
from attunement.web.api.throttle import SECONDS, count_wrong, is_slowed_down
from attunement.web.audit.models import Action

BEARER = "bearer"


# No cookie opens anything here, so that no page of somebody else's can make a browser act for its user.
@method_decorator(csrf_exempt, name="dispatch")
class TokenView(Guarded):
    """For a program with a token whose scopes cover the operation; Ninja's operation of the address answers."""

    audience = "a program with a token"
    service: Service | None = None
    operations: PathView | None = None
    caller: Caller | None = None

    def admit(self) -> HttpResponseBase | None:
        """Whoever has a token for this."""
        assert self.service is not None
        operation = self._operation()
        if operation is None:
            return self._not_allowed()
        try:
            self._admit(operation)
        except HttpError as error:
            return self.service.on_exception(self.request, error)
        return None

    def leave(self, response: HttpResponseBase) -> None:
        """Into the audit record, before anything is sent; nothing is kept on the way."""
        patch_cache_control(response, private=True, no_store=True)
        if self.caller and response.status_code < HTTPStatus.BAD_REQUEST:
            self.caller.record(Action.READ if self.request.method == "GET" else Action.CHANGED)

    def answer(self, request: HttpRequest, *_args: Any, **kwargs: Any) -> HttpResponseBase:
        """What the operation says; 304 where the caller has it already."""
        operation = self._operation()
        assert operation is not None  # or it was not admitted
        response = operation.run(request, **kwargs)
        if request.method != "GET" or response.status_code != HTTPStatus.OK or not isinstance(response, HttpResponse):
            return response
        etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response["ETag"] = etag
        return get_conditional_response(request, etag=etag, response=response) or response

    get = post = put = answer

    def _admit(self, operation: Operation) -> None:
        scopes = _scopes(operation)
        if scopes is None:
            return
        self.caller = self.request.caller = Caller(_token(self.request))  # type: ignore[attr-defined]
        self.caller.must(*scopes)
        if int(self.request.META.get("CONTENT_LENGTH") or 0) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise HttpError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body is too large.")

    def _operation(self) -> Operation | None:
        """What answers to this method here."""
        return next((each for each in self._operations() if self.request.method in each.methods), None)

    def _operations(self) -> list[Operation]:
        assert self.operations is not None
        return self.operations.operations

    def _not_allowed(self) -> HttpResponse:
        assert self.service is not None
        response = self.service.failure(HTTPStatus.METHOD_NOT_ALLOWED, "This cannot be done here.")
        response["Allow"] = ", ".join(method for each in self._operations() for method in each.methods)
        return response


def addresses(service: Service, prefix: str) -> list[URLPattern]:
    """All operations of a service, each behind the door."""
    return [
        path(
            prefix + replace_path_param_notation(route).lstrip("/"),
            TokenView.as_view(service=service, operations=operations),
            name=operations.url_name,
        )
        for router in service._get_bound_routers()
        for route, operations in router.path_operations.items()
    ]


def _scopes(operation: Operation) -> list[str] | None:
    """The scopes it needs, None where it is for anybody.

    Raises:
        PermissionDenied: when it does not say.
    """
    said = (operation.openapi_extra or {}).get("security")
    if said is None:
        raise PermissionDenied
    return list(said[0][SCHEME]) if said else None


def _token(request: HttpRequest) -> Token:
    """The token that the request came with.

    Raises:
        HttpError: 401 when there is none or it is wrong, 429 after too many wrong ones.
    """
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.casefold() != BEARER or not secret.strip():
        raise HttpError(HTTPStatus.UNAUTHORIZED, "A token is needed: send Authorization: Bearer followed by it.")
    token = Token.find(secret.strip())
    if token is not None:
        return token
    address = request.META.get("REMOTE_ADDR", "")
    if is_slowed_down(address):
        raise HttpError(HTTPStatus.TOO_MANY_REQUESTS, f"Too many wrong tokens; wait {SECONDS // 60} minutes.")
    count_wrong(address)
    raise HttpError(HTTPStatus.UNAUTHORIZED, "This token is not known, has ended, or was revoked.")
