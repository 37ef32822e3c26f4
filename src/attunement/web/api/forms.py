"""A new token."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from attunement.web.api.models import DAYS
from attunement.web.api.scopes import Scope

LENGTHS = (
    (7, _("a week")),
    (30, _("a month")),
    (DAYS, _("three months")),
    (180, _("half a year")),
    (365, _("a year")),
)


class TokenForm(forms.Form):
    """What it is for, until when."""

    name = forms.CharField(
        label=_("Which program is it for?"),
        help_text=_("This name stands in the audit record beside everything that the program reads or changes."),
        max_length=60,
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        help_text=_("Only what the program needs. It never reaches a client whom you may not reach yourself."),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedChoiceField(label=_("For how long?"), choices=LENGTHS, coerce=int, initial=DAYS)
