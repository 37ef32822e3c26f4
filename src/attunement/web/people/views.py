"""Signing in and out, the second factor, joining by invitation."""

from __future__ import annotations

from django.contrib.auth import login, logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from attunement.web.access.rules import is_signed_in
from attunement.web.access.views import PublicView, StaffView, confirm_password
from attunement.web.audit.models import Action, record
from attunement.web.people import second_factor
from attunement.web.people.forms import CodeForm, JoinForm, PasswordForm, SignInForm
from attunement.web.people.models import Clinic, Invitation, Role, User

BACKEND = "django.contrib.auth.backends.ModelBackend"
NEXT = "next"


class SignIn(PublicView):
    """Address and password; the code is asked for on the next page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        if is_signed_in(request):
            return redirect("today")
        return render(request, "people/sign_in.html", {"form": SignInForm(request), NEXT: request.GET.get(NEXT, "")})

    def post(self, request: HttpRequest) -> HttpResponse:
        """On to the second factor."""
        form = SignInForm(request, request.POST)
        if not form.is_valid() or form.user is None:
            return render(request, "people/sign_in.html", {"form": form, NEXT: request.POST.get(NEXT, "")})
        login(request, form.user, backend=BACKEND)
        confirm_password(request)
        request.session[NEXT] = safe_next(request, request.POST.get(NEXT, ""))
        return redirect("code" if second_factor.has_second_factor(form.user) else "set-up")


class HalfSignedIn(PublicView):
    """A page for somebody who gave the password and not yet the second factor."""

    user: User

    def admit(self) -> HttpResponse | None:
        """Whoever gave a right password."""
        if not isinstance(self.request.user, User):
            return redirect("sign-in")
        self.user = self.request.user
        return redirect("today") if is_signed_in(self.request) else None


class Code(HalfSignedIn):
    """The second factor."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return render(request, "people/code.html", {"form": CodeForm()})

    def post(self, request: HttpRequest) -> HttpResponse:
        """In, when the code is right."""
        form = CodeForm(request.POST)
        if form.is_valid() and second_factor.check(request, self.user, form.cleaned_data["code"]):
            record(Action.SIGNED_IN, "with both factors", actor=self.user)
            return redirect(request.session.pop(NEXT, "") or "today")
        form.add_error("code", _wrong_code())
        return render(request, "people/code.html", {"form": form})


class SetUp(HalfSignedIn):
    """Setting up an authenticator; without one nobody gets further."""

    def admit(self) -> HttpResponse | None:
        """Whoever has none yet: an existing one cannot be replaced by the password alone."""
        refused = super().admit()
        if refused is None and second_factor.has_second_factor(self.user):
            return redirect("code")
        return refused

    def get(self, request: HttpRequest) -> HttpResponse:
        """The picture to scan."""
        return self._page(request, CodeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """The first code, and the codes for paper."""
        form = CodeForm(request.POST)
        if form.is_valid():
            device = second_factor.being_set_up(self.user)
            codes = second_factor.confirm(request, device, form.cleaned_data["code"])
            if codes:
                record(Action.SIGNED_IN, "second factor set up", actor=self.user)
                return render(request, "people/paper_codes.html", {"codes": codes})
            form.add_error("code", _wrong_code())
        return self._page(request, form)

    def _page(self, request: HttpRequest, form: CodeForm) -> HttpResponse:
        device = second_factor.being_set_up(self.user)
        secret = device.config_url.split("secret=")[1].split("&")[0]
        words = {"form": form, "picture": second_factor.picture_of(device), "secret": secret}
        return render(request, "people/set_up.html", words)


class Confirm(StaffView):
    """The password again, before something that cannot be taken back."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return self._page(request, PasswordForm(request))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Back to where it was asked for."""
        form = PasswordForm(request, request.POST)
        if not form.is_valid():
            return self._page(request, form)
        confirm_password(request)
        return redirect(safe_next(request, request.POST.get(NEXT, "")) or "today")

    def _page(self, request: HttpRequest, form: PasswordForm) -> HttpResponse:
        asked = request.GET.get(NEXT) or request.POST.get(NEXT, "")
        return render(request, "people/confirm.html", {"form": form, NEXT: asked})


class SignOut(PublicView):
    """The end of a session."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Out."""
        logout(request)
        return redirect("sign-in")


class Welcome(PublicView):
    """Joining by a one-time link: the clinic's first user, or somebody whom the lead invited."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """The form."""
        invitation = Invitation.open(token)
        if invitation is None:
            return render(request, "people/no_invitation.html", status=410)
        return self._page(request, invitation, JoinForm(is_first=invitation.clinic is None))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """A new user, signed in, who sets up the second factor next."""
        with transaction.atomic():
            invitation = Invitation.open(token)
            if invitation is None:
                return render(request, "people/no_invitation.html", status=410)
            form = JoinForm(request.POST, is_first=invitation.clinic is None)
            if not form.is_valid():
                return self._page(request, invitation, form)
            if not invitation.use():
                return render(request, "people/no_invitation.html", status=410)
            user = _join(invitation, form)
        login(request, user, backend=BACKEND)
        confirm_password(request)
        return redirect("set-up")

    def _page(self, request: HttpRequest, invitation: Invitation, form: JoinForm) -> HttpResponse:
        return render(request, "people/welcome.html", {"form": form, "clinic": invitation.clinic})


def safe_next(request: HttpRequest, address: str) -> str:
    """The address when it is one of ours, else nothing."""
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if is_ours else ""


def _join(invitation: Invitation, form: JoinForm) -> User:
    said = form.cleaned_data
    clinic = invitation.clinic or Clinic.objects.create(name=said["clinic"], crisis_text=said["crisis_text"])
    user = User.objects.create_user(
        clinic=clinic,
        email=said["email"],
        name=said["name"],
        password=said["password"],
        roles=[Role(role) for role in invitation.roles],
    )
    record(Action.MANAGED, f"joined as {', '.join(invitation.roles)}", actor=user)
    return user


def _wrong_code() -> str:
    from django.utils.translation import gettext

    return gettext("This code does not fit. Wait for the next one, and try again.")
