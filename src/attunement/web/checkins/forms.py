"""The check-in as a form: five ratings, and perhaps something that felt off."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from attunement.web.checkins.models import Sight
from attunement.web.checkins.questions import CHECK_IN, HIGHEST

RATINGS = [(value, str(value)) for value in range(HIGHEST + 1)]


class CheckInForm(forms.Form):
    """Nothing has to be answered; at least one thing should be."""

    felt_off = forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    sight = forms.ChoiceField(
        label=_("Who may see this"), choices=Sight.choices, widget=forms.RadioSelect, required=False
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for question in CHECK_IN:
            self.fields[question.name] = forms.TypedChoiceField(
                choices=RATINGS, coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
            )

    def clean(self) -> dict[str, Any]:
        """Words need to know who may see them."""
        cleaned = super().clean() or {}
        if (cleaned.get("felt_off") or "").strip() and not cleaned.get("sight"):
            self.add_error("sight", _("Please choose who may see it."))
        if not self.errors and not self.ratings and not (cleaned.get("felt_off") or "").strip():
            raise forms.ValidationError(_("Please answer at least one of the questions."))
        return cleaned

    @property
    def ratings(self) -> dict[str, int]:
        """What was answered, by the item's name."""
        given = {question.name: self.cleaned_data.get(question.name) for question in CHECK_IN}
        return {name: value for name, value in given.items() if value is not None}

    @property
    def questions(self) -> list[dict[str, Any]]:
        """Each question with the choices of its field, for the template."""
        return [
            {"question": question, "choices": range(HIGHEST + 1), "chosen": self[question.name].value()}
            for question in CHECK_IN
        ]
