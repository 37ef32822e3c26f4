"""Feedback on findings, kept and never silently trained on; comments at a turn."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attunement.web.people.models import User
from attunement.web.sessions.models import Session, Transcript
from attunement.web.vault.fields import OfClient, SealedText


class Verdict(models.TextChoices):
    """What a therapist says to a finding."""

    ACCEPTED = "accepted", _("That is how it was")
    CORRECTED = "corrected", _("Something was there, but otherwise")
    DISMISSED = "dismissed", _("That was not so")


class Feedback(OfClient):
    """One verdict on one finding of a session: its kind (`rupture`, `repair`, …) and turns.

    `probability` (0–1) is what the reading said of it and `coder` the version that said so: what was judged. With its
    transcript a verdict goes too, for the turns it names are those of that transcript.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="feedback")
    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="feedback")
    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    finding = models.CharField(max_length=30)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    probability = models.FloatField(null=True)
    coder = models.CharField(max_length=100)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    words = SealedText(null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "author", "finding", "start", "end"], name="one_verdict")
        ]


class Comment(OfClient):
    """Words at a turn, which the therapist and whoever supervises them see; `seen_at` when the therapist first did."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    turn = models.PositiveIntegerField()
    text = SealedText()
    at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True)
