"""The base classes of all views: each says who gets in, and puts what was read or changed into the audit record.

    Guarded
    ├── PublicView      anybody: signing in, style, health
    ├── LinkView        a client with a link: `self.link`
    └── StaffView       staff, signed in with both factors; `roles` narrows it: `self.user`
        └── ClientView  one client, for a `purpose`: `self.client`
            └── SessionView   one session of that client: `self.session`

Whoever may not see something is told that it is not there.
"""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.views import View

from attunement.web.access.rules import Purpose, clients_for, is_signed_in, may_use
from attunement.web.audit.models import Action, record
from attunement.web.checkins.models import Link
from attunement.web.clients.models import Client
from attunement.web.people.models import Role, User, token_hash
from attunement.web.sessions.models import Session

CONFIRMED_AT = "password_given_at"


class Guarded(View):
    """A view that decides who gets in; the middleware lets no other through."""

    audience: ClassVar[str] = "nobody"

    def admit(self) -> HttpResponseBase | None:
        """None to let the request in, else the answer in its place."""
        raise PermissionDenied

    def leave(self, response: HttpResponseBase) -> None:
        """Called with what was answered to a request that was let in, before it is sent."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Admit, answer, leave."""
        refused = self.admit()
        if refused is not None:
            return refused
        response = super().dispatch(request, *args, **kwargs)
        self.leave(response)
        return response


class PublicView(Guarded):
    """For anybody; shows nothing of anyone."""

    audience = "anybody"

    def admit(self) -> HttpResponseBase | None:
        """Everybody."""
        return None


class StaffView(Guarded):
    """For staff who signed in with both factors.

    `roles` names who of them, none: all. `needs_fresh_password` asks for the password again when it was given more
    than five minutes ago (exports, erasure).
    """

    roles: ClassVar[tuple[Role, ...]] = ()
    needs_fresh_password: ClassVar[bool] = False
    audience = "staff"
    user: User

    def admit(self) -> HttpResponseBase | None:
        """Staff with one of the roles."""
        if not is_signed_in(self.request):
            return redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': self.request.get_full_path()})}")
        assert isinstance(self.request.user, User)
        self.user = self.request.user
        if not may_use(self.user, self.roles):
            raise PermissionDenied
        if self.needs_fresh_password and not _is_fresh(self.request):
            return redirect(f"{reverse('confirm')}?{urlencode({'next': self.request.get_full_path()})}")
        return None

    def leave(self, response: HttpResponseBase) -> None:
        """Nothing of it is kept by browsers or proxies."""
        add_never_cache_headers(response)


class ClientView(StaffView):
    """For one client, whose id is `client` in the address. `what` names the page in the audit record."""

    purpose: ClassVar[Purpose] = Purpose.CARE
    what: ClassVar[str] = "client"
    action: ClassVar[Action | None] = None
    client: Client

    def admit(self) -> HttpResponseBase | None:
        """Staff who may reach this client for this purpose; for the others there is no such client."""
        refused = super().admit()
        if refused is None:
            self.client = self.find_client()
        return refused

    def find_client(self) -> Client:
        """The client that the address names.

        Raises:
            Http404: when there is none whom this person may reach.
        """
        return self.reachable(self.kwargs["client"])

    def reachable(self, client: UUID) -> Client:
        """The client with this id.

        Raises:
            Http404: when there is none whom this person may reach.
        """
        found = clients_for(self.user, self.purpose).filter(pk=client).first()
        if found is None:
            raise Http404
        return found

    def leave(self, response: HttpResponseBase) -> None:
        """Into the audit record, before anything is sent."""
        super().leave(response)
        is_reading = self.request.method in ("GET", "HEAD")
        if response.status_code < 400 and not (is_reading and response.status_code >= 300):
            action = self.action or (Action.READ if is_reading else Action.CHANGED)
            record(action, self.what_exactly(), actor=self.user, client=self.client.pk)

    def what_exactly(self) -> str:
        """What the audit record says was read or changed; never a word of its content."""
        return self.what


class SessionView(ClientView):
    """For one session, whose id is `session` in the address."""

    what = "session"
    session: Session

    def find_client(self) -> Client:
        """The client of the session."""
        session = Session.objects.filter(pk=self.kwargs["session"]).first()
        if session is None:
            raise Http404
        self.session = session
        return self.reachable(session.client_id)

    def what_exactly(self) -> str:
        """With the number of the session."""
        return f"{self.what} {self.session.number}"


class LinkView(Guarded):
    """For a client who opened the link whose token is in the address; an old one shows the crisis text and no more."""

    audience = "a client with a link"
    what: ClassVar[str] = "check-in"
    link: Link

    def admit(self) -> HttpResponseBase | None:
        """Whoever has the address, until it expires."""
        link = Link.find(self.kwargs["token"])
        if link is None:
            return render(
                self.request, "checkins/expired.html", {"clinic": _clinic_of(self.kwargs["token"])}, status=410
            )
        self.link = link
        return None

    def leave(self, response: HttpResponseBase) -> None:
        """Into the audit record, as the client's own doing."""
        add_never_cache_headers(response)
        if response.status_code < 400:
            action = Action.READ if self.request.method in ("GET", "HEAD") else Action.CHANGED
            client = self.link.client
            record(action, self.what, actor_name="the client", clinic=client.clinic_id, client=client.pk)


def confirm_password(request: HttpRequest) -> None:
    """Remember that the password was given just now."""
    request.session[CONFIRMED_AT] = timezone.now().timestamp()


def _is_fresh(request: HttpRequest) -> bool:
    given = float(request.session.get(CONFIRMED_AT, 0))
    return settings.DEMO or timezone.now().timestamp() - given < settings.FRESH_SECONDS


def _clinic_of(token: str) -> Any:
    old = Link.objects.select_related("client__clinic").filter(token_hash=token_hash(token)).first()
    return old and old.client.clinic


__all__ = [
    "ClientView",
    "Guarded",
    "LinkView",
    "PublicView",
    "Purpose",
    "SessionView",
    "StaffView",
    "confirm_password",
]
