"""The case of a client as it stands, computed by the worker; and the worker's heart beat."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from attunement.web.clients.models import Client
from attunement.web.vault.fields import OfClient, SealedJSON, SealedText


class CaseView(OfClient):
    """What `attunement.follow` makes of a client's sessions, answers and events, ready to be shown.

    `alerts` are those of `attunement/case/1`, most urgent first; `page` is the report's main part. `version` counts the
    changes of what it rests on, `shown` the one that it shows: they differ while it is computed anew. `drawn_by` is the
    program's version that did it.
    """

    client = models.OneToOneField(Client, on_delete=models.CASCADE, related_name="case")
    version = models.PositiveIntegerField(default=1)
    shown = models.PositiveIntegerField(default=0)
    alerts = SealedJSON(null=True)
    summary = SealedJSON(null=True)
    page = SealedText(null=True)
    drawn_by = models.CharField(max_length=50, default="")
    failure = models.CharField(max_length=100, default="", blank=True)
    computed_at = models.DateTimeField(null=True)

    @property
    def is_current(self) -> bool:
        """Whether it shows all that is known."""
        return self.shown >= self.version


class Heartbeat(models.Model):
    """When a worker last said that it runs."""

    worker = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField(default=timezone.now)
