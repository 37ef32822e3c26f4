"""What happens around a session is written down, becomes part of the case, and can be struck out."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from django.urls import reverse
from web_cast import Cast

from attunement.case.record import Event as CaseEvent
from attunement.case.record import EventKind
from attunement.web.reading.case import case_of
from attunement.web.reading.models import CaseView
from attunement.web.sessions.events import FORMS, STATES, WHO
from attunement.web.sessions.models import Event, Session

NOTE = "the kumquat was in the way"
SAID = [
    (
        "late",
        {"by": "client", "minutes": "10", "note": NOTE},
        CaseEvent("late", 1, by="client", minutes=10.0, note=NOTE),
    ),
    ("late", {"by": "therapist"}, CaseEvent("late", 1, by="therapist")),
    ("cancelled", {"by": "client"}, CaseEvent("cancelled", 1, by="client")),
    ("agreement", {"note": NOTE, "due": "9"}, CaseEvent("agreement", 1, note=NOTE, due=9)),
    ("agreement", {"note": NOTE, "kept": "no"}, CaseEvent("agreement", 1, note=NOTE, kept=False)),
    ("fee", {"note": NOTE}, CaseEvent("fee", 1, note=NOTE)),
    ("room", {"note": NOTE}, CaseEvent("room", 1, note=NOTE)),
    ("break", {"note": NOTE}, CaseEvent("break", 1, note=NOTE)),
    ("therapist_state", {"state": "tired"}, CaseEvent("therapist_state", 1, state="tired")),
]


def write_down(cast: Cast, kind: str, **said: str):
    """What the page answers Alice."""
    address = reverse("add-event", args=[cast.session.pk])
    return cast.as_("alice").post(address, {"kind": kind, **said}, follow=True)


def test_there_is_a_form_for_each_kind_of_event_and_each_of_its_words():
    assert set(FORMS) == set(get_args(EventKind))
    assert {value for value, _ in WHO} == {"therapist", "client"}
    assert [value for value, _ in STATES] == ["well", "tired", "distracted", "unwell", "troubled"]


@pytest.mark.parametrize("kind, said, meant", SAID)
def test_what_is_written_down_is_in_the_case(cast: Cast, kind: str, said: dict[str, str], meant: CaseEvent):
    response = write_down(cast, kind, **said)
    assert case_of(cast.client).events == (meant,)
    assert CaseView.objects.get().version == 2  # 1 is a case that nobody has computed yet
    if meant.note:
        assert NOTE in response.content.decode()


@pytest.mark.parametrize(
    "kind, said",
    [
        ("late", {"by": "the dog"}),
        ("late", {"by": "client", "minutes": "-3"}),
        ("late", {"by": "client", "minutes": "nan"}),
        ("agreement", {"note": ""}),
        ("agreement", {"note": NOTE, "due": "0"}),
        ("therapist_state", {"state": "heroic"}),
    ],
)
def test_what_was_not_understood_is_said_at_its_form(cast: Cast, kind: str, said: dict[str, str]):
    response = write_down(cast, kind, **said)
    assert not Event.objects.exists()
    shown = response.content.decode()
    assert "errorlist" in shown
    assert '<details name="event" open>' in shown


def test_an_unknown_kind_is_not_there(cast: Cast):
    assert write_down(cast, "earthquake").status_code == 404


def test_whether_an_agreement_was_kept_is_told_when_it_is_known(cast: Cast):
    write_down(cast, "agreement", note=NOTE)
    event = Event.objects.get()
    address = reverse("event-kept", args=[cast.session.pk, event.pk])
    for said, kept in (("yes", True), ("no", False), ("unknown", None)):
        cast.as_("alice").post(address, {"kept": said})
        assert case_of(cast.client).events[0].kept is kept
    assert cast.as_("alice").post(address, {"kept": "perhaps"}).status_code == 404


def test_only_an_agreement_can_be_kept(cast: Cast):
    write_down(cast, "fee", note=NOTE)
    address = reverse("event-kept", args=[cast.session.pk, Event.objects.get().pk])
    assert cast.as_("alice").post(address, {"kept": "yes"}).status_code == 404


def test_what_was_struck_out_is_gone_from_the_case(cast: Cast):
    write_down(cast, "fee", note=NOTE)
    cast.as_("alice").post(reverse("delete-event", args=[cast.session.pk, Event.objects.get().pk]))
    assert case_of(cast.client).events == ()
    assert CaseView.objects.get().version == 3


def test_an_event_of_another_session_is_not_there(cast: Cast):
    other = Session.objects.create(client=cast.client, number=2)
    event = Event.objects.create(client=cast.client, session=other, kind="fee", details={"note": NOTE})
    assert cast.as_("alice").post(reverse("delete-event", args=[cast.session.pk, event.pk])).status_code == 404
    assert Event.objects.exists()


def test_a_supervisor_reads_what_is_written_down_and_writes_nothing(cast: Cast):
    write_down(cast, "fee", note=NOTE)
    shown = cast.as_("supervisor").get(reverse("session", args=[cast.session.pk])).content.decode()
    assert NOTE in shown
    assert "event-forms" not in shown


def add(cast: Cast, **said: object):
    """What the page answers Alice who adds a session without a transcript."""
    return cast.as_("alice").post(reverse("add-session", args=[cast.client.pk]), said, follow=True)


def test_a_session_can_be_added_without_a_transcript(cast: Cast):
    response = add(cast, number=7, date="2026-03-11")
    assert "no transcript" in response.content.decode()
    assert Session.objects.get(number=7).date == date(2026, 3, 11)
    assert 7 in [session.number for session in case_of(cast.client).sessions]


def test_a_cancelled_session_is_an_event_of_the_case(cast: Cast):
    add(cast, number=7, cancelled="client")
    assert case_of(cast.client).events == (CaseEvent("cancelled", 7, by="client"),)


def test_a_session_can_be_added_where_nothing_may_be_read(cast: Cast):
    cast.client.consents.all().delete()
    page = cast.as_("alice").get(reverse("new-session", args=[cast.client.pk])).content.decode()
    assert "has not agreed" in page
    assert 'name="cancelled"' in page
    add(cast, number=7)
    assert Session.objects.filter(number=7).exists()


def test_a_session_that_is_there_is_not_added_again(cast: Cast):
    response = add(cast, number=1, cancelled="client")
    assert "is there already" in response.content.decode()
    assert not Event.objects.exists()
