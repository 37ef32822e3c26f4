"""Who calls: a token and its owner, whom they may reach, and what of it goes into the audit record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja.errors import HttpError

from attunement.web.access.rules import Purpose, clients_for
from attunement.web.api.models import Token
from attunement.web.api.scopes import Scope
from attunement.web.audit.models import Action, record, record_each
from attunement.web.clients.models import Client
from attunement.web.people.models import Role, User


@dataclass
class Caller:
    """The token that a request came with; `what` and `about` are what it read or changed, and of whom."""

    token: Token
    what: str = ""
    about: UUID | None = None
    all_about: list[UUID] = field(default_factory=list)

    @property
    def user(self) -> User:
        """The person whom the token acts for."""
        return self.token.owner

    def may(self, *scopes: str) -> bool:
        """Whether the token is for all of these."""
        return set(scopes) <= set(self.token.scopes)

    def must(self, *scopes: str) -> None:
        """Refuse what the token is not for.

        Raises:
            HttpError: 403, with the scopes that are missing.
        """
        missing = [scope for scope in scopes if not self.may(scope)]
        if missing:
            raise HttpError(HTTPStatus.FORBIDDEN, f"The token has no scope for this: it needs {', '.join(missing)}.")

    def must_be(self, *roles: Role) -> None:
        """Refuse what is for other roles than the owner's.

        Raises:
            HttpError: 403.
        """
        if not self.user.has_role(*roles):
            words = " or ".join(str(role.label) for role in roles)
            raise HttpError(HTTPStatus.FORBIDDEN, f"Only a token of somebody who is {words} may do this.")

    def client(self, pk: UUID, purpose: Purpose, *, what: str) -> Client:
        """The client with this id, as far as the owner may reach them; `what` goes into the audit record.

        Raises:
            Http404: when there is none whom they may reach.
        """
        found = clients_for(self.user, purpose).filter(pk=pk).first()
        if found is None:
            raise Http404
        self.what, self.about = what, found.pk
        return found

    def clients(self) -> list[Client]:
        """All clients whose case the owner may read, the first admitted first."""
        return list(clients_for(self.user, Purpose.READ).order_by("created_at", "pk"))

    def saw(self, what: str, clients: Iterable[UUID]) -> None:
        """Say what of several clients was read."""
        self.what, self.all_about = what, list(clients)

    def record(self, action: Action) -> None:
        """Put it into the audit record, with the name of the token."""
        self.token.was_used()
        words = f"{self.what}, by token “{self.token.name}”"
        if self.about is not None:
            record(action, words, actor=self.user, client=self.about)
        if self.all_about:
            record_each(action, words, actor=self.user, clients=self.all_about)


class Asked(HttpRequest):
    """A request that came in by the door, with who sent it."""

    caller: Caller


__all__ = ["Asked", "Caller", "Purpose", "Scope"]
