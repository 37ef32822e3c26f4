"""Verdicts and comments."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from attunement.web.findings.models import Verdict


class FeedbackForm(forms.Form):
    """A verdict on the finding of this kind over these turns."""

    finding = forms.CharField(max_length=30)
    start = forms.IntegerField(min_value=1)
    end = forms.IntegerField(min_value=1)
    verdict = forms.ChoiceField(choices=Verdict.choices)
    words = forms.CharField(required=False, max_length=2_000)


class CommentForm(forms.Form):
    """Words at a turn."""

    turn = forms.IntegerField(label=_("Turn"), min_value=1)
    text = forms.CharField(label=_("Comment"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 3}))
