"""Which questionnaires a client is asked, how often, and which are due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from attunement.web.clients.models import Client
from attunement.web.questionnaires.models import Asking, Questionnaire

HOW_OFTEN: tuple[tuple[int, str | Promise], ...] = (
    (0, _("not asked")),
    (1, _("every session")),
    (2, _("every second session")),
    (3, _("every third session")),
    (4, _("every fourth session")),
    (6, _("every sixth session")),
    (8, _("every eighth session")),
    (12, _("every twelfth session")),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One questionnaire that can be asked, for the template."""

    questionnaire: Questionnaire
    field: forms.BoundField
    last: int | None


class AskingForm(forms.Form):
    """How often each of the clinic's questionnaires is asked."""

    def __init__(self, data: Any = None, *, client: Client) -> None:
        super().__init__(data)
        self.offered = list(Questionnaire.objects.filter(clinic=client.clinic, is_offered=True))
        self.last = last_answered(client)
        holds = dict(Asking.objects.filter(client=client).values_list("questionnaire", "every"))
        for questionnaire in self.offered:
            self.fields[questionnaire.name] = forms.TypedChoiceField(
                label=questionnaire.instrument.title,
                choices=HOW_OFTEN,
                coerce=int,
                initial=holds.get(questionnaire.pk, 0),
            )

    @property
    def choices(self) -> list[Choice]:
        """Each questionnaire with its field and the session after which it was last answered."""
        return [Choice(each, self[each.name], self.last.get(each.name)) for each in self.offered]

    @property
    def chosen(self) -> dict[Questionnaire, int]:
        """How often each is asked; 0 is not at all."""
        return {each: self.cleaned_data[each.name] for each in self.offered}


def keep_askings(client: Client, chosen: dict[Questionnaire, int]) -> None:
    """Let this hold from now on; what is no longer offered stays as it was."""
    with transaction.atomic():
        for questionnaire, every in chosen.items():
            askings = Asking.objects.filter(client=client, questionnaire=questionnaire)
            if every:
                Asking.objects.update_or_create(client=client, questionnaire=questionnaire, defaults={"every": every})
            else:
                askings.delete()


def due(client: Client, number: int) -> tuple[str, ...]:
    """The names of the questionnaires to be asked with the session of this number.

    One is due when it was never answered, or was last answered as many sessions ago as it is asked.
    """
    last = last_answered(client)
    askings = Asking.objects.filter(client=client, questionnaire__is_offered=True).select_related("questionnaire")
    ordered = sorted(askings, key=lambda asking: (asking.every, asking.questionnaire.name))
    return tuple(
        asking.questionnaire.name
        for asking in ordered
        if (before := last.get(asking.questionnaire.name)) is None or number - before >= asking.every
    )


def last_answered(client: Client) -> dict[str, int]:
    """The number of the session with which each questionnaire was last answered. One query."""
    from attunement.web.checkins.models import Answers

    answered = Answers.objects.filter(client=client).values("instrument").annotate(last=Max("session__number"))
    return {each["instrument"]: each["last"] for each in answered}
