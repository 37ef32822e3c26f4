"""Signing in, the second factor, joining."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate, password_validation
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from attunement.web.people.models import User

TOKEN_DIGITS = 6


class SignInForm(forms.Form):
    """Address and password; `user` is who it is."""

    username = forms.EmailField(label=_("Email address"), widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        super().__init__(data)
        self.request = request
        self.user: User | None = None

    def clean(self) -> dict[str, Any]:
        """Ask whoever knows; axes counts the failures."""
        cleaned = super().clean() or {}
        if cleaned.get("username") and cleaned.get("password"):
            found = authenticate(
                self.request, username=cleaned["username"].strip().casefold(), password=cleaned["password"]
            )
            if not isinstance(found, User):
                raise forms.ValidationError(_("Address and password do not fit together."))
            self.user = found
        return cleaned


class CodeForm(forms.Form):
    """The code that an authenticator shows, or one of the codes kept for emergencies."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        """Without the blanks that people write into it."""
        return "".join(self.cleaned_data["code"].split())


class PasswordForm(forms.Form):
    """The password again, before an export or an erasure."""

    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        super().__init__(data)
        self.request = request

    def clean_password(self) -> str:
        """Ask as when signing in, so that guessing is counted here too."""
        password: str = self.cleaned_data["password"]
        user = self.request.user
        assert isinstance(user, User)
        if authenticate(self.request, username=user.email, password=password) is None:
            raise forms.ValidationError(_("That is not your password."))
        return password


class JoinForm(forms.Form):
    """Who somebody is, and a password of their own; the very first one names the clinic too."""

    clinic = forms.CharField(label=_("Name of the practice or clinic"), max_length=200)
    crisis_text = forms.CharField(
        label=_("Crisis text"),
        help_text=_("Whom to call in a crisis, day and night. Clients see it on every page of theirs."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(label=_("Email address"), widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least twelve letters, signs or digits. A few words in a row are good."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, data: Any = None, *, is_first: bool) -> None:
        super().__init__(data)
        if not is_first:
            del self.fields["clinic"], self.fields["crisis_text"]

    def clean_email(self) -> str:
        """Nobody else's."""
        email: str = self.cleaned_data["email"].strip().casefold()
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError(_("Somebody with this address is here already."))
        return email

    def clean(self) -> dict[str, Any]:
        """A password that is none of the common ones, twice the same."""
        cleaned = super().clean() or {}
        password = cleaned.get("password")
        if password and password != cleaned.get("again"):
            self.add_error("again", _("The two passwords differ."))
        if password:
            try:
                password_validation.validate_password(
                    password, User(email=cleaned.get("email", ""), name=cleaned.get("name", ""))
                )
            except forms.ValidationError as error:
                self.add_error("password", error)
        return cleaned
