"""What a lead does about people: roles, access, supervision, whose client somebody is. All of it is recorded."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from attunement.errors import AttunementError
from attunement.web.audit.models import Action, record
from attunement.web.clients.models import Client
from attunement.web.people.models import Role, Supervision, User
from attunement.web.people.signed_in import forget_second_factor, sign_out_everywhere


class LastLead(AttunementError):
    """The clinic would be left without anybody who leads it."""


def give_roles(person: User, roles: Iterable[str], *, by: User) -> None:
    """These roles and no others, from the next page on; supervision that the roles no longer allow ends.

    Raises:
        LastLead: when nobody else leads the clinic.
    """
    with transaction.atomic():
        person.roles = list(roles)
        _refuse_without_lead(person)
        person.save(update_fields=["roles"])
        if not person.has_role(Role.SUPERVISOR):
            _end(person.supervises.all())
        if not person.has_role(Role.THERAPIST):
            _end(person.supervised_by.all())
        record(Action.MANAGED, f"roles of {person.name}: {', '.join(person.roles)}", actor=by)


def deactivate(person: User, *, by: User) -> None:
    """Nobody signs in as this person any more, and whoever did is out; what they did stays.

    Raises:
        LastLead: when nobody else leads the clinic.
    """
    with transaction.atomic():
        person.is_active = False
        _refuse_without_lead(person)
        person.save(update_fields=["is_active"])
        _end(person.supervises.all())
        _end(person.supervised_by.all())
        sign_out_everywhere(person)
        record(Action.MANAGED, f"deactivated: {person.name}", actor=by)


def reactivate(person: User, *, by: User) -> None:
    """They can sign in again; supervision that was ended begins anew by itself never."""
    with transaction.atomic():
        person.is_active = True
        person.save(update_fields=["is_active"])
        record(Action.MANAGED, f"reactivated: {person.name}", actor=by)


def reset_second_factor(person: User, *, by: User) -> None:
    """For a lost phone: signed out everywhere, and set up anew after the password."""
    with transaction.atomic():
        forget_second_factor(person)
        record(Action.MANAGED, f"second factor reset: {person.name}", actor=by)


def begin_supervision(supervisor: User, therapist: User, *, by: User) -> None:
    """From now on the supervisor reads the therapist's clients."""
    with transaction.atomic():
        _row, is_new = Supervision.objects.get_or_create(supervisor=supervisor, therapist=therapist, ended_at=None)
        if is_new:
            record(Action.MANAGED, f"supervision begun: {supervisor.name} of {therapist.name}", actor=by)


def end_supervision(supervision: Supervision, *, by: User) -> None:
    """From now on the supervisor reads them no more."""
    with transaction.atomic():
        if Supervision.objects.filter(pk=supervision.pk, ended_at=None).update(ended_at=timezone.now()):
            names = f"{supervision.supervisor.name} of {supervision.therapist.name}"
            record(Action.MANAGED, f"supervision ended: {names}", actor=by)


def hand_over(client: Client, to: User) -> None:
    """Another therapist's client from now on; own notes stay with whoever wrote them."""
    Client.objects.filter(pk=client.pk).update(therapist=to)
    client.therapist = to


def _refuse_without_lead(person: User) -> None:
    """To be called with what the person is to become: they may only stop leading while somebody else leads."""
    # All rows are locked, in one order: two leads cannot take the role from each other at once.
    everyone = list(User.objects.select_for_update().filter(clinic=person.clinic_id).order_by("pk"))
    after = [person if each.pk == person.pk else each for each in everyone]
    if not any(each.is_active and each.has_role(Role.LEAD) for each in after):
        raise LastLead("nobody else leads the clinic; make somebody else a lead first.")


def _end(supervisions: QuerySet[Supervision]) -> None:
    supervisions.filter(ended_at=None).update(ended_at=timezone.now())
