"""A view that forgot to say who gets in lets nobody in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from attunement.web.access.views import Guarded


class NothingUnguarded:
    """Refuses every view that is not a `Guarded` one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Refuse before the view is called.

        Raises:
            PermissionDenied: when the view is not guarded.
        """
        if not is_guarded(view):
            raise PermissionDenied


def is_guarded(view: Any) -> bool:
    """Whether the view decides who gets in."""
    return issubclass(getattr(view, "view_class", object), Guarded)
