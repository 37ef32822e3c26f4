"""Making and revoking tokens; the description of the API, for people and for programs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from attunement.web.access.views import Guarded, PublicView, StaffView
from attunement.web.api.describing import parts
from attunement.web.api.forms import TokenForm
from attunement.web.api.models import Token
from attunement.web.api.schema import schema
from attunement.web.api.service import NOTHING_HERE, Service
from attunement.web.audit.models import Action, record


class Tokens(StaffView):
    """The tokens of who is signed in."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The newest first, those that ended too."""
        words = {"title": _("Access for programs"), "tokens": Token.objects.filter(owner=self.user)}
        return render(request, "api/tokens.html", words)


class NewToken(StaffView):
    """A token for oneself."""

    needs_fresh_password = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return self._form(request, TokenForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """The token, shown this once."""
        form = TokenForm(request.POST)
        if not form.is_valid():
            return self._form(request, form)
        said = form.cleaned_data
        secret = Token.issue(self.user, **said)
        record(Action.MANAGED, f"token “{said['name']}” made: {', '.join(said['scopes'])}", actor=self.user)
        words = {"title": _("Your new token"), "secret": secret, "name": said["name"]}
        return render(request, "api/token_made.html", words)

    def _form(self, request: HttpRequest, form: TokenForm) -> HttpResponse:
        return render(request, "api/new_token.html", {"title": _("New token"), "form": form})


class RevokeToken(StaffView):
    """The end of a token of one's own."""

    def post(self, request: HttpRequest, token: UUID) -> HttpResponse:
        """Back to the list."""
        found = Token.objects.filter(pk=token, owner=self.user).first()
        if found is None:
            raise Http404
        found.revoke()
        record(Action.MANAGED, f"token “{found.name}” revoked", actor=self.user)
        return redirect("tokens")


class Description(PublicView):
    """What can be asked of the API, as a page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Every operation of both services."""
        return render(request, "api/description.html", {"title": _("For other programs"), "parts": parts()})


class Schema(PublicView):
    """The OpenAPI description of one service."""

    service: Service | None = None
    prefix = ""

    def get(self, request: HttpRequest) -> HttpResponse:
        """As JSON."""
        assert self.service is not None
        return JsonResponse(schema(self.service, self.prefix))


@method_decorator(csrf_exempt, name="dispatch")
class NothingHere(Guarded):
    """Whatever else is asked for below an API's address, said in that API's own form."""

    audience = "nobody"
    service: Service | None = None

    def admit(self) -> HttpResponseBase | None:
        """Nobody: there is nothing."""
        assert self.service is not None
        return self.service.failure(404, NOTHING_HERE)


__all__: list[Any] = ["Description", "NewToken", "NothingHere", "RevokeToken", "Schema", "Tokens"]
