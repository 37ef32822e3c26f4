"""The second factor: a code from an authenticator, with ten codes on paper for the day the phone is lost."""

from __future__ import annotations

import django_otp
import segno
from django.db import transaction
from django.http import HttpRequest

from attunement.web.people.devices import DIGITS, Authenticator, PaperCodes
from attunement.web.people.models import User


def has_second_factor(user: User) -> bool:
    """Whether they have set one up."""
    return bool(django_otp.user_has_device(user))


def being_set_up(user: User) -> Authenticator:
    """The authenticator that they are setting up; it counts once a first code was right."""
    found: Authenticator | None = Authenticator.objects.filter(user=user, confirmed=False).first()
    return found or Authenticator.begin(user)


def picture_of(device: Authenticator) -> str:
    """The QR code that an authenticator reads, as SVG; black on white whatever the page's colours."""
    return str(segno.make(device.config_url, error="m").svg_inline(scale=5, border=3, light="#fff", dark="#000"))


def confirm(request: HttpRequest, device: Authenticator, code: str) -> list[str] | None:
    """Take the authenticator into use when the code is right, and give the codes for paper; None when it is wrong."""
    if not device.verify_token(code):
        return None
    device.confirmed = True
    device.save()
    django_otp.login(request, device)
    return PaperCodes.write(device.user)


def check(request: HttpRequest, user: User, code: str) -> bool:
    """Whether the code is right; wrong ones make the next try wait longer and longer."""
    kind = Authenticator if len(code) == DIGITS else PaperCodes
    with transaction.atomic():  # the row is held: no code is taken twice
        device = kind.objects.select_for_update().filter(user=user, confirmed=True).first()
        is_right = device is not None and device.verify_token(code)
    if is_right:
        django_otp.login(request, device)
    return is_right
