"""What the clinic's rules say is due is listed first, and done once, however often it is killed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st
from web_cast import LABEL, Cast, upload_example, work

from attunement.web.audit.models import Action, ChainCheck, Record
from attunement.web.checkins.models import Link
from attunement.web.clients.models import Client, Erasure
from attunement.web.lead.models import Glance
from attunement.web.reading.heartbeat import Beat
from attunement.web.retention.carrying_out import BY, carry_out
from attunement.web.retention.daily import ask_for_todays_duties
from attunement.web.retention.due import NOTICE_DAYS, list_due, months_before
from attunement.web.retention.models import Day, Due, Kind, Rules
from attunement.web.sessions.models import Reading, Transcript
from attunement.web.vault import keys


def ended(cast: Cast, *, days: int) -> None:
    """The therapy of Alice's client ended so long ago."""
    Client.objects.filter(pk=cast.client.pk).update(ended_at=timezone.now() - timedelta(days=days))


def noticed() -> None:
    """As if all that is due had been listed long enough."""
    Due.objects.update(listed_at=timezone.now() - timedelta(days=NOTICE_DAYS, minutes=1))


@pytest.fixture
def rules(cast: Cast) -> Rules:
    """Transcripts a year, everything ten."""
    return Rules.objects.create(clinic=cast.lead.clinic, transcripts_months=12, erase_years=10)


def test_a_clinic_that_decided_nothing_keeps_everything(cast: Cast):
    ended(cast, days=40_000)
    assert list_due(cast.lead.clinic) == 0
    page = cast.as_("lead").get(reverse("retention")).content.decode()
    assert "your clinic decides" in page


def test_transcripts_are_listed_first_and_deleted_after_the_notice(cast: Cast, rules: Rules, coder):
    upload_example(cast.client)
    assert work() == []
    ended(cast, days=380)
    assert list_due(cast.lead.clinic) == 1
    assert carry_out(cast.lead.clinic) == {"transcripts": 0, "erasure": 0, "links": 0}
    assert Transcript.objects.count() == 1
    noticed()
    assert carry_out(cast.lead.clinic) == {"transcripts": 1, "erasure": 0, "links": 0}
    assert Transcript.objects.count() == Reading.objects.count() == Due.objects.count() == 0
    assert Client.objects.get().label == LABEL
    row = Record.objects.get(action=Action.ERASED)
    assert (row.client, row.actor_name, row.what) == (cast.client.pk, BY, "1 transcripts with their readings")
    assert work() == []  # the case is computed anew, without them


def test_a_client_is_erased_with_the_key_and_a_receipt(cast: Cast, rules: Rules):
    ended(cast, days=3_700)
    list_due(cast.lead.clinic)
    noticed()
    assert carry_out(cast.lead.clinic)["erasure"] == 1
    assert not Client.objects.exists()
    assert not keys.has_key(cast.client.pk)
    assert Erasure.objects.get(client=cast.client.pk).by == BY
    assert Record.objects.filter(client=cast.client.pk, action=Action.ERASED, actor_name=BY).exists()
    assert carry_out(cast.lead.clinic)["erasure"] == 0


def test_what_is_kept_for_now_stays_until_somebody_lets_go(cast: Cast, rules: Rules):
    ended(cast, days=3_700)
    list_due(cast.lead.clinic)
    noticed()
    due = Due.objects.get()
    page = cast.as_("alice").get(reverse("client", args=[cast.client.pk])).content.decode()
    assert "everything of the client is erased" in page
    cast.as_("alice").post(reverse("keep-for-now", args=[due.pk]), {"keep": "yes"})
    carry_out(cast.lead.clinic)
    assert Client.objects.exists()
    cast.as_("lead").post(reverse("keep-for-now", args=[due.pk]), {"keep": "no"})
    carry_out(cast.lead.clinic)
    assert Client.objects.exists(), "the notice begins anew"
    noticed()
    carry_out(cast.lead.clinic)
    assert not Client.objects.exists()


def test_a_therapy_that_goes_on_or_a_rule_that_is_lifted_takes_it_off_the_list(cast: Cast, rules: Rules):
    ended(cast, days=3_700)
    list_due(cast.lead.clinic)
    noticed()
    Client.objects.update(ended_at=None)
    assert carry_out(cast.lead.clinic)["erasure"] == 0, "also when the list is older than the change"
    list_due(cast.lead.clinic)
    assert not Due.objects.exists()
    ended(cast, days=3_700)
    list_due(cast.lead.clinic)
    Rules.objects.update(erase_years=None)
    list_due(cast.lead.clinic)
    assert not Due.objects.exists()


