"""Since when an alert is open, that it was seen, and what of it a lead may know."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from web_cast import LABEL, Cast, upload_example, work

from attunement.web.alerts.keeping import keep_alerts
from attunement.web.alerts.models import Alert
from attunement.web.alerts.open import open_alerts, open_count, open_longer_than
from attunement.web.clients.models import Client
from attunement.web.lead.models import ClinicSettings
from attunement.web.reading.models import CaseView

KIND = "deterioration"


@pytest.fixture
def alert(cast: Cast) -> Alert:
    """One that is shown on the page of today."""
    keep_alerts(cast.client, [KIND])
    says = {"kind": KIND, "says": "Distress is worse.", "basis": "", "next_step": "Ask.", "urgency": 0.9}
    says |= {"evidence": [], "confidence": None}
    CaseView.objects.update_or_create(client=cast.client, defaults={"shown": 1})
    case = CaseView.objects.get(client=cast.client)
    case.alerts = [says]
    case.save()
    return Alert.objects.get()


def grown_old(alert: Alert, *, days: int) -> None:
    """As if it had been raised so long ago."""
    Alert.objects.filter(pk=alert.pk).update(raised_at=timezone.now() - timedelta(days=days))


def test_an_alert_that_stays_is_the_same_and_one_that_comes_back_is_new(cast: Cast):
    keep_alerts(cast.client, [KIND, "ending_risk"])
    first = {alert.kind: alert for alert in Alert.objects.all()}
    keep_alerts(cast.client, [KIND])
    again = {alert.kind: alert for alert in Alert.objects.all()}
    assert again[KIND].raised_at == first[KIND].raised_at < again[KIND].last_raised_at
    assert again["ending_risk"].closed_at is not None
    keep_alerts(cast.client, [KIND, "ending_risk"])
    assert sorted(alert.kind for alert in Alert.objects.filter(closed_at=None)) == [KIND, "ending_risk"]
    assert Alert.objects.count() == 3


def test_the_worker_keeps_what_a_case_raises(cast: Cast, coder):
    upload_example(cast.client)
    assert work() == []
    raised = {alert["kind"] for alert in CaseView.objects.get(client=cast.client).alerts}
    assert set(open_alerts([cast.client.pk]).get(cast.client.pk, {})) == raised


def test_the_kind_is_sealed(alert: Alert):
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind FROM alerts_alert")
        assert KIND.encode() not in bytes(cursor.fetchone()[0])


@pytest.mark.parametrize("page", ["today", "client"])
def test_the_therapist_says_that_they_have_seen_it(cast: Cast, alert: Alert, page: str):
    address = reverse(page, args=[cast.client.pk] if page == "client" else [])
    browser = cast.as_("alice")
    assert reverse("alert-seen", args=[alert.pk]) in browser.get(address).content.decode()
    answer = browser.post(
        reverse("alert-seen", args=[alert.pk]), {"words": "Asked on Monday.", "next": address}, follow=True
    )
    assert answer.redirect_chain[-1][0] == address
    assert "Asked on Monday." in answer.content.decode()
    alert.refresh_from_db()
    assert (alert.seen_by, alert.words) == (cast.alice, "Asked on Monday.")


def test_a_supervisor_reads_the_word_and_says_none(cast: Cast, alert: Alert):
    alert.words, alert.seen_at = "Asked on Monday.", timezone.now()
    alert.save()
    page = cast.as_("supervisor").get(reverse("client", args=[cast.client.pk])).content.decode()
    assert "Asked on Monday." in page
    assert reverse("alert-seen", args=[alert.pk]) not in page


def test_the_lead_learns_which_case_and_since_when_and_nothing_else(cast: Cast, alert: Alert):
    grown_old(alert, days=20)
    alert.refresh_from_db()
    alert.words = "Asked on Monday."
    alert.save()
    page = cast.as_("lead").get(reverse("open-alerts")).content.decode()
    assert cast.client.pk.hex[:8] in page
    assert "20 days" in page
    assert not [word for word in (LABEL, KIND, "Distress", "Asked on Monday") if word in page]


def test_it_is_shown_only_after_the_clinics_days(cast: Cast, alert: Alert):
    grown_old(alert, days=20)
    clinic = cast.lead.clinic
    assert [case.client for case in open_longer_than(clinic, 14)] == [cast.client.pk]
    ClinicSettings.objects.create(clinic=clinic, alert_days=21)
    assert cast.client.pk.hex[:8] not in cast.as_("lead").get(reverse("open-alerts")).content.decode()


def test_closed_ones_ended_therapies_and_other_clinics_do_not_count(cast: Cast, alert: Alert):
    grown_old(alert, days=20)
    assert open_longer_than(cast.stranger.clinic, 1) == []
    Client.objects.filter(pk=cast.client.pk).update(ended_at=timezone.now())
    assert open_longer_than(cast.lead.clinic, 1) == []
    Client.objects.filter(pk=cast.client.pk).update(ended_at=None)
    keep_alerts(cast.client, [])
    assert (open_longer_than(cast.lead.clinic, 1), open_count(cast.lead.clinic)) == ([], 0)


def test_the_page_asks_the_database_as_often_for_many_cases(cast: Cast, alert: Alert):
    grown_old(alert, days=20)
    browser, counts = cast.as_("lead"), []
    browser.get(reverse("open-alerts"))
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            browser.get(reverse("open-alerts"))
        counts.append(len(asked))
        for number in range(4):
            client = Client.admit(therapist=cast.bob, label=f"C-{number}")
            keep_alerts(client, [KIND])
        Alert.objects.update(raised_at=timezone.now() - timedelta(days=20))
    assert counts[0] == counts[1] <= 12
