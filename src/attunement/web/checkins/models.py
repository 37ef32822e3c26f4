"""A link to a check-in, the answers, what felt off and who may see it."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attunement.web import settings_table
from attunement.web.checkins.questions import OURS
from attunement.web.clients.models import Client
from attunement.web.people.models import token_hash
from attunement.web.sessions.models import Session
from attunement.web.vault.fields import OfClient, SealedJSON, SealedText


class LinkState(models.TextChoices):
    """What became of a link."""

    OPEN = "open", _("open")
    ANSWERED = "answered", _("answered")
    EXPIRED = "expired", _("expired unanswered")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Link(OfClient):
    """An address that opens one client's check-in without an account, once; only the hash of its token is kept.

    `session` is the one that it asks about, None before a client's first. A link that is answered in the waiting room
    has in `before` the number of the session that is about to begin: questionnaires belong to that one. `instruments`
    are the names of what is asked, in order, `sent` those that were sent or left out. After it was used, and until it
    expires or is withdrawn, the link still opens the client's own course and consent.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, null=True, related_name="links")
    before = models.PositiveIntegerField(null=True)
    token_hash = models.CharField(max_length=64, unique=True)
    instruments = models.JSONField(default=list)
    sent = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    @classmethod
    def issue(cls, session: Session, *, instruments: tuple[str, ...] | None = None, token: str | None = None) -> str:
        """A new link for the check-in after this session; what is returned goes into the address, kept nowhere.

        Without `instruments` it asks our own ratings, and the questionnaires that are due. `token` is its secret, where
        it is not to be made by chance.
        """
        from attunement.web.questionnaires.asking import due

        if instruments is None:
            instruments = (OURS, *due(session.client, session.number))
        return cls._issue(client_id=session.client_id, session=session, instruments=list(instruments), token=token)

    @classmethod
    def issue_before(cls, client: Client, number: int, *, last: Session | None, instruments: tuple[str, ...]) -> str:
        """A new link to be answered before the session of this number, which need not be there yet.

        `last` is the session before it, to which ratings and "something felt off" belong.
        """
        return cls._issue(client=client, session=last, before=number, instruments=list(instruments))

    @classmethod
    def _issue(cls, *, token: str | None = None, **values: Any) -> str:
        token = token or secrets.token_urlsafe(32)
        until = timezone.now() + timedelta(days=settings_table.whole("ATTUNEMENT_LINK_DAYS"))
        cls.objects.create(token_hash=token_hash(token), expires_at=until, **values)
        return token

    @classmethod
    def find(cls, token: str) -> Link | None:
        """The link with this token, if it has neither expired nor been withdrawn."""
        links = cls.objects.select_related("client__clinic", "session")
        return links.filter(token_hash=token_hash(token), expires_at__gt=timezone.now(), withdrawn_at=None).first()

    @property
    def open_steps(self) -> list[str]:
        """What is still to be answered, in order."""
        return [name for name in self.instruments if name not in self.sent]

    @property
    def about(self) -> int | None:
        """The number of the session to which its questionnaires belong."""
        if self.before is not None:
            return self.before
        return self.session.number if self.session else None

    @property
    def can_be_opened(self) -> bool:
        """Whether it still opens anything."""
        return self.withdrawn_at is None and self.expires_at > timezone.now()

    @property
    def state(self) -> LinkState:
        """Whether it can still be used, and why not."""
        if self.withdrawn_at is not None:
            return LinkState.WITHDRAWN
        if self.used_at is not None:
            return LinkState.ANSWERED
        return LinkState.OPEN if self.expires_at > timezone.now() else LinkState.EXPIRED


class Answers(OfClient):
    """What a client answered to one questionnaire after one session.

    `items` are answers by the item's name; `total` stands in their place where only the score is known (imported ones).
    """

    link = models.ForeignKey(Link, on_delete=models.SET_NULL, null=True, related_name="answers")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="answers")
    instrument = models.CharField(max_length=50)
    items = SealedJSON()
    total = SealedJSON(null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["session", "instrument"], name="answered_once")]


class Sight(models.TextChoices):
    """Who may see that something felt off: the client decides."""

    NOW = "now", _("My therapist sees it now")
    THAT_THERE_IS = "that there is", _("My therapist sees only that there is something")
    MINE = "mine", _("A note for me alone, to bring along")


class FeltOff(OfClient):
    """Something that felt off to the client after a session, in their words."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="felt_off")
    text = SealedText()
    sight = models.CharField(max_length=20, choices=Sight.choices)
    at = models.DateTimeField(default=timezone.now)

    @property
    def for_therapist(self) -> str | None:
        """The words, if the therapist may see them; None where only that there is something."""
        return self.text if self.sight == Sight.NOW else None


def felt_off_for_therapist(session: Session) -> list[FeltOff]:
    """What the therapist may know of; private notes are not among it."""
    return list(session.felt_off.exclude(sight=Sight.MINE).order_by("at"))
