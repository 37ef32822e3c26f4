"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from attunement.web.access.rules import is_signed_in
from attunement.web.look import assets
from attunement.web.look.places import places_for
from attunement.web.people.models import Role, User


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """What `base.html` needs.

    `staff` is who is signed in with both factors, or None; `does` says which roles they have (`does.therapist`),
    `places` where the menu leads; `look` is the digest in the addresses of style and script.
    """
    staff = request.user if hasattr(request, "user") and is_signed_in(request) else None
    words: dict[str, Any] = {"staff": None, "does": {}, "places": [], "look": assets.digest(), "is_demo": settings.DEMO}
    if isinstance(staff, User):
        does = {role.value: staff.has_role(role) for role in Role}
        words |= {"staff": staff, "does": does, "places": places_for(staff)}
    return words
