"""Verdicts and comments."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from attunement.web.findings.models import Verdict

KINDS = ("rupture", "repair", "corrective", "missed", "met", "insight")


class FeedbackForm(forms.Form):
    """A verdict on the finding of this kind over these turns."""

    finding = forms.ChoiceField(choices=[(kind, kind) for kind in KINDS])
    start = forms.IntegerField(min_value=1)
    end = forms.IntegerField(min_value=1)
    verdict = forms.ChoiceField(label=_("Was it so?"), choices=Verdict.choices, widget=forms.RadioSelect)
    words = forms.CharField(label=_("What it was"), required=False, max_length=2_000)


class CommentForm(forms.Form):
    """Words at a turn."""

    turn = forms.IntegerField(label=_("Turn"), min_value=1)
    text = forms.CharField(label=_("Comment"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 3}))
