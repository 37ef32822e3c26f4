"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from attunement.web.access.rules import is_signed_in
from attunement.web.look import assets
from attunement.web.people.models import Role


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """`staff` is who is signed in with both factors, or None; `does` their roles; `look` the assets' digest."""
    staff = request.user if hasattr(request, "user") and is_signed_in(request) else None
    does = {role.value: staff.has_role(role) for role in Role} if staff else {}  # type: ignore[union-attr]
    return {"staff": staff, "does": does, "look": assets.digest(), "is_demo": settings.DEMO}
