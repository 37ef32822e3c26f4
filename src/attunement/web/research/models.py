"""An export that a researcher asked for. What is in it lies in a sealed file beside the database, never in it."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attunement.web.people.models import Clinic, User

KEPT = timedelta(days=1)


class State(models.TextChoices):
    """What became of an export."""

    WAITING = "waiting", _("being made")
    READY = "ready", _("ready to be fetched")
    FETCHED = "fetched", _("fetched and deleted here")
    GONE = "gone", _("deleted unfetched")
    WITHDRAWN = "withdrawn", _("deleted: a client in it no longer consents")
    FAILED = "failed", _("could not be made")


class Export(models.Model):
    """One export. `clients` are the ids of those in it, so that nobody is handed out who has withdrawn since.

    Who has which number in the files is written down nowhere. `key` opens the file and is wrapped with the master key;
    it is emptied when the file is deleted. `replaced` counts by kind what was replaced.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="exports")
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="exports")
    asked_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    clients = models.JSONField(default=list)
    replaced = models.JSONField(default=dict)
    key = models.TextField(default="")

    class Meta:
        ordering: ClassVar = ["-asked_at"]

    @property
    def until(self) -> datetime | None:
        """When it is deleted, fetched or not."""
        return None if self.ready_at is None else self.ready_at + KEPT

    @property
    def can_be_fetched(self) -> bool:
        """Whether it is there and not too old."""
        return self.state == State.READY and self.until is not None and self.until > timezone.now()

    @property
    def count(self) -> int:
        """How many things were replaced."""
        return sum(self.replaced.values())
