"""Joining, signing in with both factors, being locked out."""

from __future__ import annotations

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django_otp.oath import totp
from web_cast import PASSWORD, Cast

from attunement.web.people.devices import Authenticator, PaperCodes
from attunement.web.people.models import Clinic, Invitation, Role, User

JOINING = {"name": "Zoe", "email": "Zoe@Example.org", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def browser() -> Browser:
    return Browser()


def code_of(user: User) -> str:
    """What the user's authenticator shows."""
    return f"{totp(Authenticator.objects.get(user=user).secret):06d}"


def with_authenticator(user: User) -> None:
    """In use already."""
    Authenticator.begin(user)
    Authenticator.objects.filter(user=user).update(confirmed=True)


def test_the_first_user_founds_the_clinic_and_sets_up_a_second_factor(db, browser: Browser):
    token = Invitation.issue(clinic=None, roles=[Role.THERAPIST, Role.LEAD])
    response = browser.post(
        reverse("welcome", args=[token]), {**JOINING, "clinic": "New", "crisis_text": "Call 555."}, follow=True
    )
    assert response.redirect_chain[-1][0] == reverse("set-up")
    user = User.objects.get(email="zoe@example.org")
    assert (user.clinic.name, user.roles) == ("New", ["therapist", "lead"])
    assert "svg" in response.content.decode()
    assert browser.get(reverse("today")).status_code == 302  # not in yet
    response = browser.post(reverse("set-up"), {"code": code_of(user)})
    assert response.content.decode().count("<li>") >= 10
    assert browser.get(reverse("today")).status_code == 200


def test_an_invitation_works_once(cast: Cast):
    address = reverse("welcome", args=[cast.invitation])
    assert Browser().post(address, JOINING).status_code == 302
    assert Browser().post(address, {**JOINING, "email": "other@example.org"}).status_code == 410
    assert User.objects.get(email="zoe@example.org").clinic == Clinic.objects.get(name="Here")


@pytest.mark.parametrize(
    "wrong", [{"password": "short", "again": "short"}, {"again": "different from it"}, {"email": "alice@example.org"}]
)
def test_who_joins_badly_is_told_why(cast: Cast, wrong: dict[str, str]):
    response = Browser().post(reverse("welcome", args=[cast.invitation]), JOINING | wrong)
    assert "errorlist" in response.content.decode()
    assert not User.objects.filter(email="zoe@example.org").exists()


def test_signing_in_takes_both_factors(cast: Cast, browser: Browser):
    with_authenticator(cast.alice)
    address = reverse("client", args=[cast.client.pk])
    to = browser.get(address)["Location"]
    response = browser.post(to, {"username": "Alice@example.org", "password": PASSWORD, "next": address})
    assert response["Location"] == reverse("code")
    assert browser.get(reverse("set-up"))["Location"] == reverse("code")  # the factor cannot be replaced
    assert browser.post(reverse("code"), {"code": "000000"}).status_code == 200
    assert browser.get(address).status_code == 302
    Authenticator.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert browser.post(reverse("code"), {"code": code_of(cast.alice)})["Location"] == address
    assert browser.get(address).status_code == 200


def test_a_code_on_paper_works_once(cast: Cast, browser: Browser):
    code = PaperCodes.write(cast.alice)[0]
    for expected in (302, 200):
        browser.logout()
        browser.post(reverse("sign-in"), {"username": "alice@example.org", "password": PASSWORD})
        assert browser.post(reverse("code"), {"code": code}).status_code == expected


def test_five_wrong_passwords_lock_out(cast: Cast, browser: Browser):
    wrong = {"username": "alice@example.org", "password": "wrong"}
    answers = [browser.post(reverse("sign-in"), wrong).status_code for _ in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    right = browser.post(reverse("sign-in"), {"username": "alice@example.org", "password": PASSWORD})
    assert right.status_code == 429


def test_nobody_is_sent_elsewhere_after_signing_in(cast: Cast, browser: Browser):
    with_authenticator(cast.alice)
    browser.post(
        reverse("sign-in"), {"username": "alice@example.org", "password": PASSWORD, "next": "https://evil.example/"}
    )
    assert browser.post(reverse("code"), {"code": code_of(cast.alice)})["Location"] == reverse("today")
