"""That an alert was seen."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SeenForm(forms.Form):
    """A word on what is done about it, for oneself."""

    words = forms.CharField(label=_("A word on it, if you like"), max_length=500, required=False)
