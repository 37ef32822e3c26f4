"""For the therapist: making a link, showing it, and what became of the links of a client."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from attunement.web.access.views import ClientView, SessionView
from attunement.web.checkins.issuing import link_before_next, upcoming
from attunement.web.checkins.models import Link, LinkState
from attunement.web.clients.models import Client
from attunement.web.sessions.models import Session


class NewLink(SessionView):
    """A link to the check-in after a session, shown once."""

    what = "check-in link for session"

    def post(self, request: HttpRequest, session: UUID) -> HttpResponse:
        """The link."""
        return _shown(request, self.client, Link.issue(self.session))


class NewLinkBefore(ClientView):
    """A link to be answered in the waiting room, before the next session; shown once."""

    what = "check-in link for the next session"

    def post(self, request: HttpRequest, client: UUID) -> HttpResponse:
        """The link, or a word where there is nothing to ask."""
        token = link_before_next(self.client)
        if token is None:
            messages.warning(
                request, _("There is nothing to ask before the next session. Choose a questionnaire first.")
            )
            return redirect("links", self.client.pk)
        return _shown(request, self.client, token)


class Links(ClientView):
    """The links of a client, the newest first."""

    what = "check-in links"

    def get(self, request: HttpRequest, client: UUID) -> HttpResponse:
        """The list, and what can be made."""
        number, _last = upcoming(self.client)
        words = {
            "title": _("Check-in links"),
            "client": self.client,
            "links": Link.objects.filter(client=self.client).select_related("session").order_by("-created_at"),
            "newest": Session.objects.filter(client=self.client, number__lt=number).order_by("-number").first(),
            "next_number": number,
            "states": LinkState,
        }
        return render(request, "checkins/links.html", words)


class Withdraw(ClientView):
    """A link that opens nothing any more."""

    what = "check-in link withdrawn"

    def find_client(self) -> Client:
        """The client of the link."""
        found = Link.objects.filter(pk=self.kwargs["link"]).first()
        if found is None:
            raise Http404
        self.link = found
        return self.reachable(found.client_id)

    def post(self, request: HttpRequest, link: UUID) -> HttpResponse:
        """Back to the list."""
        Link.objects.filter(pk=self.link.pk, withdrawn_at=None).update(withdrawn_at=timezone.now())
        messages.success(request, _("Withdrawn. The link opens nothing any more; what was answered is kept."))
        return redirect("links", self.client.pk)


def _shown(request: HttpRequest, client: Client, token: str) -> HttpResponse:
    """The page that shows a link, this one time: to copy, to hold up as a QR code, to print as a slip."""
    address = request.build_absolute_uri(reverse("check-in", args=[token]))
    code = segno.make(address, error="m")
    link = Link.find(token)
    words: dict[str, Any] = {
        "title": _("Check-in link"),
        "client": client,
        "clinic": client.clinic,
        "link": link,
        "address": address,
        "picture": code.svg_inline(border=3, light="#fff", dark="#000", omitsize=True),
    }
    return render(request, "checkins/new_link.html", words)
