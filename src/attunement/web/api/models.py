"""A token, with which a program acts for the person who made it."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from typing import Any, ClassVar

from django.db import models
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attunement.web.api.scopes import Scope
from attunement.web.people.models import User, token_hash

PREFIX = "attunement_"  # lets scanners for leaked secrets, and people, tell what it is
DAYS, MOST_DAYS = 90, 365
USED_EVERY = timedelta(minutes=1)  # how exactly the last use is kept: not a write for every request


class State(StrEnum):
    """Whether a token still opens anything."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"


class Token(models.Model):
    """Opens what its owner may reach, for what its scopes allow, until it ends; only the hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-created_at"]

    @classmethod
    def issue(cls, owner: User, *, name: str, scopes: Iterable[Scope | str], days: int = DAYS) -> str:
        """A new token; what is returned is shown once and kept nowhere. At most a year."""
        secret = PREFIX + secrets.token_urlsafe(32)
        until = timezone.now() + timedelta(days=min(days, MOST_DAYS))
        cls.objects.create(
            owner=owner, name=name, token_hash=token_hash(secret), scopes=[*map(str, scopes)], expires_at=until
        )
        return secret

    @classmethod
    def find(cls, secret: str) -> Token | None:
        """The token, if it is valid and its owner still works there."""
        found = cls.objects.select_related("owner__clinic").filter(token_hash=token_hash(secret)).first()
        return found if found and found.state == State.VALID and found.owner.is_active else None

    @property
    def state(self) -> State:
        """Whether it still opens anything, its owner aside."""
        if self.revoked_at is not None:
            return State.REVOKED
        return State.VALID if self.expires_at > timezone.now() else State.EXPIRED

    @property
    def uses(self) -> list[Scope]:
        """Its scopes, in the order of the list of all."""
        return [scope for scope in Scope if scope in self.scopes]

    def revoke(self) -> None:
        """Opens nothing from now on."""
        Token.objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=timezone.now())

    def was_used(self) -> None:
        """Remember when, to the minute."""
        now = timezone.now()
        if self.last_used_at is None or now - self.last_used_at > USED_EVERY:
            Token.objects.filter(pk=self.pk).update(last_used_at=now)


@receiver(post_save, sender=User)
def _end_with_owner(instance: User, **_how: Any) -> None:
    """The tokens of who left end for good: they do not come back with the person."""
    if not instance.is_active:
        Token.objects.filter(owner=instance, revoked_at=None).update(revoked_at=timezone.now())
