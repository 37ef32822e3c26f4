"""Making a link; for the client: the check-in, the own course, consent."""

from __future__ import annotations

from uuid import UUID

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from attunement.web.access.views import LinkView, SessionView
from attunement.web.checkins.answering import keep_answers
from attunement.web.checkins.course import own_course
from attunement.web.checkins.forms import CheckInForm
from attunement.web.checkins.models import FeltOff, Link, Sight
from attunement.web.clients.consent import decide
from attunement.web.clients.models import ConsentKind
from attunement.web.clients.views import agreements


class NewLink(SessionView):
    """A link to the check-in after a session, shown once: as an address, and as a QR code to hold up."""

    what = "check-in link for session"

    def post(self, request: HttpRequest, session: UUID) -> HttpResponse:
        """The link."""
        token = Link.issue(self.session)
        address = request.build_absolute_uri(reverse("check-in", args=[token]))
        picture = segno.make(address, error="m").svg_inline(scale=6, border=3, light="#fff", dark="#000")
        words = {
            "title": _("Check-in link"),
            "client": self.client,
            "session": self.session,
            "address": address,
            "picture": picture,
        }
        return render(request, "checkins/new_link.html", words)


class CheckIn(LinkView):
    """The check-in on a client's phone."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """The questions, or the own course when they were answered."""
        if self.link.used_at is not None:
            return redirect("own-course", token)
        return self._page(request, CheckInForm())

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """On to the own course."""
        form = CheckInForm(request.POST)
        if not form.is_valid():
            return self._page(request, form)
        said = form.cleaned_data
        keep_answers(self.link, ratings=form.ratings, felt_off=said["felt_off"], sight=said["sight"])
        return redirect("own-course", token)

    def _page(self, request: HttpRequest, form: CheckInForm) -> HttpResponse:
        return render(request, "checkins/check_in.html", {**_common(self.link), "form": form, "token": token_of(self)})


class OwnCourse(LinkView):
    """What the client answered so far, in plain words, and the notes for themselves."""

    what = "own course"

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """The course."""
        notes = FeltOff.objects.filter(client=self.link.client, sight=Sight.MINE).order_by("-at")
        words = {**_common(self.link), "course": own_course(self.link.client), "notes": notes, "token": token}
        return render(request, "checkins/own_course.html", words)


class OwnConsent(LinkView):
    """The client says yes or no, any time."""

    what = "own consent"

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """What holds."""
        return render(
            request,
            "checkins/own_consent.html",
            {**_common(self.link), "agreed": agreements(self.link.client), "token": token},
        )

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """A yes or a no."""
        kind, said = request.POST.get("kind"), request.POST.get("said")
        if kind not in ConsentKind.values or said not in ("yes", "no"):
            raise Http404
        decide(self.link.client, ConsentKind(kind), is_given=said == "yes", by_client=True)
        return redirect("own-consent", token)


def token_of(view: LinkView) -> str:
    """The token in the address."""
    return str(view.kwargs["token"])


def _common(link: Link) -> dict[str, object]:
    return {"clinic": link.client.clinic, "link": link}
