"""What a second factor is checked against: an authenticator, and codes on paper; sealed with their owner's key."""

from __future__ import annotations

import base64
import secrets
import time
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import models
from django_otp.models import Device, ThrottlingMixin
from django_otp.oath import TOTP

from attunement.web.vault.fields import SealedBytes, SealedJSON
from attunement.web.vault.keys import ensure_key

DIGITS = 6
SECRET_BYTES = 20
PAPER_CODES = 10
STEPS_OFF = 1  # of 30 seconds each: how far the clock of a phone may be off


def new_id() -> int:
    """Random, so that a value is sealed to its row before the database has seen it."""
    return secrets.randbits(62)


class Sealed(ThrottlingMixin, Device):  # type: ignore[misc]
    """A device of django-otp; wrong codes make the next try wait longer and longer."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True

    def get_throttle_factor(self) -> int:
        """One second after the first wrong code, then two, four, …"""
        return 1

    def verify_token(self, token: str) -> bool:
        """Whether the code is right; one that was right is never right again."""
        allowed, _why = self.verify_is_allowed()
        if not allowed:
            return False
        if not self.take(token):
            self.throttle_increment(commit=True)
            return False
        self.throttle_reset(commit=False)
        self.save()
        return True

    def take(self, code: str) -> bool:
        """Whether the code is right, used up on the instance."""
        raise NotImplementedError


class Authenticator(Sealed):
    """An app that shows another six digits every thirty seconds; it counts once `confirmed` by a first code."""

    secret = SealedBytes()
    drift = models.SmallIntegerField(default=0)
    last_step = models.BigIntegerField(default=-1)

    @classmethod
    def begin(cls, user: models.Model) -> Authenticator:
        """A new one with a secret of its own."""
        ensure_key(user.pk)
        secret = secrets.token_bytes(SECRET_BYTES)
        made: Authenticator = cls.objects.create(user=user, name="authenticator", confirmed=False, secret=secret)
        return made

    def take(self, code: str) -> bool:
        """By the clock, a step early or late."""
        if not (code.isdecimal() and len(code) == DIGITS):
            return False
        clock = TOTP(self.secret, digits=DIGITS, drift=self.drift)
        clock.time = time.time()
        if not clock.verify(int(code), STEPS_OFF, self.last_step + 1):
            return False
        self.last_step, self.drift = clock.t(), clock.drift
        return True

    @property
    def config_url(self) -> str:
        """What the QR code says."""
        issuer = settings.OTP_TOTP_ISSUER
        words = {"secret": base64.b32encode(self.secret).decode(), "issuer": issuer}
        return f"otpauth://totp/{quote(f'{issuer}:{self.user.get_username()}')}?{urlencode(words)}"


class PaperCodes(Sealed):
    """Codes for the day the phone is lost, each good for once."""

    codes = SealedJSON()

    @classmethod
    def write(cls, user: models.Model) -> list[str]:
        """Ten new ones in the place of older ones; they are shown once."""
        ensure_key(user.pk)
        codes = [secrets.token_hex(4) for _ in range(PAPER_CODES)]
        cls.objects.filter(user=user).delete()
        cls.objects.create(user=user, name="paper", codes=codes)
        return codes

    def take(self, code: str) -> bool:
        """Cross it out."""
        left = [each for each in self.codes if each != code]
        is_right = len(left) < len(self.codes)
        self.codes = left
        return is_right
