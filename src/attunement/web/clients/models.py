"""A client, the history of what they consent to, and the receipts of erasures."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attunement.web.people.models import Clinic, User
from attunement.web.vault import keys
from attunement.web.vault.fields import SealedText


class Client(models.Model):
    """Somebody in therapy. `label` is what the therapist calls them here: a code or initials are enough."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="clients")
    therapist = models.ForeignKey(User, on_delete=models.PROTECT, related_name="clients")
    label = SealedText()
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    @classmethod
    def admit(cls, *, therapist: User, label: str) -> Client:
        """A new client of this therapist, with a key of their own."""
        client = cls(clinic=therapist.clinic, therapist=therapist, label=label)
        keys.make_key(client.pk)  # first: a key without a client does no harm
        client.save()
        return client

    def __str__(self) -> str:
        """Never the label: this is what logs show."""
        return f"client {self.pk}"


class ConsentKind(models.TextChoices):
    """What a client may say yes or no to."""

    RECORDING = "recording", _("recording of sessions")
    ANALYSIS = "analysis", _("reading of transcripts by this program")
    RESEARCH = "research", _("research with de-identified data")


class Consent(models.Model):
    """One yes or no, at one time. The newest of a kind holds; nothing said yet is a no."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=20, choices=ConsentKind.choices)
    is_given = models.BooleanField()
    by_client = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-at", "-id")
        indexes: ClassVar = [models.Index(fields=["client", "kind", "-at"])]


def consents(clients: Iterable[Client]) -> dict[uuid.UUID, dict[str, bool | None]]:
    """What holds now for each of these clients, by kind; None where nothing was said yet. One query."""
    ids = [client.pk for client in clients]
    holds: dict[uuid.UUID, dict[str, bool | None]] = {pk: dict.fromkeys(ConsentKind.values) for pk in ids}
    said = Consent.objects.filter(client__in=ids).order_by("at", "id").values_list("client", "kind", "is_given")
    for client, kind, is_given in said:
        holds[client][kind] = is_given
    return holds


def has_consent(client: Client, kind: ConsentKind) -> bool:
    """Whether the client's last word on this is a yes."""
    return bool(consents([client])[client.pk][kind])


class Erasure(models.Model):
    """The receipt of an erasure: that it was done, by whom, how much; of the client only the number of the case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="erasures")
    client = models.UUIDField(unique=True)
    therapist = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    by = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)
    removed = models.JSONField(default=dict)
    keys_destroyed = models.JSONField(default=list)
