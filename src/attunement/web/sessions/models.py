"""A session, its transcript with the state of its reading, and what the therapist adds."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attunement.web.people.models import User
from attunement.web.vault.fields import OfClient, SealedBytes, SealedJSON, SealedText


class Session(OfClient):
    """One session; `number` counts from 1 over the whole therapy."""

    number = models.PositiveIntegerField(_("number"))
    date = models.DateField(_("date"), null=True, blank=True)

    class Meta:
        ordering = ("number",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["client", "number"], name="session_once")]


class State(models.TextChoices):
    """How far the reading of a transcript is."""

    WAITING = "waiting", _("waiting to be read")
    READING = "reading", _("being read")
    READ = "read", _("read")
    REFUSED = "refused", _("could not be read")


class Transcript(OfClient):
    """What was uploaded for a session, as it came. `refusal` says in one line why it could not be read."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="transcript")
    file_name = SealedText()
    content = SealedBytes()
    therapist_name = SealedText(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    refusal = SealedText(null=True)
    uploaded_at = models.DateTimeField(default=timezone.now)


class Reading(OfClient):
    """What was found in a transcript: a `SessionReading`, as `attunement.web.reading.stored` packs it.

    `page` is the main part of its report, drawn by the worker since charts take their time; `drawn_by` the program's
    version that did it.
    """

    transcript = models.OneToOneField(Transcript, on_delete=models.CASCADE, related_name="reading")
    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="reading")
    content = SealedBytes()
    page = SealedText(null=True)
    drawn_by = models.CharField(max_length=50, default="")
    coder = models.CharField(max_length=100)
    read_at = models.DateTimeField(default=timezone.now)


class Event(OfClient):
    """Something around a session; `details` are the other fields of `attunement.case.Event`."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20)
    details = SealedJSON()
    at = models.DateTimeField(default=timezone.now)


class Note(OfClient):
    """The therapist's own note on a session; nobody else sees it."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    text = SealedText()
    at = models.DateTimeField(default=timezone.now)
