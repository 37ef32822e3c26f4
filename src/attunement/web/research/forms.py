"""What a researcher confirms before an export is made."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ExportForm(forms.Form):
    """That handing it on is decided anew."""

    is_known = forms.BooleanField(
        label=_("I know that handing the file on, or putting it anywhere else, is a new decision that I answer for.")
    )
