"""Today, the page of a client, new clients, consent, erasure."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from attunement.web.access.rules import clients_for
from attunement.web.access.views import ClientView, Purpose, StaffView
from attunement.web.alerts.open import open_alerts, with_kept
from attunement.web.audit.models import Action, record, record_each
from attunement.web.checkins.danger import raw_answers
from attunement.web.clients.consent import decide
from attunement.web.clients.erasure import erase
from attunement.web.clients.forms import EraseForm, NewClientForm
from attunement.web.clients.models import Client, ConsentKind, Erasure, consents
from attunement.web.clients.today import today
from attunement.web.look.places import places_for
from attunement.web.people.models import Role
from attunement.web.reading.models import CaseView
from attunement.web.retention.due import dues_of
from attunement.web.sessions.models import Session


class Today(StaffView):
    """Whom the therapist sees, and what is open with each; others go on to what is theirs."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list, most urgent first."""
        if not self.user.has_role(Role.THERAPIST):
            return self._elsewhere(request)
        rows = today(clients_for(self.user, Purpose.CARE))
        if rows:
            record_each(Action.READ, "today", actor=self.user, clients=[row.client for row in rows])
        words = {
            "title": _("Today"),
            "rows": rows,
            "open_rows": [row for row in rows if row.is_open],
            "quiet_rows": [row for row in rows if not row.is_open],
        }
        return render(request, "clients/today.html", words)

    def _elsewhere(self, request: HttpRequest) -> HttpResponse:
        places = places_for(self.user)
        if places:
            return redirect(places[0][0])
        return render(request, "clients/no_clients.html", {"title": _("Welcome")})


class NewClient(StaffView):
    """A new client of the therapist who is signed in."""

    roles = (Role.THERAPIST,)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return self._page(request, NewClientForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """On to the new client's page."""
        form = NewClientForm(request.POST)
        if not form.is_valid():
            return self._page(request, form)
        with transaction.atomic():
            client = Client.admit(therapist=self.user, label=form.cleaned_data["label"])
            for kind in form.cleaned_data["agreed"]:
                decide(client, ConsentKind(kind), is_given=True, by_client=False)
            record(Action.CHANGED, "new client", actor=self.user, client=client)
        return redirect("client", client.pk)

    def _page(self, request: HttpRequest, form: NewClientForm) -> HttpResponse:
        return render(request, "clients/new.html", {"title": _("New client"), "form": form})


class ClientPage(ClientView):
    """The case as it stands."""

    purpose = Purpose.READ
    what = "case"

    def get(self, request: HttpRequest, client: UUID) -> HttpResponse:
        """The report of the case, with what can be done from here."""
        return render(request, "clients/client.html", self.context())

    def context(self) -> dict[str, Any]:
        """What the template needs."""
        case = CaseView.objects.filter(client=self.client).first()
        kept = open_alerts([self.client.pk]).get(self.client.pk, {})
        return {
            "title": self.client.label,
            "client": self.client,
            "case": case,
            "is_mine": self.client.therapist_id == self.user.pk,
            "agreed": agreements(self.client),
            "raw_answers": raw_answers([self.client]).get(self.client.pk, []),
            "alerts": with_kept(list(case.alerts or []) if case else [], kept),
            "dues": dues_of(self.client),
            "sessions": Session.objects.filter(client=self.client).select_related("transcript").order_by("-number"),
        }


class ConsentPage(ClientView):
    """What the client agreed to, with its history; the therapist writes down what they said."""

    what = "consent"

    def get(self, request: HttpRequest, client: UUID) -> HttpResponse:
        """What holds, and how it came to be."""
        words = {
            "title": _("Consent"),
            "client": self.client,
            "agreed": agreements(self.client),
            "history": self.client.consents.all(),
        }
        return render(request, "clients/consent.html", words)

    def post(self, request: HttpRequest, client: UUID) -> HttpResponse:
        """A yes or a no."""
        kind, said = request.POST.get("kind"), request.POST.get("said")
        if kind not in ConsentKind.values or said not in ("yes", "no"):
            raise Http404
        deleted = decide(self.client, ConsentKind(kind), is_given=said == "yes", by_client=False)
        if deleted:
            messages.info(
                request, _("Deleted, as a no asks for: %(count)d transcripts with their readings.") % {"count": deleted}
            )
        return redirect("consent", self.client.pk)


class Erase(ClientView):
    """Everything of a client, for ever."""

    purpose = Purpose.MANAGE
    needs_fresh_password = True
    what = "erasure"

    def get(self, request: HttpRequest, client: UUID) -> HttpResponse:
        """Is it meant?"""
        return render(
            request, "clients/erase.html", {"title": _("Erase a client"), "client": self.client, "form": EraseForm()}
        )

    def post(self, request: HttpRequest, client: UUID) -> HttpResponse:
        """The receipt."""
        form = EraseForm(request.POST)
        if not form.is_valid():
            return render(
                request, "clients/erase.html", {"title": _("Erase a client"), "client": self.client, "form": form}
            )
        receipt = erase(self.client, by=self.user)
        self.client.pk = receipt.client  # for the audit record: the row itself is gone
        return redirect("erasure", receipt.pk)


class Receipt(StaffView):
    """That a client was erased, when and by whom."""

    def get(self, request: HttpRequest, erasure: UUID) -> HttpResponse:
        """The receipt, for whoever was the therapist, and for the lead."""
        receipt = Erasure.objects.filter(pk=erasure, clinic=self.user.clinic_id).first()
        if receipt is None or not (receipt.therapist_id == self.user.pk or self.user.has_role(Role.LEAD)):
            raise Http404
        return render(request, "clients/receipt.html", {"title": _("Receipt of an erasure"), "receipt": receipt})


def agreements(client: Client) -> list[dict[str, Any]]:
    """What the client says to each kind now: yes, no, or nothing yet."""
    holds = consents([client])[client.pk]
    return [{"kind": kind.value, "label": kind.label, "holds": holds[kind.value]} for kind in ConsentKind]
