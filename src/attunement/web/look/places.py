"""The places in the menu: a line each, with the role that sees it. A new page that people go to by itself adds one."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from attunement.web.people.models import Role, User

# Name of the address, words in the menu, who sees it.
PLACES: tuple[tuple[str, str | Promise, Role], ...] = (
    ("today", _("Today"), Role.THERAPIST),
    ("supervision", _("Supervision"), Role.SUPERVISOR),
    ("clinic", _("Clinic"), Role.LEAD),
    ("questionnaires", _("Questionnaires"), Role.LEAD),
    ("research", _("Research"), Role.RESEARCHER),
)


def places_for(user: User) -> list[tuple[str, str | Promise]]:
    """Where this person goes, in the order of the menu."""
    return [(name, words) for name, words, role in PLACES if user.has_role(role)]
