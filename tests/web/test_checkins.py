"""A client answers on a phone."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from test_questionnaires import set_up
from web_cast import FELT_OFF, Cast, work

from attunement.measures.instruments import instrument
from attunement.web.checkins.danger import raw_answers
from attunement.web.checkins.issuing import link_before_next, upcoming
from attunement.web.checkins.models import Answers, FeltOff, Link, LinkState, Sight
from attunement.web.checkins.picture import picture
from attunement.web.checkins.responses import response_rates, responses_by_client
from attunement.web.clients.models import Client
from attunement.web.questionnaires.models import Asking
from attunement.web.reading.case import case_of
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


@pytest.fixture
def asked(cast: Cast) -> str:
    """A link after a second session that also asks a questionnaire with nine items, the ninth about danger."""
    questionnaire = set_up(cast.lead.clinic, risk=("9",))
    Asking.objects.create(client=cast.client, questionnaire=questionnaire, every=1)
    return Link.issue(Session.objects.create(client=cast.client, number=2))


def answered(*values: int | str) -> dict[str, str]:
    """What a phone sends; an empty one was left out."""
    return {"of": "phq9", **{f"item-{number}": str(value) for number, value in enumerate(values)}}


class TestQuestionnaires:
    """After the ratings, whatever is due."""

    def test_they_follow_one_after_the_other(self, cast: Cast, asked: str):
        browser, address = cast.as_("client"), reverse("check-in", args=[asked])
        assert "Page 1 of 2" in browser.get(address).content.decode()
        page = browser.post(address, RATINGS, follow=True).content.decode()
        assert "Page 2 of 2" in page
        assert "About thing 9" in page
        assert browser.get(address)["Location"] == reverse("questions", args=[asked])
        done = browser.post(reverse("questions", args=[asked]), answered(*[1] * 8, 0))
        assert done["Location"] == reverse("own-course", args=[asked])
        answers = Answers.objects.get(instrument="phq9")
        assert (answers.session.number, answers.items) == (2, {**{str(n): 1 for n in range(1, 9)}, "9": 0})

    def test_the_ratings_are_kept_when_the_rest_is_never_sent(self, cast: Cast, asked: str):
        cast.as_("client").post(reverse("check-in", args=[asked]), RATINGS)
        assert Answers.objects.filter(session__number=2).count() == 1
        assert Link.find(asked).used_at is not None

    def test_it_is_scored_in_the_case(self, cast: Cast, coder, asked: str):
        self._reach(cast, asked).post(reverse("questions", args=[asked]), answered(*[2] * 9))
        score = next(score for score in case_of(cast.client).scores.of("phq9"))
        assert (score.session, score.value) == (2, 18)
        assert work() == []

    def test_what_the_scoring_allows_may_be_missing(self, cast: Cast, asked: str):
        response = self._reach(cast, asked).post(
            reverse("questions", args=[asked]), answered(1, "", 1, 1, "", *[1] * 4)
        )
        assert response.status_code == 302
        assert set(Answers.objects.get(instrument="phq9").items) == set("1346789")

    def test_more_is_asked_once_and_then_taken_as_it_is(self, cast: Cast, asked: str):
        browser, address = self._reach(cast, asked), reverse("questions", args=[asked])
        page = browser.post(address, answered(1, 1)).content.decode()
        assert "5 more answers, and it can be counted" in page
        assert page.count("not answered") == 7
        assert 'value="1" checked' in page
        browser.post(address, {**answered(1, 1), "as-it-is": "1"})
        assert Answers.objects.get(instrument="phq9").items == {"1": 1, "2": 1}
        assert next(iter(case_of(cast.client).scores.of("phq9"))).value is None

    def test_a_page_can_be_left_out_but_not_by_mistake(self, cast: Cast, asked: str):
        browser, address = self._reach(cast, asked), reverse("questions", args=[asked])
        assert "Nothing is answered yet" in browser.post(address, answered()).content.decode()
        browser.post(address, {"of": "phq9", "leave-out": "1"})
        assert not Answers.objects.filter(instrument="phq9").exists()
        assert browser.get(address)["Location"] == reverse("own-course", args=[asked])

    def test_it_answers_once(self, cast: Cast, asked: str):
        browser, address = self._reach(cast, asked), reverse("questions", args=[asked])
        for value in (1, 3):
            browser.post(address, answered(*[value] * 9))
        assert Answers.objects.get(instrument="phq9").items["1"] == 1

    @pytest.mark.parametrize("value", ["4", "-1", "x", "1.5"])
    def test_an_impossible_answer_is_refused(self, cast: Cast, asked: str, value: str):
        page = self._reach(cast, asked).post(reverse("questions", args=[asked]), answered(value, *[1] * 8))
        assert "cannot be" in page.content.decode()
        assert not Answers.objects.filter(instrument="phq9").exists()

    def test_nothing_but_the_questionnaire_may_be_answered(self, cast: Cast, asked: str):
        browser = cast.as_("client")
        browser.post(reverse("check-in", args=[asked]), {})
        assert not Answers.objects.filter(session__number=2).exists()
        assert browser.get(reverse("check-in", args=[asked]))["Location"] == reverse("questions", args=[asked])

    def _reach(self, cast: Cast, asked: str):
        browser = cast.as_("client")
        browser.post(reverse("check-in", args=[asked]), RATINGS)
        return browser


class TestDanger:
    """An item that asks about danger."""

    NOW = "You do not have to wait"

    def test_the_crisis_text_comes_first_and_the_therapist_sees_the_raw_answer(self, cast: Cast, asked: str):
        browser = cast.as_("client")
        browser.post(reverse("check-in", args=[asked]), RATINGS)
        own = browser.post(reverse("questions", args=[asked]), answered(*[0] * 8, 1), follow=True).content.decode()
        assert self.NOW in own
        assert own.index(self.NOW) < own.index("Your answers so far")
        for page in (reverse("today"), reverse("client", args=[cast.client.pk])):
            shown = cast.as_("alice").get(page).content.decode()
            assert "Answered something other than “never” to item 9" in shown
            assert "now and then" in shown
            assert "not an assessment" in shown

    @pytest.mark.parametrize("last", [0, ""])
    def test_the_lowest_answer_and_none_show_nothing(self, cast: Cast, asked: str, last: int | str):
        browser = cast.as_("client")
        browser.post(reverse("check-in", args=[asked]), RATINGS)
        own = browser.post(reverse("questions", args=[asked]), answered(*[3] * 8, last), follow=True).content.decode()
        assert self.NOW not in own
        assert "other than" not in cast.as_("alice").get(reverse("today")).content.decode()

    def test_only_the_newest_answer_is_shown(self, cast: Cast, asked: str):
        for number, value in ((2, 2), (3, 0)):
            session, _ = Session.objects.get_or_create(client=cast.client, number=number)
            Answers.objects.create(client=cast.client, session=session, instrument="phq9", items={"9": value})
        assert raw_answers([cast.client]) == {}

    def test_others_clinics_do_not_mark_for_this_one(self, cast: Cast):
        set_up(cast.stranger.clinic, risk=("9",))
        Answers.objects.create(client=cast.client, session=cast.session, instrument="phq9", items={"9": 3})
        assert raw_answers([cast.client]) == {}


class TestFeltOff:
    """The client has it in hand while the link lasts."""

    def test_who_sees_it_can_be_changed_and_it_can_be_deleted(self, cast: Cast):
        off = FeltOff.objects.get()
        browser, address = cast.as_("client"), reverse("what-felt-off", args=[cast.token])
        assert FELT_OFF in browser.get(address).content.decode()
        browser.post(address, {"of": off.pk, "sight": Sight.MINE})
        assert FELT_OFF not in cast.as_("alice").get(reverse("session", args=[cast.session.pk])).content.decode()
        browser.post(address, {"of": off.pk, "delete": "1"})
        assert not FeltOff.objects.exists()

    def test_something_can_be_added_later(self, cast: Cast):
        address = reverse("what-felt-off", args=[cast.token])
        cast.as_("client").post(address, {"felt_off": "one more thing", "sight": Sight.NOW})
        assert [off.text for off in FeltOff.objects.order_by("at")] == [FELT_OFF, "one more thing"]

    def test_nobody_changes_what_is_not_theirs(self, cast: Cast):
        other = Client.admit(therapist=cast.alice, label="Other")
        session = Session.objects.create(client=other, number=1)
        off = FeltOff.objects.create(client=other, session=session, text="theirs", sight=Sight.MINE)
        response = cast.as_("client").post(reverse("what-felt-off", args=[cast.token]), {"of": off.pk, "delete": "1"})
        assert response.status_code == 404
        assert FeltOff.objects.filter(pk=off.pk).exists()


class TestOwnCourse:
    """In plain words, with a picture."""

    def test_a_questionnaire_is_told_by_its_points_and_never_by_a_category(self, cast: Cast, asked: str):
        for number, value in ((1, 3), (2, 1)):
            session, _ = Session.objects.get_or_create(client=cast.client, number=number)
            items = {str(n): value for n in range(1, 10)}
            Answers.objects.create(client=cast.client, session=session, instrument="phq9", items=items)
        page = cast.as_("client").get(reverse("own-course", args=[asked])).content.decode()
        assert "9 of 27, less than before (about 27)." in page
        assert "0, the best there is" in page
        assert page.count("<svg") == 6
        assert "nobody's judgement" in page
        bands = [band.label for band in instrument("phq9").total.bands]
        assert not any(re.search(rf"\b{label}\b", page) for label in [*bands, "depression", "PHQ", "clinical"])

    def test_what_the_clinic_does_not_show_is_not_there(self, cast: Cast):
        set_up(cast.lead.clinic, shows_course=False)
        Answers.objects.create(client=cast.client, session=cast.session, instrument="phq9", items={}, total=12)
        assert "12 of 27" not in cast.as_("client").get(reverse("own-course", args=[cast.token])).content.decode()

    @given(
        st.lists(st.floats(-5, 15), min_size=1, max_size=20),
        st.floats(-2, 2),
        st.floats(3, 9),
    )
    def test_no_answer_is_drawn_outside_the_picture(self, values: list[float], low: float, high: float):
        drawn = picture(list(enumerate(values)), low, high)
        assert all(0 <= float(x) <= drawn.width and 0 <= float(y) <= drawn.height for x, y in drawn.dots)


class TestLinks:
    """What became of them."""

    def test_each_is_listed_with_its_state(self, cast: Cast, token: str):
        cast.as_("client").post(reverse("check-in", args=[token]), RATINGS)
        page = cast.as_("alice").get(reverse("links", args=[cast.client.pk])).content.decode()
        assert all(words in page for words in ("after session 2", "answered", "expired unanswered", ">open<"))

    def test_one_that_was_withdrawn_opens_nothing(self, cast: Cast, token: str):
        link = Link.find(token)
        cast.as_("alice").post(reverse("withdraw-link", args=[link.pk]))
        response = cast.as_("client").get(reverse("check-in", args=[token]))
        assert response.status_code == 410
        assert "Call 555." in response.content.decode()
        assert Link.objects.get(pk=link.pk).state == LinkState.WITHDRAWN

    def test_the_page_of_a_link_shows_code_and_slip(self, cast: Cast):
        page = cast.as_("alice").post(reverse("new-link", args=[cast.session.pk])).content.decode()
        assert page.count("<svg") == 2
        assert 'id="large"' in page
        assert 'class="slip"' in page

    def test_the_list_asks_the_database_as_often_for_many(self, cast: Cast):
        browser, address, counts = cast.as_("alice"), reverse("links", args=[cast.client.pk]), []
        browser.get(address)
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                browser.get(address)
            counts.append(len(queries))
            for _ in range(5):
                Link.issue(cast.session)
        assert counts[0] == counts[1]


class TestWaitingRoom:
    """A link for the session that is about to begin."""

    @pytest.fixture
    def before(self, cast: Cast) -> str:
        Asking.objects.create(client=cast.client, questionnaire=set_up(cast.lead.clinic), every=1)
        token = link_before_next(cast.client)
        assert token is not None
        return token

    def test_questionnaires_belong_to_the_next_session(self, cast: Cast, before: str):
        browser = cast.as_("client")
        page = browser.get(reverse("check-in", args=[before]), follow=True).content.decode()
        assert "About thing 1" in page  # the ratings of the last session are there already
        browser.post(reverse("questions", args=[before]), answered(*[1] * 9))
        assert Answers.objects.get(instrument="phq9").session.number == 2

    def test_ratings_that_are_missing_are_those_of_the_last_session(self, cast: Cast):
        Answers.objects.all().delete()
        token = link_before_next(cast.client)
        page = cast.as_("client").get(reverse("check-in", args=[token])).content.decode()
        assert "How was the last session?" in page
        cast.as_("client").post(reverse("check-in", args=[token]), RATINGS)
        assert Answers.objects.get().session == cast.session

    def test_a_session_that_was_only_answered_for_is_still_to_come(self, cast: Cast, before: str):
        cast.as_("client").post(reverse("questions", args=[before]), answered(*[1] * 9))
        assert upcoming(cast.client) == (2, cast.session)
        Link.issue(Session.objects.get(number=2))
        assert upcoming(cast.client)[0] == 3

    def test_its_transcript_or_date_is_added_under_the_same_number(self, cast: Cast, before: str):
        cast.as_("client").post(reverse("questions", args=[before]), answered(*[1] * 9))
        browser = cast.as_("alice")
        assert 'name="number" value="2"' in browser.get(reverse("new-session", args=[cast.client.pk])).content.decode()
        sent = {"number": "2", "date": "2026-03-11", "cancelled": ""}
        browser.post(reverse("add-session", args=[cast.client.pk]), sent)
        assert str(Session.objects.get(client=cast.client, number=2).date) == "2026-03-11"
        assert upcoming(cast.client)[0] == 3

    def test_with_nothing_to_ask_no_link_is_made(self, cast: Cast):
        count = Link.objects.count()
        response = cast.as_("alice").post(reverse("new-link-before", args=[cast.client.pk]), follow=True)
        assert "nothing to ask" in response.content.decode()
        assert Link.objects.count() == count

    def test_it_works_before_the_very_first_session(self, cast: Cast):
        new = Client.admit(therapist=cast.alice, label="New")
        Asking.objects.create(client=new, questionnaire=set_up(cast.lead.clinic), every=1)
        token = link_before_next(new)
        cast.as_("client").post(reverse("questions", args=[token]), answered(*[1] * 9))
        assert Answers.objects.get(client=new).session.number == 1


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
