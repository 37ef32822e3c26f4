"""The researcher's pages: how many consent, what an export holds, making one, fetching it once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from attunement.web.access.rules import Purpose, clients_for
from attunement.web.access.views import StaffView
from attunement.web.audit.models import Action, record, record_each
from attunement.web.clients.models import Client
from attunement.web.people.models import Role
from attunement.web.research.forms import ExportForm
from attunement.web.research.jobs import make_later
from attunement.web.research.models import Export, State
from attunement.web.research.sealed_file import drop, opened
from attunement.web.sessions.models import Reading

# With fewer clients, whoever knows the clinic can guess who is who.
FEW = 20
LISTED = 20


class ResearchView(StaffView):
    """A page for researchers."""

    roles = (Role.RESEARCHER,)

    def context(self) -> dict[str, Any]:
        """Who consents now, in numbers alone."""
        clients = clients_for(self.user, Purpose.RESEARCH)
        count = clients.count()
        return {
            "title": _("Research export"),
            "count": count,
            "is_few": 0 < count < FEW,
            "sessions": Reading.objects.filter(client__in=clients.values("pk")).count() if count else 0,
        }


class ResearchPage(ResearchView):
    """How many consent, what is in an export, and one's own exports."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        exports = list(Export.objects.filter(by=self.user)[:LISTED])
        return render(request, "research/research.html", self.context() | {"exports": exports})


class NewExport(ResearchView):
    """Asks for an export."""

    needs_fresh_password = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """What has to be confirmed."""
        return render(request, "research/new.html", self.context() | {"form": ExportForm()})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Back to the page, where it will be."""
        words, form = self.context(), ExportForm(request.POST)
        if not form.is_valid() or not words["count"]:
            return render(request, "research/new.html", words | {"form": form})
        make_later(self.user)
        record(Action.MANAGED, "asked for a research export", actor=self.user)
        return redirect("research")


class FetchExport(ResearchView):
    """Hands an export over, once."""

    needs_fresh_password = True

    def get(self, request: HttpRequest, export: UUID) -> HttpResponse:
        """What to mind, and the button."""
        return render(request, "research/fetch.html", {"title": _("Fetch an export"), "export": self.find(export)})

    def post(self, request: HttpRequest, export: UUID) -> HttpResponse:
        """The file; it is deleted here, and kept in the audit record of each client in it."""
        found = self.find(export)
        consenting = clients_for(self.user, Purpose.RESEARCH).filter(pk__in=found.clients)
        clients: list[Client] = list(consenting)
        if len(clients) < len(found.clients):
            drop(found, State.WITHDRAWN)
            return redirect("research")
        content = opened(found)
        drop(found, State.FETCHED if content is not None else State.GONE)
        if content is None:
            return redirect("research")
        record_each(Action.EXPORTED, "de-identified, for research", actor=self.user, clients=clients)
        response = HttpResponse(content, content_type="application/zip")
        response["Content-Disposition"] = f'attachment; filename="research-{timezone.localdate():%Y-%m-%d}.zip"'
        return response

    def find(self, pk: UUID) -> Export:
        """One's own export that can still be fetched.

        Raises:
            Http404: when there is none.
        """
        found = Export.objects.filter(pk=pk, by=self.user).first()
        if found is None or not found.can_be_fetched:
            raise Http404
        return found
