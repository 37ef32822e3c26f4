"""A new client; consent as a client gave it on paper."""

from __future__ import annotations

import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attunement.web.clients.models import ConsentKind


class NewClientForm(forms.Form):
    """What the client is called here, and what they agreed to."""

    label = forms.CharField(
        label=_("What you call the client here"),
        help_text=_("A code or initials are enough; full names are not needed anywhere."),
        max_length=100,
    )
    agreed = forms.MultipleChoiceField(
        label=_("What the client agreed to"),
        help_text=_("Only what they said to you. They can change it themselves, any time."),
        choices=ConsentKind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class NameForm(forms.Form):
    """What the client is called here."""

    label = forms.CharField(label=_("What you call the client here"), max_length=100)


class EndForm(forms.Form):
    """When the therapy ended."""

    date = forms.DateField(
        label=_("The last day of the therapy"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def clean_date(self) -> datetime.date:
        """Not in the future."""
        ended: datetime.date = self.cleaned_data["date"]
        if ended > timezone.localdate():
            raise forms.ValidationError(_("That day is still to come. An ending that was agreed on is an agreement."))
        return ended


class EraseForm(forms.Form):
    """That it is meant."""

    is_meant = forms.BooleanField(label=_("Erase everything of this client, for ever"))
