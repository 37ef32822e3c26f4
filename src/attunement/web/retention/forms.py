"""A clinic's rules of retention; empty is for ever."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

# The response rate looks at the last half year of links, and a link may be open for a while.
LEAST_LINK_MONTHS = 12


class RulesForm(forms.Form):
    """How long what is kept."""

    transcripts_months = forms.IntegerField(
        label=_("Delete transcripts and their readings so many months after the end of a therapy"),
        help_text=_("Empty: never. What was found across sessions is computed anew without them."),
        min_value=1,
        max_value=600,
        required=False,
    )
    erase_years = forms.IntegerField(
        label=_("Erase everything of a client so many years after the end of a therapy"),
        help_text=_("Empty: never. This cannot be undone, not from a backup either."),
        min_value=1,
        max_value=50,
        required=False,
    )
    links_months = forms.IntegerField(
        label=_("Delete check-in links that were never used after so many months"),
        help_text=_("Empty: never. At least twelve: how many check-ins come back is counted by them."),
        min_value=LEAST_LINK_MONTHS,
        max_value=600,
        required=False,
    )
