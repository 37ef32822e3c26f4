"""An alert from the day it was raised until the day it went away."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from attunement.web.people.models import User
from attunement.web.vault.fields import OfClient, SealedText


class Alert(OfClient):
    """One alert of one client; what it says is part of the case, here is only since when.

    `kind` is that of `attunement.case.alerts`. `last_raised_at` is when the case was last computed and it was still
    there; `closed_at` when it no longer was. One that comes back is a new one. `seen_at` and `words` are the
    therapist's: that they know of it, and what they do about it.
    """

    kind = SealedText()
    raised_at = models.DateTimeField()
    last_raised_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    words = SealedText(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["client", "closed_at"])]
