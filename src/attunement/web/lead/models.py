"""A clinic's settings, what is kept of each client's outcome, and the clinic at a glance."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attunement.web.clients.models import Client
from attunement.web.people.models import Clinic
from attunement.web.vault.fields import OfClient, SealedJSON, SealedText

ALERT_DAYS = 14


class ClinicSettings(models.Model):
    """What a clinic has decided; a clinic without a row has the defaults. `distress` names an instrument."""

    clinic = models.OneToOneField(Clinic, on_delete=models.CASCADE, related_name="settings")
    alert_days = models.PositiveSmallIntegerField(_("days"), default=ALERT_DAYS)
    distress = models.CharField(max_length=50, default="", blank=True)


class Outcome(OfClient):
    """What counts of one client for the clinic's figures, kept by the worker when the case is computed.

    `found` holds by instrument whether there was a reliable change, and by month the mean alliance. `shown_as` is where
    the client was counted in the figures that are shown.
    """

    client = models.OneToOneField(Client, on_delete=models.CASCADE, related_name="outcome")
    found = SealedJSON(null=True)
    shown_as = SealedText(null=True)


class Glance(models.Model):
    """The clinic at a glance, computed by the worker once a day; small cells are hidden before anything is kept."""

    clinic = models.OneToOneField(Clinic, on_delete=models.CASCADE, related_name="glance")
    figures = models.JSONField(default=dict)
    computed_at = models.DateTimeField(default=timezone.now)


def settings_of(clinic: Clinic) -> ClinicSettings:
    """What the clinic has decided, or the defaults."""
    return ClinicSettings.objects.filter(clinic=clinic).first() or ClinicSettings(clinic=clinic)