def test_other_clinics_rules_are_theirs(cast: Cast, rules: Rules):
    ended(cast, days=3_700)
    assert list_due(cast.stranger.clinic) == 0


def test_links_that_were_never_used_go_and_used_ones_stay(cast: Cast):
    Rules.objects.create(clinic=cast.lead.clinic, links_months=12)
    long_ago = timezone.now() - timedelta(days=400)
    Link.objects.update(created_at=long_ago, expires_at=long_ago)
    used = Link.objects.first()
    assert used is not None
    Link.objects.filter(pk=used.pk).update(used_at=long_ago)
    assert carry_out(cast.lead.clinic)["links"] == 1
    assert list(Link.objects.all()) == [used]


def test_new_rules_are_recorded_and_listed_at_once(cast: Cast):
    ended(cast, days=3_700)
    answer = cast.as_("lead").post(reverse("retention"), {"erase_years": "10"}, follow=True)
    assert cast.client.pk.hex[:8] in answer.content.decode()
    assert LABEL not in answer.content.decode()
    row = Record.objects.get(action=Action.MANAGED)
    assert row.what == "rules of retention: transcripts_months never, erase_years 10, links_months never"


def test_rules_need_the_password_and_numbers_that_make_sense(cast: Cast):
    browser = cast.as_("lead")
    page = browser.post(reverse("retention"), {"links_months": "3", "erase_years": "0"}).content.decode()
    assert page.count("errorlist") == 2
    session = browser.session
    session["password_given_at"] = 0
    session.save()
    assert browser.post(reverse("retention"), {"erase_years": "1"})["Location"].startswith(reverse("confirm"))
    assert not Rules.objects.exists()


def test_the_command_lists_and_does_nothing_until_it_is_told(cast: Cast, rules: Rules):
    ended(cast, days=3_700)
    out = StringIO()
    call_command("retention", stdout=out)
    assert f"case {cast.client.pk}: everything of the client is erased" in out.getvalue()
    noticed()
    call_command("retention", stdout=StringIO())
    assert Client.objects.exists()
    call_command("retention", "--carry-out", stdout=out)
    assert "1 erasure" in out.getvalue()
    assert not Client.objects.exists()


def test_what_is_due_once_a_day_is_asked_of_the_worker_once(cast: Cast):
    Beat("one").beat()
    Beat("two").beat()
    assert not ask_for_todays_duties()
    assert DBTaskResult.objects.count() == 3
    assert work() == []
    assert Glance.objects.count() == 2
    assert ChainCheck.objects.get().broken is None
    Day.objects.update(date=timezone.localdate() - timedelta(days=1))
    assert ask_for_todays_duties()
    assert DBTaskResult.objects.count() == 6


def test_an_erasure_that_was_killed_is_finished_the_next_day(cast: Cast, rules: Rules, monkeypatch):
    from attunement.web.clients import erasure

    ended(cast, days=3_700)
    list_due(cast.lead.clinic)
    noticed()

    def killed(*_args, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(erasure, "record", killed)
    with pytest.raises(KeyboardInterrupt):
        carry_out(cast.lead.clinic)
    monkeypatch.undo()
    assert not keys.has_key(cast.client.pk)
    assert carry_out(cast.lead.clinic)["erasure"] == 1
    assert not Client.objects.exists()
    assert Erasure.objects.filter(client=cast.client.pk).count() == 1


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)), st.integers(0, 700))
def test_months_earlier_is_the_same_day_or_the_last_of_the_month(moment: datetime, months: int):
    moment = moment.replace(tzinfo=UTC)
    before = months_before(moment, months)
    assert (moment.year - before.year) * 12 + moment.month - before.month == months
    assert before.day == moment.day or (before + timedelta(days=1)).day == 1
    assert before.timetz() == moment.timetz()


def test_what_is_due_of_many_is_asked_for_at_once(cast: Cast, rules: Rules, django_assert_max_num_queries):
    for number in range(5):
        client = Client.admit(therapist=cast.bob, label=f"C-{number}")
        Due.objects.create(client=client, kind=Kind.ERASURE)
    browser = cast.as_("lead")
    browser.get(reverse("retention"))
    with django_assert_max_num_queries(12):
        browser.get(reverse("retention"))
