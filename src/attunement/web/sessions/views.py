"""Uploading a transcript, the page of a session, the therapist's notes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from attunement.web.access.views import ClientView, Purpose, SessionView
from attunement.web.checkins.models import felt_off_for_therapist
from attunement.web.clients.models import ConsentKind, has_consent
from attunement.web.findings.models import Comment
from attunement.web.reading.drawing import page_of
from attunement.web.reading.queue import read_later
from attunement.web.sessions.forms import NoteForm, TranscriptForm, too_large
from attunement.web.sessions.models import Note, Reading, Session, State, Transcript
from attunement.web.sessions.upload import upload


class NewSession(ClientView):
    """A session of this client with its transcript."""

    what = "new session"

    def get(self, request: HttpRequest, client: UUID) -> HttpResponse:
        """The form, with the next number."""
        last = Session.objects.filter(client=self.client).order_by("-number").first()
        return self._page(request, TranscriptForm(initial={"number": last.number + 1 if last else 1}))

    def post(self, request: HttpRequest, client: UUID) -> HttpResponse:
        """On to the session, where its reading will be."""
        form = TranscriptForm(request.POST, request.FILES)
        if int(request.headers.get("Content-Length") or 0) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            form.add_error("file", too_large())
        if not form.is_valid() or not self._may_read():
            return self._page(request, form)
        name, content = form.upload
        said = form.cleaned_data
        session = upload(
            self.client,
            number=said["number"],
            date=said["date"],
            name=name,
            content=content,
            therapist=said["therapist"],
        )
        return redirect("session", session.pk)

    def _may_read(self) -> bool:
        return has_consent(self.client, ConsentKind.ANALYSIS)

    def _page(self, request: HttpRequest, form: TranscriptForm) -> HttpResponse:
        words = {"title": _("New session"), "client": self.client, "form": form, "may_read": self._may_read()}
        return render(request, "sessions/new.html", words)


class SessionPage(SessionView):
    """The annotated transcript, or how far its reading is."""

    purpose = Purpose.READ

    def get(self, request: HttpRequest, session: UUID) -> HttpResponse:
        """The page."""
        return render(request, "sessions/session.html", self.context())

    def context(self) -> dict[str, Any]:
        """What the template needs."""
        is_mine = self.client.therapist_id == self.user.pk
        transcript = Transcript.objects.filter(session=self.session).first()
        return {
            "title": _("Session %(number)d") % {"number": self.session.number},
            "client": self.client,
            "session": self.session,
            "is_mine": is_mine,
            "transcript": transcript,
            "is_underway": transcript is not None and transcript.state in (State.WAITING, State.READING),
            "page": self.reading_page(transcript),
            "notes": self.session.notes.filter(author=self.user).order_by("at"),
            "note_form": NoteForm(),
            "felt_off": felt_off_for_therapist(self.session) if is_mine else [],
            "comments": Comment.objects.filter(session=self.session).select_related("author").order_by("turn", "at"),
        }

    def reading_page(self, transcript: Transcript | None) -> str | None:
        """The report of the reading, None while there is none."""
        if transcript is None or transcript.state != State.READ:
            return None
        return page_of(Reading.objects.defer("content").get(session=self.session))


class ReadAgain(SessionView):
    """Have a transcript read once more that could not be read, or was read by an older coder."""

    what = "reading again of session"

    def post(self, request: HttpRequest, session: UUID) -> HttpResponse:
        """Back to the session."""
        transcript = Transcript.objects.filter(session=self.session).first()
        if transcript is not None:
            read_later(transcript)
        return redirect("session", self.session.pk)


class AddNote(SessionView):
    """A note of the therapist's own on a session."""

    what = "own note on session"

    def post(self, request: HttpRequest, session: UUID) -> HttpResponse:
        """Back to the session."""
        form = NoteForm(request.POST)
        if form.is_valid():
            Note.objects.create(
                client=self.client, session=self.session, author=self.user, text=form.cleaned_data["text"]
            )
        return redirect("session", self.session.pk)
