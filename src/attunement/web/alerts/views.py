"""The therapist says that they have seen an alert."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from attunement.web.access.views import ClientView
from attunement.web.alerts.forms import SeenForm
from attunement.web.alerts.models import Alert
from attunement.web.clients.models import Client
from attunement.web.people.views import NEXT, safe_next


class AlertSeen(ClientView):
    """Seen, working on it; the alert itself stays until what raised it has gone."""

    what = "an alert: seen"
    alert: Alert

    def find_client(self) -> Client:
        """The client of the alert."""
        alert = Alert.objects.filter(pk=self.kwargs["alert"]).first()
        if alert is None:
            raise Http404
        self.alert = alert
        return self.reachable(alert.client_id)

    def post(self, request: HttpRequest, alert: UUID) -> HttpResponse:
        """Back to where it was said."""
        form = SeenForm(request.POST)
        if form.is_valid():
            self.alert.seen_at, self.alert.seen_by = timezone.now(), self.user
            self.alert.words = form.cleaned_data["words"] or None
            self.alert.save(update_fields=["seen_at", "seen_by", "words"])
        return redirect(safe_next(request, request.POST.get(NEXT, "")) or "today")
