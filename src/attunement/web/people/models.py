"""A clinic, the people who work there, who supervises whom, and invitations to join."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from datetime import timedelta
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attunement.web.people.devices import Authenticator as Authenticator
from attunement.web.people.devices import PaperCodes as PaperCodes

INVITATION_DAYS = 7


class Clinic(models.Model):
    """A practice or clinic; nothing is ever seen across its border.

    `crisis_text` is shown to clients on every page of theirs.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200)
    crisis_text = models.TextField(
        _("crisis text"),
        default="",
        blank=True,
        help_text=_("Whom to call in a crisis, day and night. Clients see it on every page of theirs."),
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What somebody does in the clinic; one person may do several."""

    THERAPIST = "therapist", _("therapist")
    SUPERVISOR = "supervisor", _("supervisor")
    LEAD = "lead", _("lead")
    RESEARCHER = "researcher", _("researcher")


class Users(BaseUserManager["User"]):
    """Makes users."""

    def create_user(
        self, *, clinic: Clinic, email: str, name: str, password: str | None, roles: list[Role] | tuple[Role, ...]
    ) -> User:
        """Somebody who can sign in; without `password` they cannot yet."""
        user = self.model(clinic=clinic, email=email.strip().casefold(), name=name, roles=[*map(str, roles)])
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """The user with this address, however it is written."""
        return self.get(email=(username or "").strip().casefold())


class User(AbstractBaseUser):  # type: ignore[django-manager-missing]  # django-otp has no types
    """Somebody who works at a clinic and signs in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="people")
    email = models.EmailField(_("email address"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    roles = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[Users] = Users()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def has_role(self, *roles: Role) -> bool:
        """Whether they do one of these."""
        return any(str(role) in self.roles for role in roles)


class Supervision(models.Model):
    """Somebody supervises a therapist of the same clinic, until it is ended."""

    supervisor = models.ForeignKey(User, on_delete=models.CASCADE, related_name="supervises")
    therapist = models.ForeignKey(User, on_delete=models.CASCADE, related_name="supervised_by")
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["supervisor", "therapist"], condition=models.Q(ended_at=None), name="supervised_once"
            )
        ]


class Invitation(models.Model):
    """A one-time link to join; only its hash is kept. Without a clinic it makes a new one: the very first user's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, null=True, related_name="invitations")
    roles = models.JSONField(default=list)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    @classmethod
    def issue(cls, *, clinic: Clinic | None, roles: list[Role] | tuple[Role, ...]) -> str:
        """A new invitation; what is returned goes into the link and is kept nowhere."""
        token = secrets.token_urlsafe(32)
        until = timezone.now() + timedelta(days=INVITATION_DAYS)
        cls.objects.create(token_hash=token_hash(token), clinic=clinic, roles=[*map(str, roles)], expires_at=until)
        return token

    @classmethod
    def open(cls, token: str) -> Invitation | None:
        """The invitation with this token, if it can still be used."""
        return cls.objects.filter(token_hash=token_hash(token), used_at=None, expires_at__gt=timezone.now()).first()

    def use(self) -> bool:
        """Take the invitation, once: False when somebody else was faster."""
        return bool(Invitation.objects.filter(pk=self.pk, used_at=None).update(used_at=timezone.now()))


def token_hash(token: str) -> str:
    """What is kept of a random token of 256 bits: nobody can find the token from it, so that no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()
