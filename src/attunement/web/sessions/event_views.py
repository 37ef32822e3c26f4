"""Events around a session: written down, told whether an agreement was kept, struck out."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from attunement.web.access.views import Purpose, SessionView
from attunement.web.reading.queue import case_changed
from attunement.web.sessions.events import FORMS
from attunement.web.sessions.models import Event
from attunement.web.sessions.views import SessionPage

KEPT = {"yes": True, "no": False, "unknown": None}


class AddEvent(SessionPage):
    """Something that happened around the session."""

    purpose = Purpose.CARE
    what = "event of session"

    def get(self, request: HttpRequest, session: UUID) -> HttpResponse:
        """The forms are on the session's page."""
        return redirect("session", self.session.pk)

    def post(self, request: HttpRequest, session: UUID) -> HttpResponse:
        """Back to the session; with what was not understood, if so."""
        form_of_kind = FORMS.get(request.POST.get("kind"))  # type: ignore[call-overload]
        if form_of_kind is None:
            raise Http404
        form = form_of_kind(request.POST, kind=request.POST["kind"])
        if not form.is_valid():
            return render(request, "sessions/session.html", self.context(filled=form))
        with transaction.atomic():
            Event.objects.create(client=self.client, session=self.session, kind=form.kind, details=form.details)
            case_changed(self.client)
        return _to_events(self.session.pk)


class EventView(SessionView):
    """For one event of a session."""

    what = "event of session"

    def event(self) -> Event:
        """The event that the address names.

        Raises:
            Http404: when the session has no such event.
        """
        found: Event | None = self.session.events.filter(pk=self.kwargs["event"]).first()
        if found is None:
            raise Http404
        return found


class AgreementKept(EventView):
    """Whether an agreement was kept, once that is known."""

    def post(self, request: HttpRequest, session: UUID, event: UUID) -> HttpResponse:
        """Back to the session."""
        agreement, said = self.event(), request.POST.get("kept")
        if agreement.kind != "agreement" or said not in KEPT:
            raise Http404
        with transaction.atomic():
            kept = {} if KEPT[said] is None else {"kept": KEPT[said]}
            agreement.details = {key: value for key, value in agreement.details.items() if key != "kept"} | kept
            agreement.save(update_fields=["details"])
            case_changed(self.client)
        return _to_events(self.session.pk)


class DeleteEvent(EventView):
    """An event that was written down by mistake."""

    def post(self, request: HttpRequest, session: UUID, event: UUID) -> HttpResponse:
        """Back to the session."""
        with transaction.atomic():
            self.event().delete()
            case_changed(self.client)
        return _to_events(self.session.pk)


def _to_events(session: UUID) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('session', args=[session])}#around")
