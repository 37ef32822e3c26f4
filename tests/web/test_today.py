"""A client's name, the end of a therapy, and what Today shows of whom."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

import pytest
from django.urls import reverse
from django.utils import timezone
from web_cast import LABEL, Cast

from attunement.case.findings import AlertKind
from attunement.reports.case.wording import ALERT
from attunement.web.checkins.models import FeltOff
from attunement.web.clients.evidence import TITLES
from attunement.web.clients.models import Client
from attunement.web.reading.models import CaseView
from attunement.web.sessions.models import Session, State, Transcript

TURN = "I did not know that you would remember the kumquat, and then you did"


def today(cast: Cast) -> str:
    """Alice's first page."""
    return cast.as_("alice").get(reverse("today")).content.decode()


def end(cast: Cast, day: date, *, follow: bool = True):
    """What the page answers Alice who ends the therapy."""
    return cast.as_("alice").post(
        reverse("end-therapy", args=[cast.client.pk]), {"date": day.isoformat()}, follow=follow
    )


def alert(kind: str, **more: object) -> dict[str, object]:
    """An alert as the worker keeps it."""
    words = {
        "says": "It may be so.",
        "basis": "Rests on little.",
        "next_step": "Ask.",
        "confidence": 0.6,
        "urgency": 0.5,
    }
    return {"kind": kind, "evidence": [], **words, **more}


def with_alerts(cast: Cast, *alerts: dict[str, object]) -> None:
    """The client's case, with these alerts."""
    CaseView.objects.create(client=cast.client, alerts=list(alerts), version=1, shown=1)


def test_a_client_whose_therapy_ended_is_on_a_page_of_its_own(cast: Cast):
    assert LABEL in today(cast)
    end(cast, timezone.localdate() - timedelta(days=3))
    assert LABEL not in today(cast)
    ended = cast.as_("alice").get(reverse("ended-clients")).content.decode()
    assert LABEL in ended
    assert LABEL not in cast.as_("bob").get(reverse("ended-clients")).content.decode()


def test_a_therapy_that_ended_can_go_on(cast: Cast):
    end(cast, timezone.localdate())
    assert "ended on" in cast.as_("alice").get(reverse("client", args=[cast.client.pk])).content.decode()
    cast.as_("alice").post(reverse("end-therapy", args=[cast.client.pk]), {"reopen": "yes"})
    assert LABEL in today(cast)
    assert Client.objects.get(pk=cast.client.pk).ended_at is None


def test_nothing_ends_tomorrow(cast: Cast):
    response = end(cast, timezone.localdate() + timedelta(days=1))
    assert "still to come" in response.content.decode()
    assert Client.objects.get(pk=cast.client.pk).ended_at is None


def test_another_name_is_sealed_and_the_case_is_drawn_anew(cast: Cast):
    address = reverse("client-details", args=[cast.client.pk])
    cast.as_("alice").post(address, {"label": "Wren"})
    assert Client.objects.get(pk=cast.client.pk).label == "Wren"
    assert not CaseView.objects.get(client=cast.client).is_current
    assert "errorlist" in cast.as_("alice").post(address, {"label": " "}).content.decode()


def test_alerts_have_the_names_of_the_reports():
    assert set(TITLES) == set(get_args(AlertKind))
    assert {kind: str(words) for kind, words in TITLES.items()} == ALERT


def test_an_alert_leads_to_the_turn_it_rests_on(cast: Cast):
    said = {"turn": 14, "speaker": "client", "text": TURN}
    with_alerts(cast, alert("unrepaired_rupture", evidence=[{"session": 1, "words": [said]}]))
    shown = today(cast)
    assert f"{reverse('session', args=[cast.session.pk])}#turn-14" in shown
    assert TURN in shown
    assert "A rupture left open" in shown
    assert "Ask." in shown


def test_an_alert_without_turns_leads_to_its_session(cast: Cast):
    with_alerts(cast, alert("deterioration", evidence=[{"session": 1, "words": []}, {"session": 99, "words": []}]))
    assert f'href="{reverse("session", args=[cast.session.pk])}"' in today(cast)


def test_what_felt_off_stays_until_there_was_time_to_take_it_up(cast: Cast):
    assert "something felt off" in today(cast)
    Session.objects.create(client=cast.client, number=2)
    assert "something felt off" in today(cast)
    Session.objects.create(client=cast.client, number=3)
    assert "something felt off" not in today(cast)


def test_a_note_for_the_client_alone_is_not_on_the_list(cast: Cast):
    FeltOff.objects.update(sight="mine")
    assert "something felt off" not in today(cast)


@pytest.mark.parametrize(
    "state, says", [(State.REFUSED, "A transcript could not be read"), (State.WAITING, "is being read")]
)
def test_transcripts_on_their_way_are_told_of(cast: Cast, state: State, says: str):
    Transcript.objects.create(client=cast.client, session=cast.session, file_name="a", content=b"", state=state)
    assert says in today(cast)


def test_clients_with_something_open_come_first(cast: Cast):
    FeltOff.objects.all().delete()
    quiet = Client.admit(therapist=cast.alice, label="Aardvark")
    with_alerts(cast, alert("deterioration"))
    shown = today(cast)
    assert shown.index(LABEL) < shown.index("Nothing open") < shown.index(quiet.label)
