"""A session with its transcript: a file, or words pasted in."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from attunement.transcripts.registry import ENDINGS

PASTED = "pasted.txt"


class TranscriptForm(forms.Form):
    """Which session it was, and what was said in it."""

    number = forms.IntegerField(label=_("Session number"), min_value=1, max_value=10_000)
    date = forms.DateField(label=_("Date"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    file = forms.FileField(
        label=_("Transcript"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(sorted(ENDINGS))}),
        help_text=_("Drop a file here, or choose one: Word, text, subtitles (WebVTT, SRT), tables, JSON."),
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

    def clean_file(self) -> Any:
        """Not too large, and of a kind that can be read."""
        file = self.cleaned_data["file"]
        if file is None:
            return None
        if file.size > settings.MOST_UPLOADED:
            raise forms.ValidationError(too_large())
        if PurePath(file.name).suffix.casefold() not in ENDINGS:
            raise forms.ValidationError(_("Files of this kind cannot be read. Save it as .docx or .txt."))
        return file

    def clean(self) -> dict[str, Any]:
        """One of file and words."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("file") and not (cleaned.get("pasted") or "").strip():
            raise forms.ValidationError(_("Give a file, or paste the transcript."))
        return cleaned

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


class NoteForm(forms.Form):
    """A note of the therapist's own."""

    text = forms.CharField(label=_("Your note"), widget=forms.Textarea(attrs={"rows": 4}), max_length=20_000)
