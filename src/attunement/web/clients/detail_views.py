"""What a client is called, the end of a therapy, and those that have ended."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from attunement.web.access.rules import clients_for
from attunement.web.access.views import ClientView, Purpose, StaffView
from attunement.web.audit.models import Action, record_each
from attunement.web.clients.ending import end, rename, reopen
from attunement.web.clients.forms import EndForm, NameForm
from attunement.web.people.models import Role


class ClientDetails(ClientView):
    """The name of a client, and whether the therapy goes on."""

    what = "details"

    def get(self, request: HttpRequest, client: UUID) -> HttpResponse:
        """The forms."""
        return self.page()

    def post(self, request: HttpRequest, client: UUID) -> HttpResponse:
        """Another name."""
        form = NameForm(request.POST)
        if not form.is_valid():
            return self.page(name=form)
        rename(self.client, form.cleaned_data["label"])
        messages.success(request, _("The name is changed."))
        return redirect("client-details", self.client.pk)

    def page(self, *, name: forms.Form | None = None, ending: forms.Form | None = None) -> HttpResponse:
        """Both forms; one that is not given stands at what holds now."""
        words: dict[str, Any] = {
            "title": _("Name and ending"),
            "client": self.client,
            "name_form": name or NameForm(initial={"label": self.client.label}),
            "end_form": ending or EndForm(initial={"date": timezone.localdate()}),
        }
        return render(self.request, "clients/details.html", words)


class EndTherapy(ClientDetails):
    """The therapy ended, or goes on after all."""

    what = "end of therapy"

    def get(self, request: HttpRequest, client: UUID) -> HttpResponse:
        """The forms are at one address."""
        return redirect("client-details", self.client.pk)

    def post(self, request: HttpRequest, client: UUID) -> HttpResponse:
        """Ended, or opened again."""
        if "reopen" in request.POST:
            reopen(self.client)
            messages.success(request, _("The therapy goes on."))
            return redirect("client", self.client.pk)
        form = EndForm(request.POST)
        if not form.is_valid():
            return self.page(ending=form)
        end(self.client, form.cleaned_data["date"])
        messages.success(request, _("The therapy has ended. You find the client among the ended ones."))
        return redirect("client-details", self.client.pk)


class EndedClients(StaffView):
    """The clients of this therapist whose therapies have ended."""

    roles = (Role.THERAPIST,)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list, the last ended first."""
        clients = list(clients_for(self.user, Purpose.CARE).exclude(ended_at=None).order_by("-ended_at"))
        record_each(Action.READ, "ended therapies", actor=self.user, clients=clients)
        return render(request, "clients/ended.html", {"title": _("Ended therapies"), "clients": clients})
