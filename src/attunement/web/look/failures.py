"""What is shown when something is not there, not allowed, or broken; never why in terms of somebody's data."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """Nothing here, or nothing for you: the same page."""
    return render(request, "look/not_found.html", status=404)


def forbidden(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """A page for other roles."""
    return render(request, "look/forbidden.html", status=403)


def csrf_failed(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """The form is too old, or did not come from here."""
    return render(request, "look/old_form.html", status=403)


def broken(_request: HttpRequest) -> HttpResponse:
    """Our failure; without templates, which may be what failed."""
    words = (
        "<!doctype html><title>Attunement</title><h1>Something failed</h1><p>Nothing was lost. Please try again.</p>"
    )
    return HttpResponse(words, status=500)
