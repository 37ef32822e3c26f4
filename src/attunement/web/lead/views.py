"""The clinic at a glance, alerts open too long, cases and handing over, settings."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from attunement.web.access.rules import clients_for
from attunement.web.access.views import ClientView, Purpose, StaffView
from attunement.web.alerts.open import open_count, open_longer_than
from attunement.web.audit.models import Action, record
from attunement.web.lead.cells import LEAST
from attunement.web.lead.forms import PersonForm, SettingsForm, people_with
from attunement.web.lead.models import Glance, settings_of
from attunement.web.lead.showing import months_of, outcome_of
from attunement.web.lead.staffing import hand_over
from attunement.web.people.models import Role
from attunement.web.questionnaires.models import instruments_of


class LeadView(StaffView):
    """A page for those who lead."""

    roles = (Role.LEAD,)


class AtAGlance(LeadView):
    """The clinic's figures, as the worker last computed them."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page; small cells were hidden when the figures were computed."""
        glance = Glance.objects.filter(clinic=self.user.clinic_id).first()
        figures, days = glance.figures if glance else {}, settings_of(self.user.clinic).alert_days
        words = {
            "title": _("The clinic at a glance"),
            "glance": glance,
            "least": LEAST,
            "days": days,
            "open_for_long": len(open_longer_than(self.user.clinic, days)),
            "outcome": outcome_of(figures.get("outcome"), instruments_of(self.user.clinic)),
            "months": months_of(figures.get("months", [])),
        }
        return render(request, "lead/glance.html", words)


class OpenAlerts(LeadView):
    """Which cases have something open for too long: enough to ask, without content."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """By therapist, in the order of their names."""
        clinic, days = self.user.clinic, settings_of(self.user.clinic).alert_days
        cases = open_longer_than(clinic, days)
        words = {
            "title": _("Alerts open for long"),
            "days": days,
            "open": open_count(clinic),
            "cases": cases,
        }
        return render(request, "lead/open_alerts.html", words)


class Cases(LeadView):
    """All cases by number, with whom they are; nothing of what they are about."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """By therapist."""
        everyone = clients_for(self.user, Purpose.MANAGE).defer("label")
        cases = everyone.order_by("therapist__name", "therapist", "ended_at", "created_at")
        words = {
            "title": _("Cases"),
            "by_therapist": [(who, list(theirs)) for who, theirs in groupby(cases, key=lambda case: case.therapist)],
        }
        return render(request, "lead/cases.html", words)


class HandOver(ClientView):
    """Another therapist takes over; by the number of the case alone, unless it is one's own client."""

    purpose = Purpose.MANAGE
    what = "handing over"
    needs_fresh_password = True

    def get(self, request: HttpRequest, client: UUID) -> HttpResponse:
        """To whom?"""
        return self._page(self._form())

    def post(self, request: HttpRequest, client: UUID) -> HttpResponse:
        """Handed over; whose client it was opens it no more."""
        form = self._form(request.POST)
        if not form.is_valid():
            return self._page(form)
        before, to = self.client.therapist, form.cleaned_data["person"]
        with transaction.atomic():
            hand_over(self.client, to)
            record(Action.MANAGED, f"handed over: {before.name} to {to.name}", actor=self.user, client=self.client)
        messages.success(request, _("Handed over to %(name)s.") % {"name": to.name})
        return redirect("cases" if self.user.has_role(Role.LEAD) else "today")

    def _form(self, data: Any = None) -> PersonForm:
        others = people_with(self.user.clinic, Role.THERAPIST).exclude(pk=self.client.therapist_id)
        return PersonForm(data, people=others, label=_("Who takes over"))

    def _page(self, form: PersonForm) -> HttpResponse:
        words = {
            "title": _("Hand over a case"),
            "client": self.client,
            "form": form,
            "is_mine": self.client.therapist_id == self.user.pk,
        }
        return render(self.request, "lead/hand_over.html", words)


class Settings(LeadView):
    """What the clinic has decided; the crisis text can be looked at before it is saved."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form, with what holds."""
        clinic, kept = self.user.clinic, settings_of(self.user.clinic)
        initial = {"name": clinic.name, "crisis_text": clinic.crisis_text, "alert_days": kept.alert_days}
        return self._page(self._form(initial={**initial, "distress": kept.distress}), clinic.crisis_text)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Saved, or shown as clients will see it."""
        form = self._form(request.POST)
        if not form.is_valid() or "preview" in request.POST:
            return self._page(form, request.POST.get("crisis_text", ""))
        self._save(form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("clinic-settings")

    def _form(self, *args: Any, **kwargs: Any) -> SettingsForm:
        return SettingsForm(*args, measures=instruments_of(self.user.clinic), **kwargs)

    def _save(self, said: dict[str, Any]) -> None:
        clinic, kept = self.user.clinic, settings_of(self.user.clinic)
        with transaction.atomic():
            clinic.name, clinic.crisis_text = said["name"], said["crisis_text"]
            clinic.save(update_fields=["name", "crisis_text"])
            kept.alert_days, kept.distress = said["alert_days"], said["distress"]
            kept.save()
            record(Action.MANAGED, "settings of the clinic", actor=self.user)

    def _page(self, form: SettingsForm, crisis_text: str) -> HttpResponse:
        words = {"title": _("Settings of the clinic"), "form": form, "crisis_text": crisis_text, "least": LEAST}
        return render(self.request, "lead/settings.html", words)
