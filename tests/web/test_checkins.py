"""A client answers on a phone."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from web_cast import Cast, work

from attunement.web.checkins.models import Answers, FeltOff, Link, Sight
from attunement.web.checkins.responses import response_rates, responses_by_client
from attunement.web.reading.models import CaseView
from attunement.web.sessions.models import Session

RATINGS = {"understood": "9", "safe": "8", "goals": "7", "fit": "8", "unsaid": "0"}


@pytest.fixture
def token(cast: Cast) -> str:
    """A link to the check-in after a second session."""
    return Link.issue(Session.objects.create(client=cast.client, number=2))


def test_answers_are_kept_and_the_own_course_is_shown(cast: Cast, token: str):
    response = cast.as_("client").post(reverse("check-in", args=[token]), RATINGS, follow=True)
    answers = Answers.objects.get(session__number=2)
    assert answers.items == {name: int(value) for name, value in RATINGS.items()}
    assert "9 of 10, more than before (about 7)" in response.content.decode()


def test_a_link_answers_once(cast: Cast, token: str):
    browser, address = cast.as_("client"), reverse("check-in", args=[token])
    browser.post(address, RATINGS)
    browser.post(address, {**RATINGS, "safe": "0"})
    assert Answers.objects.get(session__number=2).items["safe"] == 8
    assert browser.get(address)["Location"] == reverse("own-course", args=[token])


def test_nothing_has_to_be_answered_but_something(cast: Cast, token: str):
    address = reverse("check-in", args=[token])
    assert cast.as_("client").post(address, {}).status_code == 200
    assert cast.as_("client").post(address, {"safe": "3"}).status_code == 302
    assert Answers.objects.get(session__number=2).items == {"safe": 3}


@pytest.mark.parametrize("value", ["11", "-1", "x"])
def test_an_impossible_answer_is_refused(cast: Cast, token: str, value: str):
    assert cast.as_("client").post(reverse("check-in", args=[token]), {"safe": value}).status_code == 200
    assert not Answers.objects.filter(session__number=2).exists()


@pytest.mark.parametrize(
    "sight, words, that_there_is",
    [(Sight.NOW, True, True), (Sight.THAT_THERE_IS, False, True), (Sight.MINE, False, False)],
)
def test_the_client_decides_who_sees_what_felt_off(
    cast: Cast, token: str, sight: str, words: bool, that_there_is: bool
):
    FeltOff.objects.all().delete()
    said = "you looked at the window"
    own = cast.as_("client").post(reverse("check-in", args=[token]), {"felt_off": said, "sight": sight}, follow=True)
    session = Session.objects.get(number=2)
    page = cast.as_("alice").get(reverse("session", args=[session.pk])).content.decode()
    today = cast.as_("alice").get(reverse("today")).content.decode()
    assert (said in page) is words
    assert ("something felt off" in page) is ("something felt off" in today) is that_there_is
    assert said not in cast.as_("supervisor").get(reverse("session", args=[session.pk])).content.decode()
    assert (said in own.content.decode()) is (sight == Sight.MINE)


def test_who_may_see_it_has_to_be_chosen(cast: Cast, token: str):
    response = cast.as_("client").post(reverse("check-in", args=[token]), {"felt_off": "words", "sight": ""})
    assert "choose who may see it" in response.content.decode()


@pytest.mark.parametrize("page", ["check-in", "own-course", "own-consent"])
@pytest.mark.parametrize("which", ["token", "old_token"])
def test_the_crisis_text_is_on_every_page_of_a_client(cast: Cast, page: str, which: str):
    response = cast.as_("client").get(reverse(page, args=[getattr(cast, which)]))
    assert "Call 555." in response.content.decode()


def test_answers_reach_the_case(cast: Cast, coder, token: str):
    cast.as_("client").post(reverse("check-in", args=[token]), RATINGS)
    assert work() == []
    case = CaseView.objects.get(client=cast.client)
    assert case.is_current
    assert case.page


def test_tokens_are_kept_as_hashes_only(cast: Cast, token: str):
    assert token not in Link.objects.values_list("token_hash", flat=True)


class TestResponses:
    """How many came back."""

    def test_several_links_for_a_session_are_one_check_in(self, cast: Cast, token: str):
        Link.issue(Session.objects.get(number=2))
        cast.as_("client").post(reverse("check-in", args=[token]), RATINGS)
        found = responses_by_client(cast.alice.clinic, _days_ago(1))[cast.client.pk]
        assert (found.sent, found.answered, found.open, found.clients) == (2, 1, 1, 1)
        assert found.rate == 1.0

    def test_without_one_that_was_answered_or_expired_there_is_no_rate(self, cast: Cast):
        (month,) = response_rates(cast.alice.clinic, _days_ago(1)).values()
        assert (month.sent, month.open, month.rate) == (1, 1, None)

    def test_what_expired_counts_as_unanswered(self, cast: Cast, token: str):
        Link.objects.update(expires_at=_days_ago(1))
        (month,) = response_rates(cast.alice.clinic, _days_ago(1)).values()
        assert (month.sent, month.answered, month.rate) == (2, 0, 0.0)

    def test_a_link_withdrawn_unused_asked_for_nothing(self, cast: Cast):
        Link.objects.update(withdrawn_at=timezone.now())
        assert response_rates(cast.alice.clinic, _days_ago(1)) == {}

    def test_other_times_and_other_clinics_do_not_count(self, cast: Cast):
        assert response_rates(cast.stranger.clinic, _days_ago(1)) == {}
        assert responses_by_client(cast.alice.clinic, _days_ago(2), _days_ago(1)) == {}


def _days_ago(count: int) -> datetime:
    return timezone.now() - timedelta(days=count)
