"""A therapist's verdict on a finding; a supervisor's comment at a turn."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from attunement.web.access.views import Purpose, SessionView
from attunement.web.findings.forms import CommentForm, FeedbackForm
from attunement.web.findings.models import Comment, Feedback


class GiveFeedback(SessionView):
    """Accept, correct or dismiss a finding; a new verdict takes the place of the old."""

    what = "feedback on session"

    def post(self, request: HttpRequest, session: UUID) -> HttpResponse:
        """Back to the turn."""
        form = FeedbackForm(request.POST)
        if form.is_valid():
            said = form.cleaned_data
            which = {key: said[key] for key in ("finding", "start", "end")}
            Feedback.objects.filter(session=self.session, author=self.user, **which).delete()
            Feedback.objects.create(
                client=self.client,
                session=self.session,
                author=self.user,
                verdict=said["verdict"],
                words=said["words"] or None,
                **which,
            )
        return redirect("session", self.session.pk)


class AddComment(SessionView):
    """A comment at a turn, which therapist and supervisor both see."""

    purpose = Purpose.READ
    what = "comment on session"

    def post(self, request: HttpRequest, session: UUID) -> HttpResponse:
        """Back to the turn."""
        form = CommentForm(request.POST)
        if form.is_valid():
            Comment.objects.create(
                client=self.client,
                session=self.session,
                author=self.user,
                turn=form.cleaned_data["turn"],
                text=form.cleaned_data["text"],
            )
        return redirect("session", self.session.pk)
