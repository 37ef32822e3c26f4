"""Everybody tries every door."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from permissions import BY_LINK, PAGE, PEOPLE, ROWS, Row, with_table
from web_cast import FELT_OFF, LABEL, Cast

from attunement.web.access.middleware import is_guarded


def patterns(resolver: URLResolver) -> list[URLPattern]:
    """All addresses."""
    found: list[URLPattern] = []
    for pattern in resolver.url_patterns:
        found += patterns(pattern) if isinstance(pattern, URLResolver) else [pattern]
    return found


def test_every_address_has_a_row():
    assert {pattern.name for pattern in patterns(get_resolver())} == {row.name for row in ROWS}


def test_every_view_decides_who_gets_in():
    assert [pattern.name for pattern in patterns(get_resolver()) if not is_guarded(pattern.callback)] == []


def test_a_view_that_decides_nothing_is_refused(rf):
    from django.core.exceptions import PermissionDenied

    from attunement.web.access.middleware import NothingUnguarded

    with pytest.raises(PermissionDenied):
        NothingUnguarded(lambda request: None).process_view(rf.get("/"), lambda request: None, (), {})  # type: ignore[arg-type, return-value]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.name}-{row.method}")
@pytest.mark.parametrize("who", PEOPLE)
def test_only_who_may_gets_in(row: Row, who: str, cast: Cast):
    response = row.ask(cast, who, _address(row, who, cast))
    assert _is_in(response) if who in row.who else _is_refused(response), (who, row.name, response.status_code)
    if who not in row.who:
        assert not {LABEL, FELT_OFF} & set(response.content.decode().split())
        assert LABEL not in response.content.decode()


def test_a_right_password_alone_opens_nothing(cast: Cast):
    browser = cast.as_("anonymous")
    browser.force_login(cast.alice, backend="django.contrib.auth.backends.ModelBackend")
    response = browser.get(reverse("client", args=[cast.client.pk]))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("sign-in"))


def test_who_left_the_clinic_opens_nothing(cast: Cast):
    browser = cast.as_("alice")
    cast.alice.is_active = False
    cast.alice.save()
    assert browser.get(reverse("client", args=[cast.client.pk])).status_code == 302


def test_an_old_password_is_asked_for_again_before_erasing(cast: Cast):
    browser = cast.as_("alice")
    session = browser.session
    session["password_given_at"] = 0
    session.save()
    response = browser.get(reverse("erase", args=[cast.client.pk]))
    assert response["Location"].startswith(reverse("confirm"))


def test_staff_who_do_nothing_are_signed_out(cast: Cast):
    browser = cast.as_("alice")
    browser.get(reverse("today"))
    session = browser.session
    session["last_seen"] = session["last_seen"] - settings.TIMEOUT_SECONDS - 1
    session.save()
    assert browser.get(reverse("today")).status_code == 302


def test_the_table_of_the_documentation_is_this_one():
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_table(page), "run: python -m tests.web.permissions"


def _address(row: Row, who: str, cast: Cast) -> str:
    if row.name in BY_LINK:
        tokens = {"client": cast.token, "client_with_old_link": cast.old_token}
        return reverse(row.name, args=[tokens.get(who, "no-such-token")])
    return reverse(row.name, args=row.arguments(cast))


def _is_in(response) -> bool:
    to_sign_in = response.status_code == 302 and response["Location"].startswith(reverse("sign-in") + "?")
    return response.status_code in (200, 201, 202, 302, 503) and not to_sign_in


def _is_refused(response) -> bool:
    to_sign_in = response.status_code == 302 and response["Location"].startswith(reverse("sign-in"))
    return to_sign_in or response.status_code in (401, 403, 404, 410)
