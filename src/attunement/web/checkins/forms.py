"""The check-in as forms: five ratings, perhaps something that felt off, and the answers to a questionnaire."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from attunement.web.checkins.models import Sight
from attunement.web.checkins.questions import CHECK_IN, HIGHEST
from attunement.web.questionnaires.models import Questionnaire
from attunement.web.questionnaires.sheet import field_of
from attunement.web.questionnaires.words import key, values

RATINGS = [(value, str(value)) for value in range(HIGHEST + 1)]


class FeltOffForm(forms.Form):
    """Something that felt off; words need to know who may see them."""

    felt_off = forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    sight = forms.ChoiceField(
        label=_("Who may see this"), choices=Sight.choices, widget=forms.RadioSelect, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Who may see it has to be chosen."""
        cleaned = super().clean() or {}
        if self.has_words and not cleaned.get("sight"):
            self.add_error("sight", _("Please choose who may see it."))
        return cleaned

    @property
    def has_words(self) -> bool:
        """Whether anything was written."""
        return bool((self.cleaned_data.get("felt_off") or "").strip())


class SightForm(forms.Form):
    """Who may see it from now on."""

    sight = forms.ChoiceField(label=_("Who may see this"), choices=Sight.choices, widget=forms.RadioSelect)


class CheckInForm(FeltOffForm):
    """Nothing has to be answered; at least one thing should be, unless `more_follows`."""

    def __init__(self, data: Any = None, *, more_follows: bool = False) -> None:
        super().__init__(data)
        self.more_follows = more_follows
        for question in CHECK_IN:
            self.fields[question.name] = forms.TypedChoiceField(
                choices=RATINGS, coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
            )

    def clean(self) -> dict[str, Any]:
        """At least one thing."""
        cleaned = super().clean()
        if not (self.errors or self.ratings or self.has_words or self.more_follows):
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


class AnswersForm(forms.Form):
    """The answers to one questionnaire; every item may be left out."""

    def __init__(self, data: Any = None, *, questionnaire: Questionnaire) -> None:
        super().__init__(data)
        self.items = questionnaire.instrument.items
        for number, item in enumerate(self.items):
            choices = [(key(value), key(value)) for value in values(item)]
            self.fields[field_of(number)] = forms.TypedChoiceField(
                choices=choices, coerce=_number, empty_value=None, required=False
            )

    @property
    def given(self) -> dict[str, float]:
        """What was answered, by the item's name."""
        said = {item.name: self.cleaned_data.get(field_of(number)) for number, item in enumerate(self.items)}
        return {name: value for name, value in said.items() if value is not None}

    @property
    def chosen(self) -> dict[str, str]:
        """What was sent, by the item's name, to be shown again."""
        return {item.name: self.data.get(field_of(number), "") for number, item in enumerate(self.items)}


def _number(text: str) -> float:
    number = float(text)
    return int(number) if number.is_integer() else number
