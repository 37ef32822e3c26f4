"""People: who works here, inviting them, their roles and access, who supervises whom."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from attunement.web.audit.models import Action, record
from attunement.web.clients.models import Client
from attunement.web.lead import staffing
from attunement.web.lead.forms import PersonForm, RolesForm, people_with
from attunement.web.lead.views import LeadView
from attunement.web.people.models import Invitation, Role, Supervision, User
from attunement.web.people.signed_in import with_second_factor


class People(LeadView):
    """Everybody who works here, and who is invited."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Those who are active first, by name."""
        people = list(User.objects.filter(clinic=self.user.clinic_id).order_by("-is_active", "name"))
        ready = with_second_factor(people)
        invited = Invitation.objects.filter(
            clinic=self.user.clinic_id, used_at=None, expires_at__gt=timezone.now()
        ).order_by("expires_at")
        words = {
            "title": _("People"),
            "people": [
                {"person": each, "roles": role_words(each.roles), "is_ready": each.pk in ready} for each in people
            ],
            "invited": [{"invitation": each, "roles": role_words(each.roles)} for each in invited],
        }
        return render(request, "lead/people.html", words)


class Invite(LeadView):
    """A one-time link for somebody new, shown once."""

    needs_fresh_password = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """As what?"""
        return self._page(RolesForm(initial={"roles": [Role.THERAPIST]}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """The link."""
        form = RolesForm(request.POST)
        if not form.is_valid():
            return self._page(form)
        roles = [Role(role) for role in form.cleaned_data["roles"]]
        token = Invitation.issue(clinic=self.user.clinic, roles=roles)
        record(Action.MANAGED, f"invited as {', '.join(roles)}", actor=self.user)
        address = request.build_absolute_uri(reverse("welcome", args=[token]))
        words = {"title": _("Invitation"), "address": address, "roles": role_words(roles)}
        return render(request, "lead/invited.html", words)

    def _page(self, form: RolesForm) -> HttpResponse:
        return render(self.request, "lead/invite.html", {"title": _("Invite somebody"), "form": form})


class WithdrawInvitation(LeadView):
    """An invitation that nobody has used opens nothing any more."""

    def post(self, request: HttpRequest, invitation: UUID) -> HttpResponse:
        """Back to the people."""
        gone, _rows = Invitation.objects.filter(pk=invitation, clinic=self.user.clinic_id, used_at=None).delete()
        if not gone:
            raise Http404
        record(Action.MANAGED, "invitation withdrawn", actor=self.user)
        messages.success(request, _("The invitation is withdrawn."))
        return redirect("people")


class PersonView(LeadView):
    """Something about one person of the own clinic; what is changed needs the password."""

    needs_fresh_password = True
    person: User

    def admit(self) -> HttpResponseBase | None:
        """Those who lead, for people of their own clinic."""
        refused = super().admit()
        if refused is None:
            self.person = self.find_person()
        return refused

    def find_person(self) -> User:
        """The person that the address names.

        Raises:
            Http404: when there is none in this clinic.
        """
        return self.one_of_us(self.kwargs["person"])

    def one_of_us(self, person: UUID) -> User:
        """Somebody of the own clinic.

        Raises:
            Http404: when there is no such person.
        """
        found = User.objects.filter(pk=person, clinic=self.user.clinic_id).first()
        if found is None:
            raise Http404
        return found

    def get(self, request: HttpRequest, **_address: Any) -> HttpResponse:
        """What can be done; also for those who come back from giving their password."""
        return redirect("person", self.person.pk)

    def page(self, roles_form: RolesForm | None = None, supervision_form: PersonForm | None = None) -> HttpResponse:
        """The forms; one that is not given stands at what holds now."""
        person = self.person
        now = Supervision.objects.filter(ended_at=None).select_related("supervisor", "therapist")
        words = {
            "title": person.name,
            "person": person,
            "is_me": person.pk == self.user.pk,
            "roles_form": roles_form or RolesForm(initial={"roles": person.roles}),
            "is_therapist": person.has_role(Role.THERAPIST),
            "supervised_by": now.filter(therapist=person).order_by("supervisor__name"),
            "supervises": now.filter(supervisor=person).order_by("therapist__name"),
            "supervision_form": supervision_form or self.supervision_form(),
            "clients": Client.objects.filter(therapist=person).count(),
            "is_ready": bool(with_second_factor([person])),
        }
        return render(self.request, "lead/person.html", words)

    def supervision_form(self, data: Any = None) -> PersonForm:
        """Whoever may supervise this person and does not yet."""
        others = people_with(self.user.clinic, Role.SUPERVISOR).exclude(pk=self.person.pk)
        already = Supervision.objects.filter(therapist=self.person, ended_at=None).values("supervisor")
        return PersonForm(data, people=others.exclude(pk__in=already), label=_("Supervisor"))

    def back(self, said: str) -> HttpResponse:
        """To the person, with what was done."""
        messages.success(self.request, said)
        return redirect("person", self.person.pk)


class Person(PersonView):
    """One person: roles, access, second factor, supervision."""

    def get(self, request: HttpRequest, **_address: Any) -> HttpResponse:
        """The forms."""
        return self.page()


class ChangeRoles(PersonView):
    """What somebody does here."""

    def post(self, request: HttpRequest, **_address: Any) -> HttpResponse:
        """Changed, unless nobody would lead the clinic."""
        form = RolesForm(request.POST)
        if not form.is_valid():
            return self.page(roles_form=form)
        try:
            staffing.give_roles(self.person, form.cleaned_data["roles"], by=self.user)
        except staffing.LastLead:
            form.add_error("roles", no_lead_left())
            self.person.refresh_from_db()
            return self.page(roles_form=form)
        return self.back(_("The roles are changed."))


class ChangeAccess(PersonView):
    """Whether somebody can sign in."""

    def post(self, request: HttpRequest, **_address: Any) -> HttpResponse:
        """Let in again, or out for good; `let` says which."""
        if request.POST.get("let") == "in":
            staffing.reactivate(self.person, by=self.user)
            return self.back(_("They can sign in again."))
        try:
            staffing.deactivate(self.person, by=self.user)
        except staffing.LastLead:
            messages.error(request, no_lead_left())
            return redirect("person", self.person.pk)
        return self.back(_("They are signed out everywhere, and cannot sign in any more."))


class ResetSecondFactor(PersonView):
    """A lost phone: the second factor is set up anew, after the password."""

    def post(self, request: HttpRequest, **_address: Any) -> HttpResponse:
        """Signed out everywhere."""
        staffing.reset_second_factor(self.person, by=self.user)
        return self.back(_("They are signed out everywhere, and set up a new one when they next sign in."))


class BeginSupervision(PersonView):
    """Somebody supervises this person from now on."""

    def post(self, request: HttpRequest, **_address: Any) -> HttpResponse:
        """Begun."""
        form = self.supervision_form(request.POST)
        if not self.person.has_role(Role.THERAPIST) or not form.is_valid():
            return self.page(supervision_form=form)
        staffing.begin_supervision(form.cleaned_data["person"], self.person, by=self.user)
        return self.back(_("The supervision has begun."))


class EndSupervision(PersonView):
    """Somebody supervises this person no more."""

    supervision: Supervision

    def find_person(self) -> User:
        """The therapist of the supervision that the address names."""
        every = Supervision.objects.select_related("supervisor", "therapist")
        found = every.filter(pk=self.kwargs["supervision"]).first()
        if found is None:
            raise Http404
        self.supervision = found
        return self.one_of_us(found.therapist_id)

    def post(self, request: HttpRequest, **_address: Any) -> HttpResponse:
        """Ended."""
        staffing.end_supervision(self.supervision, by=self.user)
        return self.back(_("The supervision has ended."))


def role_words(roles: list[Any] | list[Role]) -> list[Any]:
    """What the roles are called, in the order in which they are listed everywhere."""
    return [role.label for role in Role if role in roles]


def no_lead_left() -> str:
    """Why the last lead stays."""
    return _("Nobody else leads the clinic. Make somebody else a lead first.")
