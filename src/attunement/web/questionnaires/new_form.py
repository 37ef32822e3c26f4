"""A questionnaire of the clinic's own: described in a form, or taken from a file."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from attunement.errors import InputError
from attunement.measures.instruments import Instrument
from attunement.web.people.models import Clinic
from attunement.web.questionnaires.forms import pasted_words
from attunement.web.questionnaires.models import Questionnaire
from attunement.web.questionnaires.own import MOST_ITEMS, from_form, known_already, read_file
from attunement.web.questionnaires.pasting import NotSo, counted, ends_of, items_from
from attunement.web.questionnaires.words import Words

DOMAINS = (
    ("distress", _("distress or symptoms")),
    ("functioning", _("functioning in daily life")),
    ("wellbeing", _("wellbeing")),
    ("alliance", _("how client and therapist work together")),
)
DIRECTIONS = (("low", _("low is good")), ("high", _("high is good")))
COMBINES = (("sum", _("the sum of the answers")), ("mean", _("the mean of the answers")))


class Described(forms.Form):
    """What both ways have in common: what it measures, in which direction, and a name that is free."""

    domain = forms.ChoiceField(label=_("What it is about"), choices=DOMAINS)
    direction = forms.ChoiceField(label=_("Direction of the score"), choices=DIRECTIONS, widget=forms.RadioSelect)

    def __init__(self, data: Any = None, files: Any = None, *, clinic: Clinic) -> None:
        super().__init__(data, files)
        self.clinic = clinic
        self.found: tuple[Instrument, Words] | None = None

    def clean(self) -> dict[str, Any]:
        """The instrument with its words, or why there is none."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        try:
            self.found = self.read(cleaned)
            self._refuse_known(self.found[0])
        except (NotSo, InputError) as error:
            self.add_error(None, str(error))
        return cleaned

    def read(self, said: dict[str, Any]) -> tuple[Instrument, Words]:
        """What was described."""
        raise NotImplementedError

    def _refuse_known(self, found: Instrument) -> None:
        known = known_already(found)
        if known is not None:
            raise NotSo(
                gettext("“%(title)s” is known already and only lacks its words. Set it up from the list.")
                % {"title": known.title}
            )
        if Questionnaire.objects.filter(clinic=self.clinic, name=found.name).exists():
            raise NotSo(gettext("There is a questionnaire of this name already; give it another title."))


class NewForm(Described):
    """A questionnaire described by hand."""

    title = forms.CharField(label=_("Title"), max_length=100)
    items = forms.CharField(
        label=_("Items"),
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("One line an item."),
    )
    answers = forms.CharField(
        label=_("Answers"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "One line an answer, from the lowest to the highest; counted from 0, unless numbers stand before them."
        ),
    )
    combine = forms.ChoiceField(label=_("The score is"), choices=COMBINES)
    turned = forms.CharField(
        label=_("Items that count the other way round"),
        required=False,
        max_length=300,
        help_text=_("Their numbers, such as “2, 5”."),
    )
    may_be_missing = forms.IntegerField(
        label=_("How many answers may be missing"), min_value=0, max_value=MOST_ITEMS, initial=0, required=False
    )
    field_order = ("title", "domain", "items", "answers", "direction", "combine", "turned", "may_be_missing")

    def read(self, said: dict[str, Any]) -> tuple[Instrument, Words]:
        """What was described by hand."""
        pasted, answers = items_from(said["items"]), counted(said["answers"])
        if len(pasted) > MOST_ITEMS:
            raise NotSo(gettext("More than %(most)d items; ask fewer.") % {"most": MOST_ITEMS})
        found = from_form(
            title=said["title"],
            domain=said["domain"],
            higher_is_better=said["direction"] == "high",
            combine=said["combine"],
            items=len(pasted),
            ends=ends_of(answers),
            reversed_items=re.findall(r"[0-9]+", said["turned"]),
            may_be_missing=said["may_be_missing"] or 0,
        )
        words = pasted_words(pasted, found.items)
        return found, Words(heading=said["title"], items=words.items, answers=answers, answers_of=words.answers_of)


class FileForm(Described):
    """A questionnaire from a file."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ".json,.yaml,.yml"}),
        help_text=_("A FHIR R4 questionnaire (JSON), or an entry as the documentation of instruments shows it (YAML)."),
    )
    field_order = ("file", "domain", "direction")

    def read(self, said: dict[str, Any]) -> tuple[Instrument, Words]:
        """What is in the file."""
        file = said["file"]
        return read_file(file.name, file.read(), higher_is_better=said["direction"] == "high", domain=said["domain"])
