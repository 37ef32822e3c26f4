"""A questionnaire as a clinic has set it up, and how often a client is asked it."""

from __future__ import annotations

import uuid
from functools import cached_property
from typing import ClassVar

import msgspec
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone

from attunement.measures.instruments import Instrument, instrument, instruments
from attunement.web.people.models import Clinic
from attunement.web.questionnaires.words import Words
from attunement.web.vault.fields import OfClient


class Questionnaire(models.Model):
    """The words of one instrument in this clinic. Nothing of any client is in here.

    `name` is the instrument's; `definition` holds one of the clinic's own and is None for those that come with the
    program. An answer above the lowest to one of `risk_items` shows the client the clinic's crisis text and the
    therapist the raw answer. Therapists can choose it while `is_offered`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="questionnaires")
    name = models.CharField(max_length=40)
    definition = models.JSONField(null=True)
    words = models.JSONField(default=dict)
    risk_items = models.JSONField(default=list)
    shows_course = models.BooleanField(default=True)
    is_offered = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("name",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["clinic", "name"], name="set_up_once")]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def instrument(self) -> Instrument:
        """What it measures and how it is scored."""
        if self.definition is None:
            return instrument(self.name)
        return msgspec.convert(self.definition, Instrument)

    @property
    def said(self) -> Words:
        """Its words."""
        return msgspec.convert(self.words, Words)

    @property
    def heading(self) -> str:
        """What clients see above it."""
        return self.said.heading or self.instrument.title


class Asking(OfClient):
    """That a client is asked this questionnaire, every so many sessions; 1 is after each."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="askings")
    every = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["client", "questionnaire"], name="asked_once")]


def own_instruments(clinic: Clinic) -> tuple[Instrument, ...]:
    """The clinic's own instruments."""
    own = Questionnaire.objects.filter(clinic=clinic).exclude(definition=None)
    return tuple(questionnaire.instrument for questionnaire in own)


def instruments_of(clinic: Clinic) -> tuple[Instrument, ...]:
    """All instruments that are known in this clinic: its own, and those that come with the program. One query."""
    return (*own_instruments(clinic), *instruments())
