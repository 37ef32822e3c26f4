"""What a lead may do about somebody's signing in: end it everywhere, have the second factor set up anew."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

import django_otp
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session as BrowserSession
from django.utils import timezone

from attunement.web.people.models import User


def sign_out_everywhere(user: User) -> int:
    """End all sessions of this person; how many."""
    # What a session holds is signed, not searchable; a clinic has as many as it has people at work.
    now_open = BrowserSession.objects.filter(expire_date__gt=timezone.now())
    theirs = [row.pk for row in now_open if row.get_decoded().get(SESSION_KEY) == str(user.pk)]
    BrowserSession.objects.filter(pk__in=theirs).delete()
    return len(theirs)


def forget_second_factor(user: User) -> None:
    """Take away authenticator and codes on paper; the person sets up new ones when they next give their password."""
    for kind in django_otp.device_classes():
        kind.objects.filter(user=user).delete()
    sign_out_everywhere(user)


def with_second_factor(users: Iterable[User]) -> set[UUID]:
    """The ids of those who have set one up; as many queries as there are kinds of factors."""
    ids = [user.pk for user in users]
    kinds = [kind.objects.filter(user__in=ids, confirmed=True) for kind in django_otp.device_classes()]
    return {pk for found in kinds for pk in found.values_list("user", flat=True)}
