"""The second factor: a code from an authenticator, with ten codes on paper for the day the phone is lost."""

from __future__ import annotations

import secrets

import django_otp
import segno
from django.http import HttpRequest
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from attunement.web.people.models import User

PAPER_CODES = 10


def has_second_factor(user: User) -> bool:
    """Whether they have set one up."""
    return bool(django_otp.user_has_device(user))


def being_set_up(user: User) -> TOTPDevice:
    """The authenticator that they are setting up; it counts once a first code was right."""
    found = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    return found or TOTPDevice.objects.create(user=user, name="authenticator", confirmed=False)


def picture_of(device: TOTPDevice) -> str:
    """The QR code that an authenticator reads, as SVG; black on white whatever the page's colours."""
    return str(segno.make(device.config_url, error="m").svg_inline(scale=5, border=3, light="#fff", dark="#000"))


def confirm(request: HttpRequest, device: TOTPDevice, code: str) -> list[str] | None:
    """Take the authenticator into use when the code is right, and give the codes for paper; None when it is wrong."""
    if not device.verify_token(code):
        return None
    device.confirmed = True
    device.save()
    django_otp.login(request, device)
    return _paper_codes(device.user)


def check(request: HttpRequest, user: User, code: str) -> bool:
    """Whether the code is right; wrong ones make the next try wait longer and longer."""
    device = django_otp.match_token(user, code)
    if device is None:
        return False
    django_otp.login(request, device)
    return True


def _paper_codes(user: User) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="paper")
    codes = [secrets.token_hex(4) for _ in range(PAPER_CODES)]
    for code in codes:
        device.token_set.create(token=code)
    return codes
