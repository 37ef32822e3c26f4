"""Setting up a questionnaire: filled in from what is pasted or uploaded, looked through, kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from attunement.errors import InputError
from attunement.measures.instruments import Instrument, Item
from attunement.web.questionnaires.fhir_words import words_of
from attunement.web.questionnaires.own import resource_in, text_in
from attunement.web.questionnaires.pasting import NotSo, PastedItem, answers_from, items_from, written
from attunement.web.questionnaires.words import Words, lacking, values


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of one item, for the template."""

    item: Item
    text: forms.BoundField
    own: forms.BoundField
    risk: forms.BoundField


class WordsForm(forms.Form):
    """All words of one instrument; which answers count as risk; whether clients can be asked."""

    heading = forms.CharField(
        label=_("Heading that clients see"),
        max_length=100,
        required=False,
        help_text=_("Something plain, such as “The last two weeks”. Empty: the title."),
    )
    intro = forms.CharField(
        label=_("What stands before the questions"), required=False, max_length=2_000, widget=forms.Textarea
    )
    answers = forms.CharField(
        label=_("The answers from which clients choose"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea,
        help_text=_(
            "One line an answer: its number, then its words (“0 = never”). For a line from 0 to 10, two ends do."
        ),
    )
    shows_course = forms.BooleanField(label=_("Clients see the course of their own answers to it"), required=False)
    is_offered = forms.BooleanField(label=_("Therapists can choose it for their clients"), required=False)

    def __init__(self, data: Any = None, *, instrument: Instrument, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.instrument = instrument
        self.fields["intro"].widget.attrs["rows"] = 3
        self.fields["answers"].widget.attrs["rows"] = 5
        for number, item in enumerate(instrument.items):
            self._add_item(number, item)

    def _add_item(self, number: int, item: Item) -> None:
        self.fields[f"text-{number}"] = forms.CharField(
            label=gettext("Words of item %(name)s") % {"name": item.name},
            required=False,
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.fields[f"own-{number}"] = forms.CharField(
            label=gettext("Answers of its own, item %(name)s") % {"name": item.name},
            required=False,
            max_length=2_000,
            widget=forms.Textarea(attrs={"rows": 4}),
        )
        self.fields[f"risk-{number}"] = forms.BooleanField(
            label=gettext("Item %(name)s asks about danger") % {"name": item.name}, required=False
        )

    @property
    def rows(self) -> list[Row]:
        """Item by item."""
        return [
            Row(item, *(self[f"{kind}-{number}"] for kind in ("text", "own", "risk")))
            for number, item in enumerate(self.instrument.items)
        ]

    @property
    def words(self) -> Words:
        """What was written."""
        said = self.cleaned_data
        items = self.instrument.items
        own = {item.name: said[f"own-{number}"] for number, item in enumerate(items)}
        return Words(
            heading=said["heading"],
            intro=said["intro"],
            items={item.name: said[f"text-{number}"] for number, item in enumerate(items)},
            answers=said["answers"],
            answers_of={name: answers for name, answers in own.items() if answers},
        )

    @property
    def risk_items(self) -> list[str]:
        """The items that ask about danger."""
        return [item.name for n, item in enumerate(self.instrument.items) if self.cleaned_data[f"risk-{n}"]]

    def clean(self) -> dict[str, Any]:
        """Answers become numbers with words; what is offered to therapists has to be complete."""
        cleaned = super().clean() or {}
        items = self.instrument.items
        if items:
            self._read("answers", items[0])
        for number, item in enumerate(items):
            self._read(f"own-{number}", item)
        if not self.errors and cleaned.get("is_offered"):
            for each in lacking(self.instrument, self.words):
                self.add_error(None, each)
        return cleaned

    def _read(self, name: str, item: Item) -> None:
        try:
            self.cleaned_data[name] = answers_from(self.cleaned_data.get(name) or "", values(item))
        except NotSo as error:
            self.add_error(name, str(error))


class FillForm(forms.Form):
    """Words of many items at once."""

    pasted = forms.CharField(
        label=_("Paste the items"),
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One line an item. Answers of its own stand behind it, with a bar | before each."),
    )
    file = forms.FileField(
        label=_("Or a FHIR questionnaire"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".json"}),
        help_text=_("FHIR R4, as JSON."),
    )

    def __init__(self, data: Any = None, files: Any = None, *, instrument: Instrument) -> None:
        super().__init__(data, files)
        self.instrument = instrument

    def clean(self) -> dict[str, Any]:
        """One of both, and as many items as there are."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        file, pasted = cleaned.get("file"), cleaned.get("pasted") or ""
        try:
            if file is not None:
                cleaned["words"] = words_of(resource_in(file.name, text_in(file.name, file.read())), self.instrument)
            elif pasted.strip():
                cleaned["words"] = pasted_words(items_from(pasted), self.instrument.items)
            else:
                self.add_error("pasted", _("Paste the items, or give a file."))
        except (NotSo, InputError) as error:
            self.add_error("pasted" if file is None else "file", str(error))
        return cleaned


def pasted_words(pasted: list[PastedItem], items: Iterable[Item]) -> Words:
    """Lines put to items in their order.

    Raises:
        NotSo: when there are more or fewer lines than items, or answers do not fit.
    """
    items = list(items)
    if len(pasted) != len(items):
        raise NotSo(
            gettext("There are %(items)d items and %(lines)d lines. Write one line an item; empty lines do not count.")
            % {"items": len(items), "lines": len(pasted)}
        )
    pairs = list(zip(items, pasted, strict=True))
    return Words(
        items={item.name: each.text for item, each in pairs},
        answers_of={
            item.name: answers_from("\n".join(each.answers), values(item)) for item, each in pairs if each.answers
        },
    )


def initial_of(words: Words, items: Iterable[Item], risk_items: Iterable[str]) -> dict[str, Any]:
    """What a `WordsForm` begins with."""
    risk = set(risk_items)
    found: dict[str, Any] = {
        "heading": words.heading,
        "intro": words.intro,
        "answers": written(dict(words.answers)),
    }
    for number, item in enumerate(items):
        found[f"text-{number}"] = words.items.get(item.name, "")
        found[f"own-{number}"] = written(dict(words.answers_of.get(item.name, {})))
        found[f"risk-{number}"] = item.name in risk
    return found
