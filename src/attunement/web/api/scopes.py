"""What a token may be for."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

SCHEME = "token"  # the name of the security scheme in the OpenAPI description


class Scope(models.TextChoices):
    """One kind of use; a token has any number of them, and never reaches more than its owner."""

    CLIENTS_READ = "clients:read", _("see which clients there are, and what they consented to")
    SESSIONS_READ = "sessions:read", _("read sessions, what was found in them, and events; without words")
    SESSIONS_WRITE = "sessions:write", _("add sessions, transcripts and events")
    TRANSCRIPTS_READ = "transcripts:read", _("read what was said, word by word")
    MEASURES_READ = "measures:read", _("read scores of questionnaires and check-ins")
    MEASURES_WRITE = "measures:write", _("send answers and set up questionnaires")
    ALERTS_READ = "alerts:read", _("read alerts with their evidence and next step")
    CHECKINS_WRITE = "checkins:write", _("make check-in links for clients")


def needs(*scopes: Scope) -> dict[str, Any]:
    """For an operation's decorator: the token must have all of these. The description is made from the same words."""
    return {"openapi_extra": {"security": [{SCHEME: [str(scope) for scope in scopes]}]}}


def for_anybody() -> dict[str, Any]:
    """For an operation's decorator: no token is asked for, since nothing of anyone is shown."""
    return {"openapi_extra": {"security": []}}
