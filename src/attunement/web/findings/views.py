"""A therapist's verdict on a finding; a comment at a turn."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from attunement.errors import InputError
from attunement.web.access.views import Purpose, SessionView
from attunement.web.findings.beside import verdict_form
from attunement.web.findings.forms import CommentForm, FeedbackForm
from attunement.web.findings.judging import Place, judge, withdraw
from attunement.web.findings.models import Comment, Verdict


class GiveFeedback(SessionView):
    """Accept, correct or dismiss a finding, or take that back; a new verdict takes the place of the old."""

    what = "feedback on session"

    def post(self, request: HttpRequest, session: UUID) -> HttpResponse:
        """The form anew for the script that asks for it alone; else back to the finding."""
        is_taken_back = "take_back" in request.POST
        form = FeedbackForm({**request.POST.dict(), "verdict": Verdict.ACCEPTED} if is_taken_back else request.POST)
        if not form.is_valid():
            return self._refused(_("That was not understood. Choose one of the answers, and keep your words short."))
        said = form.cleaned_data
        place = Place(said["finding"], said["start"], said["end"])
        given = None
        try:
            if is_taken_back:
                withdraw(self.session, place, author=self.user)
            else:
                verdict = Verdict(said["verdict"])
                given = judge(self.session, place, author=self.user, verdict=verdict, words=said["words"])
        except InputError:
            return self._refused(_("This finding is no longer there: the transcript was read anew."))
        if request.headers.get("X-In-Place"):
            return HttpResponse(verdict_form(self.session, place, given, token=get_token(request)))
        return redirect(f"{reverse('session', args=[self.session.pk])}#{place.anchor}")

    def _refused(self, why: str) -> HttpResponse:
        messages.error(self.request, why)
        return redirect("session", self.session.pk)


class AddComment(SessionView):
    """A comment at a turn, which therapist and supervisor both see."""

    purpose = Purpose.READ
    what = "comment on session"

    def post(self, request: HttpRequest, session: UUID) -> HttpResponse:
        """Back to the turn."""
        form = CommentForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("The comment was not kept: it is empty, too long, or names no turn."))
            return redirect("session", self.session.pk)
        turn = form.cleaned_data["turn"]
        Comment.objects.create(
            client=self.client, session=self.session, author=self.user, turn=turn, text=form.cleaned_data["text"]
        )
        return redirect(f"{reverse('session', args=[self.session.pk])}#turn-{turn}")
