"""A clinic's rules, what is due by them, and the days on which that was looked at."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attunement.web.people.models import Clinic, User
from attunement.web.vault.fields import OfClient


class Rules(models.Model):
    """How long a clinic keeps what; None is for ever, which is the default: what the law asks differs by country.

    Months and years count from the end of a therapy, `links_months` from the day a link was made.
    """

    clinic = models.OneToOneField(Clinic, on_delete=models.CASCADE, related_name="rules")
    transcripts_months = models.PositiveSmallIntegerField(null=True, blank=True)
    erase_years = models.PositiveSmallIntegerField(null=True, blank=True)
    links_months = models.PositiveSmallIntegerField(null=True, blank=True)


class Kind(models.TextChoices):
    """What is due."""

    TRANSCRIPTS = "transcripts", _("transcripts and their readings are deleted")
    ERASURE = "erasure", _("everything of the client is erased")


class Due(OfClient):
    """Something that is due by a clinic's rules and has been listed, so that people can look at it before it is done.

    `kept_by` is who said that it is kept for now.
    """

    kind = models.CharField(max_length=20, choices=Kind.choices)
    listed_at = models.DateTimeField(default=timezone.now)
    kept_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    kept_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["client", "kind"], name="due_once")]


class Day(models.Model):
    """A day on which what is done once a day was asked of the worker."""

    date = models.DateField(primary_key=True)


def rules_of(clinic: Clinic) -> Rules:
    """The clinic's rules; a clinic without has decided nothing, and keeps everything."""
    return Rules.objects.filter(clinic=clinic).first() or Rules(clinic=clinic)
