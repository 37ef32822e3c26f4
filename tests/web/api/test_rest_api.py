"""Sessions, measures, events, alerts and check-in links for other programs; whatever is sent twice is there once."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date

import jsonschema
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from web_cast import FELT_OFF, LABEL, Cast, transcript, work

from attunement.reports import schema as reading_schema
from attunement.web.alerts.keeping import keep_alerts
from attunement.web.api.scopes import Scope
from attunement.web.checkins.models import Answers, Link
from attunement.web.clients.consent import decide
from attunement.web.clients.models import Client, ConsentKind
from attunement.web.reading.models import CaseView
from attunement.web.reading.stored import packed
from attunement.web.sessions.models import Event, Reading, Session, State, Transcript
from stand_in import example

JSON = {"content_type": "application/json"}
WITHOUT_WORDS = [scope for scope in Scope.values if scope != Scope.TRANSCRIPTS_READ]
RUPTURE = {
    "kind": "unrepaired_rupture",
    "says": "In session 1 (turns 3–4) the client may have drawn back.",
    "evidence": [
        {
            "session": 1,
            "turns": [3, 4],
            "words": [{"turn": 3, "speaker": "client", "text": "the zebra words"}],
            "measure": None,
            "value": None,
            "event": None,
        },
        {"session": 1, "turns": [], "words": [], "measure": "safe", "value": 8.0, "event": None},
    ],
    "confidence": 0.7,
    "basis": "The chance that it was one.",
    "next_step": "Come back to it.",
    "urgency": 0.8,
}


def test_clients_come_in_pages(cast: Cast):
    for number in range(3):
        Client.admit(therapist=cast.alice, label=f"C-{number}")
    client = cast.program_of("alice")
    page = client.get(reverse("api-clients"), {"limit": 3}).json()
    assert (page["count"], [each["label"] for each in page["items"]]) == (4, [LABEL, "C-0", "C-1"])
    rest = client.get(page["next"]).json()
    assert ([each["label"] for each in rest["items"]], rest["next"]) == (["C-2"], None)


def test_a_client_says_what_they_agreed_to_and_what_was_not_asked(cast: Cast):
    found = cast.program_of("alice").get(reverse("api-client", args=[cast.client.pk])).json()
    assert found["consent"] == {"recording": None, "analysis": True, "research": None}


def test_lists_ask_the_database_as_often_for_many(cast: Cast):
    client = cast.program_of("alice")
    client.get(reverse("api-clients"))
    mine = [cast.client.pk]
    for name, arguments, query in (
        ("api-clients", [], {}),
        ("api-alerts", [], {}),
        ("api-sessions", mine, {}),
        ("api-measures", mine, {}),
        ("fhir-observations", [], {"patient": cast.client.pk}),
    ):
        counts = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse(name, args=arguments), query)
            counts.append(len(asked))
            for number in range(5):
                other = Client.admit(therapist=cast.alice, label=f"C-{number}")
                CaseView.objects.create(client=other, alerts=[RUPTURE])
                session = Session.objects.create(client=cast.client, number=100 + Session.objects.count())
                session.answers.create(client=cast.client, instrument="phq9", items={}, total=number)
        assert counts[0] == counts[1] <= 14, (name, counts)


def test_a_session_sent_twice_is_there_once(cast: Cast):
    client = cast.program_of("alice")
    address = reverse("api-session", args=[cast.client.pk, 7])
    for day in ("2026-05-01", "2026-05-01", "2026-05-02", None):
        response = client.put(address, {"date": day}, **JSON)
        assert response.status_code == 200
    assert Session.objects.get(client=cast.client, number=7).date == date(2026, 5, 2)
    assert client.get(address).json()["transcript"] == "none"


def test_an_uploaded_transcript_is_read_and_its_findings_come_in_short(cast: Cast, coder):
    client = cast.program_of("alice")
    name, content = transcript()
    address = reverse("api-transcript", args=[cast.client.pk, 2])
    for _ in range(2):
        sent = client.post(address, {"file": SimpleUploadedFile(name, content), "date": "2026-05-01"})
        assert (sent.status_code, sent.json()["transcript"]) == (202, "waiting")
    assert work() == []
    found = client.get(reverse("api-session", args=[cast.client.pk, 2])).json()
    assert (found["transcript"], found["date"]) == ("read", "2026-05-01")
    assert {"rate", "interval"} == set(found["found"]["attunement"])
    assert "not a diagnosis" in found["found"]["caveat"]
    read = Reading.objects.get().read_at
    assert client.post(address, {"file": SimpleUploadedFile(name, content)}).json()["transcript"] == "read"
    assert (Transcript.objects.count(), Reading.objects.get().read_at) == (1, read)


def test_another_transcript_takes_the_place_of_one_only_when_that_is_meant(cast: Cast):
    client = cast.program_of("alice")
    address = reverse("api-transcript", args=[cast.client.pk, 2])
    assert client.post(address, {"pasted": "Therapist: one\nClient: two"}).status_code == 202
    other = {"pasted": "Therapist: three\nClient: four"}
    assert client.post(address, other).status_code == 409
    assert client.post(address, {**other, "replace": "true"}).status_code == 202
    assert b"three" in Transcript.objects.get().content


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"pasted": " "},
        {"file": SimpleUploadedFile("a.exe", b"x")},
        {"pasted": "a", "date": "tomorrow"},
        {"file": "no file"},
    ],
)
def test_what_is_no_transcript_is_refused(cast: Cast, sent: dict):
    response = cast.program_of("alice").post(reverse("api-transcript", args=[cast.client.pk, 2]), sent)
    assert response.status_code == 422
    assert not Transcript.objects.exists()


def test_without_consent_no_transcript_is_kept(cast: Cast):
    decide(cast.client, ConsentKind.ANALYSIS, is_given=False, by_client=True)
    address = reverse("api-transcript", args=[cast.client.pk, 2])
    response = cast.program_of("alice").post(address, {"pasted": "Therapist: one\nClient: two"})
    assert response.status_code == 409
    assert "agreed" in response.json()["detail"]
    assert not Transcript.objects.exists()


def test_a_reading_has_words_only_for_who_may_read_them(cast: Cast):
    cast.read_session()
    address = reverse("api-reading", args=[cast.client.pk, 1])
    said = [turn.text for turn in example(timed=True).session.turns if len(turn.text) > 20]
    whole = cast.program_of("alice").get(address).json()
    assert [turn["text"] for turn in whole["turns"] if len(turn["text"]) > 20] == said
    response = cast.program_of("alice", *WITHOUT_WORDS).get(address)
    assert not [words for words in said if words in response.content.decode()]
    for reading in (whole, response.json()):
        jsonschema.validate(reading, reading_schema())
    assert response.json()["episodes"] == whole["episodes"]


def test_names_come_out_only_for_who_may_read_words(cast: Cast):
    cast.read_session()
    reading = example(timed=True)
    roles = replace(reading.session.roles, therapist="Zebulon", client="Xanthippe", how="guessed", confidence=0.6)
    turns = tuple(replace(turn, name="Zebulon") for turn in reading.session.turns)
    warnings = ("Zebulon was taken as the therapist.",)
    session = replace(reading.session, roles=roles, turns=turns, warnings=warnings, source="Zebulon.vtt")
    row = Reading.objects.get()
    row.content = packed(replace(reading, session=session))
    row.save()
    addresses = [reverse(name, args=[cast.client.pk, 1]) for name in ("api-session", "api-reading")]
    few = [cast.program_of("alice", *WITHOUT_WORDS).get(address).content.decode() for address in addresses]
    assert not [page for page in few if "Zebulon" in page or "Xanthippe" in page]
    assert "not sure who is the therapist" in few[0]
    assert "Zebulon" in cast.program_of("alice").get(addresses[1]).content.decode()


def test_why_a_transcript_was_refused_is_said_to_who_may_read_words(cast: Cast):
    Transcript.objects.create(
        client=cast.client,
        session=cast.session,
        file_name="a.txt",
        content=b"",
        state=State.REFUSED,
        refusal="the speakers are: Zebulon, Xanthippe.",
    )
    address = reverse("api-session", args=[cast.client.pk, 1])
    assert "Zebulon" in cast.program_of("alice").get(address).json()["refusal"]
    assert "Zebulon" not in cast.program_of("alice", *WITHOUT_WORDS).get(address).json()["refusal"]


def test_answers_are_scored_and_kept_once(cast: Cast):
    client = cast.program_of("alice")
    address = reverse("api-answers", args=[cast.client.pk, 3, "PHQ-9"])
    items = {str(number): 2 for number in range(1, 10)}
    for _ in range(2):
        scores = client.put(address, {"items": items, "date": "2026-05-01"}, **JSON).json()
    assert (scores[0]["value"], scores[0]["band"], scores[0]["higher_is_better"]) == (18, "moderately severe", False)
    assert Answers.objects.filter(instrument="phq9").count() == 1
    assert client.put(address, {"total": 4}, **JSON).json()[0]["value"] == 4
    listed = client.get(reverse("api-measures", args=[cast.client.pk]), {"instrument": "phq9"}).json()
    assert [(each["session"], each["value"]) for each in listed["items"]] == [(3, 4)]


@pytest.mark.parametrize(
    "instrument, sent, says",
    [
        ("phq8", {"total": 1}, "did you mean 'phq9'"),
        ("phq9", {"total": 28}, "outside the range"),
        ("phq9", {"items": {"1": 4}}, "outside the item's range"),
        ("phq9", {"items": {"10": 1}}, "no item"),
        ("phq9", {"items": {}}, "either items"),
        ("phq9", {"items": {"1": 1}, "total": 1}, "either items"),
        ("phq9", {"items": {"1": 0.5}}, "whole number"),
    ],
)
def test_what_is_no_answer_is_refused_in_words(cast: Cast, instrument: str, sent: dict, says: str):
    response = cast.program_of("alice").put(reverse("api-answers", args=[cast.client.pk, 3, instrument]), sent, **JSON)
    assert response.status_code == 422
    assert says in response.json()["detail"].lower() or says in response.json()["detail"]
    assert not Session.objects.filter(number=3).exists()


def test_what_a_client_answered_is_not_overwritten(cast: Cast):
    Answers.objects.update(link=Link.objects.latest("created_at"))
    address = reverse("api-answers", args=[cast.client.pk, 1, "check_in"])
    assert cast.program_of("alice").put(address, {"items": {"understood": 0}}, **JSON).status_code == 409
    assert Answers.objects.get().items["understood"] == 7


def test_an_event_sent_twice_is_there_once(cast: Cast):
    client = cast.program_of("alice")
    address = reverse("api-event", args=[cast.client.pk, uuid.uuid4()])
    for minutes in (5, 5, 6):
        sent = client.put(address, {"session": 1, "kind": "late", "by": "therapist", "minutes": minutes}, **JSON)
        assert sent.status_code == 200
    listed = client.get(reverse("api-events", args=[cast.client.pk])).json()["items"]
    assert [(each["kind"], each["by"], each["minutes"]) for each in listed] == [("late", "therapist", 6)]


@pytest.mark.parametrize(
    "sent",
    [
        {"session": 1, "kind": "late"},
        {"session": 0, "kind": "late", "by": "client"},
        {"session": 1, "kind": "fire", "note": "x"},
        {"session": 1, "kind": "therapist_state", "state": "bored"},
        {"session": 1, "kind": "agreement", "note": ""},
        {"session": 1, "kind": "late", "by": "client", "secret": 1},
    ],
)
def test_what_is_no_event_is_refused(cast: Cast, sent: dict):
    response = cast.program_of("alice").put(reverse("api-event", args=[cast.client.pk, uuid.uuid4()]), sent, **JSON)
    assert response.status_code == 422
    assert not Event.objects.exists()


def test_nobody_takes_the_event_of_another_client(cast: Cast):
    event = Event.objects.create(client=cast.client, session=cast.session, kind="late", details={"by": "client"})
    other = Client.admit(therapist=cast.alice, label="other")
    address = reverse("api-event", args=[other.pk, event.pk])
    sent = cast.program_of("alice").put(address, {"session": 1, "kind": "late", "by": "client"}, **JSON)
    assert sent.status_code == 409
    assert Event.objects.get().client == cast.client


def test_alerts_are_ranked_with_evidence_and_next_step(cast: Cast):
    calm = {**RUPTURE, "kind": "not_on_track", "urgency": 0.2}
    CaseView.objects.create(client=cast.client, alerts=[calm, RUPTURE], shown=1)
    keep_alerts(cast.client, [RUPTURE["kind"]])
    found = cast.program_of("alice").get(reverse("api-alerts")).json()["items"]
    assert [each["kind"] for each in found] == ["unrepaired_rupture", "not_on_track"]
    assert found[0]["evidence"][0]["words"][0]["text"] == "the zebra words"
    assert (found[0]["next_step"], found[0]["client"]) == ("Come back to it.", str(cast.client.pk))
    assert "not validated" in found[0]["caveat"]
    assert (found[0]["since"] is not None, found[0]["seen_at"], found[1]["since"]) == (True, None, None)
    again = cast.program_of("alice").get(reverse("api-client-alerts", args=[cast.client.pk])).json()["items"]
    assert [each["id"] for each in again] == [each["id"] for each in found]


def test_alerts_quote_only_for_who_may_read_words(cast: Cast):
    CaseView.objects.create(client=cast.client, alerts=[RUPTURE], shown=1)
    page = cast.program_of("alice", Scope.ALERTS_READ).get(reverse("api-alerts")).content.decode()
    assert "zebra" not in page
    assert '"turns": [3, 4]' in page


def test_a_check_in_link_is_given_again_to_who_asks_with_the_same_key(cast: Cast):
    client = cast.program_of("alice")
    address = reverse("api-check-in-links", args=[cast.client.pk, 1])
    before = Link.objects.count()
    links = {client.post(address, headers={"Idempotency-Key": key}).json()["address"] for key in ("a" * 16, "a" * 16)}
    assert (len(links), Link.objects.count()) == (1, before + 1)
    other = client.post(address, headers={"Idempotency-Key": "b" * 16}).json()["address"]
    assert other not in links
    assert cast.as_("client").get(other).status_code == 200
    assert client.post(address).status_code == 422
    assert cast.program_of("supervisor").post(address, headers={"Idempotency-Key": "a" * 16}).status_code == 404


def test_what_felt_off_is_not_for_programs(cast: Cast):
    client = cast.program_of("alice")
    for name in ("api-client", "api-sessions", "api-measures", "api-events", "api-client-alerts"):
        assert FELT_OFF not in client.get(reverse(name, args=[cast.client.pk])).content.decode()
