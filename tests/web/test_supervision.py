"""What a supervisor sees of whom, in which order, and with what is said beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from web_cast import FELT_OFF, LABEL, Cast, person, upload_example, work

import stand_in_case
import stand_in_coder
from attunement import examples
from attunement.transcripts import load
from attunement.web.audit.models import Record, first_broken
from attunement.web.clients.consent import decide
from attunement.web.clients.models import Client, ConsentKind
from attunement.web.findings.models import Comment
from attunement.web.people.models import Role, Supervision
from attunement.web.sessions.models import Reading, Session, State, Transcript
from attunement.web.supervision import skills, wording
from attunement.web.supervision.counting import counts_of
from attunement.web.supervision.models import Excerpt
from attunement.web.supervision.picking import moments_of
from attunement.web.supervision.skills import Hits

QUOTE = "“I just went to bed.”"
COUNTS = {
    "called": 6.0,
    "met": 3.0,
    "missed": 2.5,
    "harmed": 0.5,
    "ruptures": 2,
    "taken_up": 1,
    "mended": 1,
    "turns": 40,
    "failing": 3.0,
    "low": 1,
    "high": 7,
}


def moment(kind: str = "open", start: int = 12, confidence: float = 0.7, **other: Any) -> dict[str, Any]:
    """A moment as `picking` notes it."""
    what: dict[str, dict[str, Any]] = {
        "open": {"strain": "withdrawal", "fate": "missed"},
        "late": {"strain": "withdrawal", "fate": "late"},
        "repaired": {"by": "therapist", "resolution": "full", "fate": "held"},
        "corrective": {"strength": "partial", "fate": ""},
        "missed": {"hurt": False, "fate": ""},
    }
    return {
        "kind": kind,
        "start": start,
        "end": start + 6,
        "clock": "4:05–6:30",
        "confidence": confidence,
        "quotes": [{"turn": start + 2, "speaker": "client", "words": QUOTE}],
        "later": [],
        **what[kind],
        **other,
    }


def read_session(client: Client, number: int, *moments: dict[str, Any], counts: Any = COUNTS) -> Session:
    """A session with a reading of which only the excerpt matters."""
    day = date(2026, 1, 5) + timedelta(days=7 * number)
    session, _made = Session.objects.get_or_create(client=client, number=number, defaults={"date": day})
    kept = Transcript.objects.create(client=client, session=session, file_name="a", content=b"a", state=State.READ)
    reading = Reading.objects.create(client=client, session=session, transcript=kept, content=b"", coder="none")
    Excerpt.objects.create(client=client, reading=reading, moments=list(moments), counts=counts)
    return session


def page(cast: Cast, name: str, who: str = "supervisor", /, **asked: str) -> str:
    """A page on Alice as somebody sees it."""
    arguments = [cast.alice.pk] if name in ("moments", "skills") else []
    return cast.as_(who).get(reverse(name, args=arguments), asked).content.decode()


# --- what the worker notes --------------------------------------------------------------------------------------------


def test_the_worker_notes_an_excerpt_of_every_session_read(cast: Cast, coder):
    for number in (2, 3):
        upload_example(cast.client, number=number)
    assert work() == []
    excerpts = Excerpt.objects.order_by("reading__session__number")
    assert [excerpt.reading.session.number for excerpt in excerpts] == [2, 3]
    assert excerpts[0].counts["turns"] > 0
    Transcript.objects.get(session__number=2).delete()
    assert Excerpt.objects.get().reading.session.number == 3


@pytest.fixture(scope="module")
def noted() -> list[dict[str, Any]]:
    """The moments of an invented case with everything in it."""
    case = stand_in_case.full_case()
    return [each for session in case.case.read for each in moments_of(session, case)]


def test_moments_of_all_kinds_are_noted_with_what_they_rest_on(noted: list[dict[str, Any]]):
    assert {each["kind"] for each in noted} >= {"open", "repaired", "corrective"}
    for each in noted:
        assert 1 <= each["start"] <= each["end"]
        assert 0 <= each["confidence"] <= 1
        assert 1 <= len(each["quotes"]) <= 3


def test_a_moment_knows_what_later_sessions_made_of_it(noted: list[dict[str, Any]]):
    fates = {(each["kind"], each["fate"]) for each in noted}
    assert {("open", "missed"), ("repaired", "held")} & fates
    assert all(each["later"] for each in noted if each["fate"] in ("late", "lived", "came again"))


def test_every_moment_can_be_said_in_words(noted: list[dict[str, Any]]):
    for each in noted:
        assert wording.reason(each).endswith(".")
        assert "%(" not in wording.afterwards(each)


def test_a_rupture_that_was_taken_up_and_mended_is_not_among_the_open_ones(noted: list[dict[str, Any]]):
    case = stand_in_case.full_case()
    mended = [
        (fate.rupture.start, fate.rupture.end)
        for fate in case.threads.ruptures
        if fate.noticed == "in_session" and fate.rupture.resolution != "none"
    ]
    assert mended
    assert not [each for each in noted if each["kind"] == "open" and (each["start"], each["end"]) in mended]


@pytest.mark.parametrize("name", ["leander-1", "maribel-2"])
def test_counts_are_within_what_there_was(name: str):
    session = load(next(path for path in examples.transcripts() if path.stem == name))
    counts = counts_of(stand_in_coder.find(session))
    assert counts is not None
    assert counts["taken_up"] <= counts["ruptures"]
    assert 0 <= counts["met"] <= counts["called"]
    assert counts["low"] <= counts["failing"] <= counts["high"] <= counts["turns"]


def test_nothing_is_counted_in_a_session_too_short_to_tell():
    session = load(next(path for path in examples.transcripts() if path.stem == "leander-1"))
    reading = stand_in_coder.find(session)
    assert counts_of(replace(reading, session=replace(session, turns=session.turns[:10]))) is None


def test_a_missing_excerpt_is_made_anew_with_the_case(cast: Cast, coder):
    from attunement.web.reading.queue import case_changed

    upload_example(cast.client)
    assert work() == []
    Excerpt.objects.all().delete()
    case_changed(cast.client)
    assert work() == []
    assert Excerpt.objects.count() == 1


def test_a_transcript_taken_back_takes_its_excerpt_along(cast: Cast):
    read_session(cast.client, 2, moment())
    decide(cast.client, ConsentKind.ANALYSIS, is_given=False, by_client=True)
    assert not Excerpt.objects.exists()


def test_a_reading_deleted_meanwhile_gets_no_excerpt(cast: Cast):
    from attunement.web.supervision.keeping import keep

    session = read_session(cast.client, 2, moment())
    again = Excerpt(client=cast.client, reading_id=session.reading.pk, moments=[], counts=None)
    Transcript.objects.all().delete()
    keep(cast.client, [again])
    assert not Excerpt.objects.exists()


# --- who sees whom ----------------------------------------------------------------------------------------------------


def test_supervisees_and_clients_stand_in_alphabetical_order(cast: Cast):
    other = person(cast.alice.clinic, "aaron", Role.THERAPIST)
    Supervision.objects.create(supervisor=cast.supervisor, therapist=other)
    for label in ("zebra", "Apple", "mango"):
        Client.admit(therapist=cast.alice, label=label)
    shown = page(cast, "supervision")
    places = [shown.index(f">{word}<") for word in ("Aaron", "Alice", "Apple", "mango", LABEL, "zebra")]
    assert places == sorted(places)
    assert "alphabetical order" in shown


def test_a_former_supervisor_sees_nobody(cast: Cast):
    read_session(cast.client, 2, moment())
    Comment.objects.create(client=cast.client, session=cast.session, author=cast.former_supervisor, turn=1, text="so")
    for name in ("supervision", "own-comments"):
        shown = page(cast, name, "former_supervisor")
        assert LABEL not in shown
        assert "Alice" not in shown
    for name in ("moments", "skills"):
        url = reverse(name, args=[cast.alice.pk])
        assert cast.as_("former_supervisor").get(url).status_code == 404


def test_supervision_that_ends_takes_the_pages_away_at_once(cast: Cast):
    browser, url = cast.as_("supervisor"), reverse("moments", args=[cast.alice.pk])
    assert browser.get(url).status_code == 200
    Supervision.objects.filter(ended_at=None).update(ended_at=timezone.now())
    assert browser.get(url).status_code == 404
    assert LABEL not in browser.get(reverse("supervision")).content.decode()


def test_who_is_no_longer_a_supervisor_reads_no_client(cast: Cast):
    cast.supervisor.roles = [Role.THERAPIST]
    cast.supervisor.save()
    browser = cast.as_("supervisor")
    assert browser.get(reverse("supervision")).status_code == 403
    assert browser.get(reverse("client", args=[cast.client.pk])).status_code == 404


def test_a_supervisor_who_is_a_therapist_too_finds_no_own_client_among_the_supervisees(cast: Cast):
    cast.supervisor.roles = [Role.SUPERVISOR, Role.THERAPIST]
    cast.supervisor.save()
    Client.admit(therapist=cast.supervisor, label="mine-alone")
    assert "mine-alone" not in page(cast, "supervision")
    assert "mine-alone" not in page(cast, "moments")


def test_what_felt_off_is_for_the_therapist_alone(cast: Cast):
    assert FELT_OFF not in page(cast, "supervision") + page(cast, "moments") + page(cast, "own-comments")


def test_every_client_whose_words_a_page_shows_is_in_the_audit_record(cast: Cast):
    other, silent = (Client.admit(therapist=cast.alice, label=label) for label in ("X-1", "X-2"))
    for client in (cast.client, other):
        read_session(client, 2, moment())
    page(cast, "moments")
    assert set(Record.objects.filter(what="moments worth watching").values_list("client", flat=True)) == {
        cast.client.pk,
        other.pk,
    }
    assert not Record.objects.filter(client=silent.pk).exists()
    assert first_broken() is None


def test_the_list_of_supervisees_is_recorded_for_every_client_on_it(cast: Cast):
    other = Client.admit(therapist=cast.alice, label="X-1")
    page(cast, "supervision")
    recorded = Record.objects.filter(what="supervisees").values_list("client", flat=True)
    assert set(recorded) == {cast.client.pk, other.pk}


# --- minutes worth watching -------------------------------------------------------------------------------------------


def test_ruptures_that_stayed_open_come_first_and_then_what_worked(cast: Cast):
    read_session(cast.client, 2, *(moment(kind) for kind in ("missed", "corrective", "repaired", "late", "open")))
    shown = page(cast, "moments")
    places = [shown.index(f'id="kind-{kind}"') for kind in ("open", "late", "repaired", "corrective", "missed")]
    assert places == sorted(places)
    assert QUOTE in shown
    assert "minute 4:05–6:30" in shown
    assert "likely, 70%" in shown


def test_a_moment_leads_to_its_turn_and_to_a_comment_there(cast: Cast):
    session = read_session(cast.client, 2, moment(start=12))
    shown, url = page(cast, "moments"), reverse("session", args=[session.pk])
    assert f'href="{url}#turn-12"' in shown
    assert f'href="{url}?comment=14#turn-14"' in shown


def test_the_newest_session_and_its_surest_moment_come_first(cast: Cast):
    read_session(cast.client, 2, moment(start=20))
    read_session(cast.client, 3, moment(start=30, confidence=0.4), moment(start=40, confidence=0.9))
    shown = page(cast, "moments")
    places = [shown.index(f"turns {start}–") for start in (40, 30, 20)]
    assert places == sorted(places)


def test_moments_can_be_narrowed_to_one_client_and_one_kind(cast: Cast):
    other = Client.admit(therapist=cast.alice, label="X-1")
    read_session(cast.client, 2, moment(start=20), moment("repaired", start=40))
    read_session(other, 2, moment(start=60))
    shown = page(cast, "moments", client=str(other.pk))
    assert "turns 60–" in shown
    assert "turns 20–" not in shown
    shown = page(cast, "moments", kind="repaired")
    assert "turns 40–" in shown
    assert "turns 20–" not in shown


@pytest.mark.parametrize("asked", [{"client": "nobody"}, {"kind": "nothing"}, {"page": "x"}, {"page": "9999"}])
def test_an_address_that_asks_for_nonsense_shows_all(cast: Cast, asked: dict[str, str]):
    read_session(cast.client, 2, moment(start=20))
    assert "turns 20–" in page(cast, "moments", **asked)


def test_many_moments_of_one_kind_are_turned_over_by_the_page(cast: Cast):
    for number in range(2, 32):
        read_session(cast.client, number, moment(start=number + 100))
    shown = page(cast, "moments")
    assert shown.count('class="card moment') == 4
    assert "All 30" in shown
    assert page(cast, "moments", kind="open").count('class="card moment') == 20
    assert page(cast, "moments", kind="open", page="2").count('class="card moment') == 10


@pytest.mark.parametrize(
    "fate, later, words",
    [
        ("late", [{"session": 5, "turns": [3]}], "Session 5 probably came back to it."),
        ("missed", [], "No session read since came back to it."),
        ("open", [], "No later session has been read yet."),
    ],
)
def test_it_is_said_what_became_of_an_open_rupture(cast: Cast, fate: str, later: Any, words: str):
    read_session(cast.client, 2, moment(fate=fate, later=later))
    assert words in page(cast, "moments")


def test_what_was_said_cannot_bring_markup_into_the_page(cast: Cast):
    bad = {"turn": 3, "speaker": "client", "words": "<script>alert(1)</script>"}
    read_session(cast.client, 2, moment(quotes=[bad]))
    assert "<script>alert" not in page(cast, "moments")


# --- skills over time -------------------------------------------------------------------------------------------------


def test_few_sessions_of_few_clients_are_said_to_say_little(cast: Cast):
    for number in range(2, 9):
        read_session(cast.client, number, moment())
    shown = page(cast, "skills")
    assert "Sessions read: 7, all of one client." in shown
    assert "This says little about how somebody works." in shown
    assert "not on real therapies" in shown


def test_every_picture_has_its_words_and_a_table(cast: Cast):
    read_session(cast.client, 2)
    shown = page(cast, "skills")
    assert shown.count("<svg") == shown.count('role="img" aria-label="') == 6
    assert "50% (" in shown


def test_a_session_too_short_to_tell_is_left_out(cast: Cast):
    read_session(cast.client, 2, counts=None)
    assert "No session is long enough" in page(cast, "skills")


def test_pictures_are_the_same_in_every_language(cast: Cast):
    read_session(cast.client, 2)
    answer = cast.as_("supervisor").get(reverse("skills", args=[cast.alice.pk]), HTTP_ACCEPT_LANGUAGE="de")
    drawn = answer.content.decode().split("<svg")[1].split("</svg>")[0]
    assert not [part for part in drawn.split('"') if part.replace(",", "", 1).isdecimal() and "," in part]


SESSIONS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda pair: Hits(min(pair), max(pair))))


@given(SESSIONS)
def test_a_rate_lies_within_its_interval(sessions: list[Hits]):
    rate = skills.pooled(sessions)
    if rate is None:
        assert sum(each.cases for each in sessions) < skills.FEWEST_CASES
    else:
        assert 0 <= rate.low <= rate.share <= rate.high <= 1


def test_sessions_that_differ_much_make_the_interval_wider():
    alike, unlike = [Hits(5, 10)] * 4, [Hits(0, 10), Hits(10, 10)] * 2
    width = [rate.high - rate.low for rate in map(skills.pooled, (alike, unlike)) if rate]
    assert width[0] < width[1]


@given(st.integers(0, 80))
def test_stretches_cover_all_sessions_and_none_is_short(count: int):
    parts = skills.stretches(count)
    assert [place for part in parts for place in part] == (list(range(count)) if parts else [])
    assert all(len(part) >= skills.STRETCH for part in parts)


def test_a_difference_is_between_the_published_limits():
    # Newcombe (1998), table II, contrast (a): 56/70 and 48/80, by method 10: 0.0524 to 0.3339.
    rates = [skills.pooled([Hits(hits, cases)]) for hits, cases in ((48, 80), (56, 70))]
    assert rates[0]
    assert rates[1]
    assert skills.difference(rates[0], rates[1]) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_no_change_is_claimed_where_chance_could_make_it(cast: Cast):
    for number in range(2, 14):
        read_session(cast.client, number, counts=COUNTS | {"met": 3.0 + (number > 7)})
    assert "no change can be told" in page(cast, "skills")


def test_a_change_beyond_chance_is_said_with_another_reason_for_it(cast: Cast):
    for number in range(2, 14):
        read_session(cast.client, number, counts=COUNTS | {"met": 0.5 if number < 8 else 5.5})
    shown = page(cast, "skills")
    assert "is better than the earliest" in shown
    assert "Other clients in other phases may be the reason." in shown


# --- comments ---------------------------------------------------------------------------------------------------------


def test_own_comments_say_whether_the_therapist_has_seen_them(cast: Cast):
    for text, seen in (("look here", None), ("and here", timezone.now())):
        Comment.objects.create(
            client=cast.client, session=cast.session, author=cast.supervisor, turn=4, text=text, seen_at=seen
        )
    Comment.objects.create(client=cast.client, session=cast.session, author=cast.alice, turn=4, text="an answer")
    shown = page(cast, "own-comments")
    assert "look here" in shown
    assert "not seen by the therapist yet" in shown
    assert "seen by the therapist on" in shown
    assert "an answer" not in shown
    assert f"{reverse('session', args=[cast.session.pk])}#turn-4" in shown


def test_only_who_wrote_a_comment_deletes_it(cast: Cast):
    comment = Comment.objects.create(
        client=cast.client, session=cast.session, author=cast.supervisor, turn=4, text="look here"
    )
    other = person(cast.alice.clinic, "second", Role.SUPERVISOR)
    Supervision.objects.create(supervisor=other, therapist=cast.alice)
    url = reverse("delete-comment", args=[comment.pk])
    cast.second = other  # type: ignore[attr-defined]
    assert cast.as_("second").post(url).status_code == 404
    assert cast.as_("supervisor").post(url).status_code == 302
    assert not Comment.objects.exists()
    assert Record.objects.filter(client=cast.client.pk, what="own comment deleted").exists()


# --- how often the database is asked ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["supervision", "moments", "skills", "own-comments"])
def test_the_database_is_asked_as_often_for_many_clients(cast: Cast, name: str):
    arguments = [cast.alice.pk] if name in ("moments", "skills") else []
    browser, url = cast.as_("supervisor"), reverse(name, args=arguments)
    _one_more(cast, 0)
    browser.get(url)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as asked:
            browser.get(url)
        counts.append(len(asked))
        for number in range(1, 7):
            _one_more(cast, number)
    assert counts[0] == counts[1] <= 20


def _one_more(cast: Cast, number: int) -> None:
    client = Client.admit(therapist=cast.alice, label=f"C-{number}")
    session = read_session(client, 2, moment(), moment("repaired"))
    Comment.objects.create(client=client, session=session, author=cast.supervisor, turn=1, text="so")


# --- the demonstration ------------------------------------------------------------------------------------------------


def test_the_invented_supervisor_finds_sessions_and_own_comments(db: None):
    from attunement.web.demo.build import build
    from attunement.web.people.models import User

    build()
    comments = Comment.objects.filter(author=User.objects.get(name="Bea Okafor"))
    assert {comment.seen_at is None for comment in comments} == {True, False}
    assert all(comment.session.transcript for comment in comments)
    assert Transcript.objects.filter(client__therapist__name="Jonas Weidmann").count() == 4
