"""All decisions about access, in one place. Each says which clients somebody may reach, and for what."""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from attunement.web.clients.models import Client
from attunement.web.people.models import Role, Supervision, User


class Purpose(StrEnum):
    """What a client is reached for.

    `CARE`: everything that the client's own therapist does. `READ`: the case, sessions and readings; the therapist, and
    whoever supervises them now. `MANAGE`: to erase or hand on, without a word of what was said; the therapist, and the
    lead. `RESEARCH`: de-identified export, of clients who consented to research.
    """

    CARE = "care"
    READ = "read"
    MANAGE = "manage"
    RESEARCH = "research"


def clients_for(user: User, purpose: Purpose) -> QuerySet[Client]:
    """The clients whom this person may reach for this purpose. Never beyond their own clinic."""
    own = Q(therapist=user) if user.has_role(Role.THERAPIST) else Q(pk__in=())
    supervised = Q(therapist__in=supervisees_of(user))
    everyone = Q()
    reach = {
        Purpose.CARE: own,
        Purpose.READ: own | supervised,
        Purpose.MANAGE: everyone if user.has_role(Role.LEAD) else own,
        Purpose.RESEARCH: Q(pk__in=_consenting(user)) if user.has_role(Role.RESEARCHER) else Q(pk__in=()),
    }
    return Client.objects.filter(reach[purpose], clinic=user.clinic_id).select_related("therapist", "clinic")


def supervisees_of(user: User) -> QuerySet[User]:
    """The therapists of the own clinic whom this person supervises now, by name."""
    if not user.has_role(Role.SUPERVISOR):
        return User.objects.none()
    now = Supervision.objects.filter(supervisor=user, ended_at=None)
    return User.objects.filter(pk__in=now.values("therapist"), clinic=user.clinic_id).order_by("name")


def is_signed_in(request: HttpRequest) -> bool:
    """Whether somebody is signed in with both factors; the demo, whose people are invented, asks for none."""
    user = request.user
    return isinstance(user, User) and user.is_active and (settings.DEMO or user.is_verified())  # type: ignore[attr-defined]


def may_use(user: User, roles: tuple[Role, ...]) -> bool:
    """Whether a page for these roles is for this person; a page that names none is for all staff."""
    return not roles or user.has_role(*roles)


def _consenting(user: User) -> list[object]:
    from attunement.web.clients.models import ConsentKind, consents

    everyone = list(Client.objects.filter(clinic=user.clinic_id))
    return [pk for pk, holds in consents(everyone).items() if holds[ConsentKind.RESEARCH]]
