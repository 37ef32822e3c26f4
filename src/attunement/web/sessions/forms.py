"""A session with its transcript, a file or words pasted in; or without one."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from attunement.transcripts.registry import ENDINGS
from attunement.web.checkins.issuing import is_to_come
from attunement.web.clients.models import Client
from attunement.web.sessions.models import Session, State

PASTED = "pasted.txt"
OTHER_KIND = _("Files of this kind cannot be read. Save it as .docx or .txt.")
SEVERAL = _("One transcript at a time: each session has its own.")


class SessionForm(forms.Form):
    """Which session of this client it was."""

    number = forms.IntegerField(label=_("Session number"), min_value=1, max_value=9_999)
    date = forms.DateField(label=_("Date"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, client: Client, **how: Any) -> None:
        super().__init__(*args, **how)
        self.client = client

    def session(self) -> Session | None:
        """The session of this number, None while there is none."""
        there = Session.objects.select_related("transcript").filter(client=self.client)
        return there.filter(number=self.cleaned_data.get("number", 0)).first()


class WithoutTranscriptForm(SessionForm):
    """A session of which there are no words, or that did not take place."""

    cancelled = forms.ChoiceField(
        label=_("Did it take place?"),
        required=False,
        choices=(("", _("yes")), ("client", _("no, the client cancelled")), ("therapist", _("no, I cancelled"))),
    )

    def clean_number(self) -> int:
        """A new one."""
        number: int = self.cleaned_data["number"]
        there = self.session()
        if there is not None and not is_to_come(there):
            raise forms.ValidationError(_("Session %(number)d is there already.") % {"number": number})
        return number


class TranscriptForm(SessionForm):
    """What was said in a session."""

    file = forms.FileField(
        label=_("Transcript"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(sorted(ENDINGS))}),
        help_text=_("Drop a file anywhere here, or choose one: Word, text, subtitles (WebVTT, SRT), tables, JSON."),
    )
    pasted = forms.CharField(
        label=_("Or paste it"),
        required=False,
        strip=False,
        max_length=2_000_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Begin each turn with who speaks: “Therapist: …”, “Client: …”."),
    )
    therapist = forms.CharField(
        label=_("The therapist's name in the transcript"),
        required=False,
        max_length=100,
        help_text=_("Only where it is not found out by itself."),
    )
    replace = forms.BooleanField(label=_("Put it in the place of the transcript that is there"), required=False)

    def __init__(self, *args: Any, **how: Any) -> None:
        super().__init__(*args, **how)
        if not self.is_bound:
            del self.fields["replace"]  # asked only where it matters
        # What the script says at once of a file that would be refused.
        says = {"most": settings.MOST_UPLOADED, "too-large": too_large(), "other-kind": OTHER_KIND, "several": SEVERAL}
        self.fields["file"].widget.attrs.update({f"data-{name}": words for name, words in says.items()})

    def clean_file(self) -> Any:
        """Not too large, not empty, and of a kind that can be read."""
        file = self.cleaned_data["file"]
        if file is None:
            return None
        if file.size > settings.MOST_UPLOADED:
            raise forms.ValidationError(too_large())
        if PurePath(file.name).suffix.casefold() not in ENDINGS:
            raise forms.ValidationError(OTHER_KIND)
        return file

    def clean(self) -> dict[str, Any]:
        """One of file and words; nothing that was read is replaced unless that is meant."""
        cleaned = super().clean() or {}
        if not self.would_replace():
            del self.fields["replace"]
        elif not cleaned.get("replace"):
            self.add_error("replace", replaces(cleaned["number"]))
        if not self.errors and not cleaned.get("file") and not (cleaned.get("pasted") or "").strip():
            raise forms.ValidationError(_("Give a file, or paste the transcript."))
        return cleaned

    def would_replace(self) -> bool:
        """Whether the session has a transcript already; one that could not be read is no loss."""
        transcript = getattr(self.session(), "transcript", None)
        return transcript is not None and transcript.state != State.REFUSED

    @property
    def upload(self) -> tuple[str, bytes]:
        """Name and content of what was given."""
        file = self.cleaned_data["file"]
        if file is not None:
            return f"transcript{PurePath(file.name).suffix.casefold()}", file.read()
        return PASTED, self.cleaned_data["pasted"].encode()


def too_large() -> str:
    """Said of a file over the limit."""
    return _("The file is larger than %(most)d MB; a transcript of one session is not.") % {
        "most": settings.MOST_UPLOADED // 2**20
    }


def replaces(number: int) -> str:
    """Said where a session has a transcript."""
    return _(
        "Session %(number)d has a transcript already. Change the number; or tick this and give the transcript once "
        "more: the old one goes, with its reading and what you said to its findings."
    ) % {"number": number}


class NoteForm(forms.Form):
    """A note of the therapist's own."""

    text = forms.CharField(label=_("Your note"), widget=forms.Textarea(attrs={"rows": 4}), max_length=20_000)
