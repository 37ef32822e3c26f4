"""A new session, with its transcript or without; the page of a session; the therapist's notes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from attunement.web.access.views import ClientView, Purpose, SessionView
from attunement.web.checkins.issuing import upcoming
from attunement.web.checkins.models import felt_off_for_therapist
from attunement.web.clients.models import ConsentKind, has_consent
from attunement.web.findings.beside import Beside
from attunement.web.reading.drawing import page_of
from attunement.web.reading.queue import case_changed, read_later
from attunement.web.sessions.events import EventForm, empty_forms
from attunement.web.sessions.forms import NoteForm, TranscriptForm, WithoutTranscriptForm, too_large
from attunement.web.sessions.models import Event, Note, Reading, Session, State, Transcript
from attunement.web.sessions.upload import upload


class NewSession(ClientView):
    """A session of this client with its transcript."""

    what = "new session"

    def get(self, request: HttpRequest, client: UUID) -> HttpResponse:
        """The form, with the next number or the one asked for."""
        asked = request.GET.get("number", "")
        number = int(asked) if asked.isdecimal() and len(asked) < 5 else self.next_number()
        return self.page(with_transcript=TranscriptForm(client=self.client, initial={"number": number}))

    def post(self, request: HttpRequest, client: UUID) -> HttpResponse:
        """On to the session, where its reading will be."""
        form = TranscriptForm(request.POST, request.FILES, client=self.client)
        if int(request.headers.get("Content-Length") or 0) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            form.add_error("file", too_large())
        if not form.is_valid() or not self.may_read():
            return self.page(with_transcript=form)
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

    def may_read(self) -> bool:
        """Whether the client agreed to transcripts being read."""
        return has_consent(self.client, ConsentKind.ANALYSIS)

    def next_number(self) -> int:
        """The number of the session that is next to be added."""
        return upcoming(self.client)[0]

    def page(
        self, *, with_transcript: TranscriptForm | None = None, without: WithoutTranscriptForm | None = None
    ) -> HttpResponse:
        """Both ways of adding a session; a form that is not given is empty."""
        number = {"number": self.next_number()}
        words = {
            "title": _("New session"),
            "client": self.client,
            "form": with_transcript or TranscriptForm(client=self.client, initial=number),
            "without": without or WithoutTranscriptForm(client=self.client, initial=number, auto_id="without_%s"),
            "may_read": self.may_read(),
        }
        return render(self.request, "sessions/new.html", words)


class AddSession(NewSession):
    """A session without a transcript, or one that did not take place."""

    def get(self, request: HttpRequest, client: UUID) -> HttpResponse:
        """The forms are at one address."""
        return redirect("new-session", self.client.pk)

    def post(self, request: HttpRequest, client: UUID) -> HttpResponse:
        """On to the session."""
        form = WithoutTranscriptForm(request.POST, client=self.client, auto_id="without_%s")
        if not form.is_valid():
            return self.page(without=form)
        said = form.cleaned_data
        with transaction.atomic():
            # It may be there already, for what was answered in the waiting room.
            session, _made = Session.objects.update_or_create(
                client=self.client, number=said["number"], defaults={"date": said["date"]}
            )
            if by := said["cancelled"]:
                Event.objects.create(client=self.client, session=session, kind="cancelled", details={"by": by})
            case_changed(self.client)
        return redirect("session", session.pk)


class SessionPage(SessionView):
    """The annotated transcript, or how far its reading is."""

    purpose = Purpose.READ

    def get(self, request: HttpRequest, session: UUID) -> HttpResponse:
        """The page."""
        return render(request, "sessions/session.html", self.context())

    def context(self, filled: EventForm | None = None) -> dict[str, Any]:
        """What the template needs; `filled` is an event that was written down and not understood."""
        is_mine = self.client.therapist_id == self.user.pk
        transcript = Transcript.objects.filter(session=self.session).first()
        beside = Beside(self.request, self.session, self.user, is_mine=is_mine)
        return {
            "title": _("Session %(number)d") % {"number": self.session.number},
            "client": self.client,
            "session": self.session,
            "is_mine": is_mine,
            "transcript": transcript,
            "is_underway": transcript is not None and transcript.state in (State.WAITING, State.READING),
            "page": beside.page(self.reading_page(transcript)),
            "beside": beside,
            "notes": self.session.notes.filter(author=self.user).order_by("at"),
            "note_form": NoteForm(),
            "felt_off": felt_off_for_therapist(self.session) if is_mine else [],
            "events": self.session.events.order_by("at"),
            "event_forms": empty_forms(filled) if is_mine else [],
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
