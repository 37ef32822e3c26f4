"""What the worker notes of a reading for the supervisor's pages, which may not unpack hundreds of readings."""

from __future__ import annotations

from django.db import models

from attunement.web.sessions.models import Reading
from attunement.web.vault.fields import OfClient, SealedJSON


class Excerpt(OfClient):
    """Moments of one session that are worth watching (`picking`), counts of what the therapist did (`counting`).

    `counts` is None where the session is too short to tell.
    """

    reading = models.OneToOneField(Reading, on_delete=models.CASCADE, related_name="excerpt")
    moments = SealedJSON()
    counts = SealedJSON(null=True)
