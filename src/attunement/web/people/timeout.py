"""Staff who do nothing for a while are signed out."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase

LAST_SEEN = "last_seen"
EVERY_SECONDS = 60  # a change of the session is a write: not for every page


class TimeOut:
    """Ends a session in which nothing was asked for too long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Sign out, or remember that somebody is there."""
        if request.session.session_key and request.user.is_authenticated:
            idle = time.time() - float(request.session.get(LAST_SEEN, time.time()))
            if idle > settings.TIMEOUT_SECONDS:
                logout(request)
            elif LAST_SEEN not in request.session or idle > EVERY_SECONDS:
                request.session[LAST_SEEN] = time.time()
        return self.get_response(request)
