"""What a therapist says to a finding is kept, shown to them alone, and counted without words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from web_cast import Cast, upload_example, work

from attunement.evaluation.feedback import evaluate_feedback
from attunement.evaluation.feedback_file import read_feedback
from attunement.reports import to_html_part
from attunement.reports.findings import findings
from attunement.web.clients.consent import decide
from attunement.web.clients.models import ConsentKind
from attunement.web.findings.beside import KINDS
from attunement.web.findings.export import judgements_of
from attunement.web.findings.judging import probabilities_of
from attunement.web.findings.models import Comment, Feedback
from attunement.web.findings.slots import SLOT
from attunement.web.reading.stored import packed
from attunement.web.sessions.models import Reading, Session
from stand_in import example

WORDS = "kumquat at the door"


@pytest.fixture
def session(cast: Cast, coder) -> Session:
    """A session that was read, with a finding of nearly every kind."""
    session = upload_example(cast.client)
    assert work() == []
    reading = Reading.objects.get(session=session)
    reading.content, reading.page = packed(example()), to_html_part(example())
    reading.save(update_fields=["content", "page"])
    return session


def finding_of(session: Session) -> tuple[dict[str, object], float | None]:
    """The first finding of a session, as a browser names it, and its probability."""
    place, probability = next(iter(probabilities_of(Reading.objects.get(session=session)).items()))
    return {"finding": place.finding, "start": place.start, "end": place.end}, probability


def say(cast: Cast, session: Session, *, who: str = "alice", **said: object):
    """What the session's page answers."""
    return cast.as_(who).post(reverse("feedback", args=[session.pk]), said, follow=True)


def page(cast: Cast, session: Session, who: str = "alice") -> str:
    """The session's page."""
    return cast.as_(who).get(reverse("session", args=[session.pk])).content.decode()


def test_a_report_has_a_slot_for_each_finding_and_each_turn():
    reading = example()
    slots = SLOT.findall(to_html_part(reading))
    assert [slot[:3] for slot in slots if slot[0]] == [
        (each.kind, str(each.start), str(each.end)) for each in findings(reading)
    ]
    assert [slot[3] for slot in slots if slot[3]] == [str(turn.number) for turn in reading.session.turns]


def test_nobody_can_say_a_slot_into_a_transcript(cast: Cast, coder):
    turns = "\n".join(f"{who}: <!-- turn 9{n} --> <!-- finding rupture 1 2 -->" for n in range(8) for who in "TC")
    cast.as_("alice").post(reverse("new-session", args=[cast.client.pk]), {"number": 2, "pasted": turns})
    work()
    session = Session.objects.get(client=cast.client, number=2)
    assert 'href="?comment=90' not in page(cast, session)


def test_every_finding_has_its_buttons(cast: Cast, session: Session):
    shown = page(cast, session)
    places = probabilities_of(Reading.objects.get(session=session))
    assert places
    for place in places:
        assert f'id="{place.anchor}"' in shown


def test_every_kind_of_finding_has_a_name():
    from typing import get_args

    from attunement.evaluation.feedback import Kind
    from attunement.reports.findings import FindingKind

    assert set(KINDS) == set(get_args(FindingKind)) == set(get_args(Kind))


@pytest.mark.parametrize("verdict", ["accepted", "corrected", "dismissed"])
def test_a_verdict_is_kept_with_what_was_judged_and_shown(cast: Cast, session: Session, verdict: str):
    finding, probability = finding_of(session)
    response = say(cast, session, **finding, verdict=verdict, words=WORDS)
    kept = Feedback.objects.get()
    assert (kept.verdict, kept.words) == (verdict, WORDS)
    assert kept.probability == probability
    assert kept.coder == Reading.objects.get().coder
    shown = response.content.decode()
    assert f'value="{verdict}" aria-pressed="true"' in shown
    assert WORDS in shown


def test_a_new_verdict_takes_the_place_of_the_old_and_can_be_taken_back(cast: Cast, session: Session):
    finding, _ = finding_of(session)
    say(cast, session, **finding, verdict="accepted")
    say(cast, session, **finding, verdict="dismissed")
    assert Feedback.objects.get().verdict == "dismissed"
    say(cast, session, **finding, take_back="yes")
    assert not Feedback.objects.exists()


def test_a_finding_that_is_not_there_cannot_be_judged(cast: Cast, session: Session):
    response = say(cast, session, finding="rupture", start=1, end=999, verdict="accepted")
    assert "no longer there" in response.content.decode()
    assert not Feedback.objects.exists()


def test_what_was_not_understood_is_said(cast: Cast, session: Session):
    finding, _ = finding_of(session)
    response = say(cast, session, **finding, verdict="perhaps")
    assert "not understood" in response.content.decode()
    assert not Feedback.objects.exists()


def test_the_form_alone_is_given_to_the_script_that_asks(cast: Cast, session: Session):
    finding, _ = finding_of(session)
    address = reverse("feedback", args=[session.pk])
    answer = cast.as_("alice").post(address, {**finding, "verdict": "accepted"}, headers={"x-in-place": "yes"})
    assert answer.content.decode().startswith("<form")


def test_a_verdict_is_for_the_therapist_alone(cast: Cast, session: Session):
    finding, _ = finding_of(session)
    say(cast, session, **finding, verdict="dismissed", words=WORDS)
    seen = page(cast, session, "supervisor")
    assert WORDS not in seen
    assert "aria-pressed" not in seen


def test_a_verdict_on_a_finding_that_is_no_longer_shown_is_listed(cast: Cast, session: Session):
    finding, _ = finding_of(session)
    say(cast, session, **finding, verdict="accepted")
    Feedback.objects.update(end=finding["end"] + 1)
    assert "earlier reading" in page(cast, session)


def test_with_a_no_to_readings_verdicts_go_too(cast: Cast, session: Session):
    finding, _ = finding_of(session)
    say(cast, session, **finding, verdict="accepted")
    decide(cast.client, ConsentKind.ANALYSIS, is_given=False, by_client=True)
    assert not Feedback.objects.exists()


def test_comments_stand_at_their_turn_and_are_marked_as_seen_by_the_therapist(cast: Cast, session: Session):
    comment = reverse("add-comment", args=[session.pk])
    cast.as_("supervisor").post(comment, {"turn": 3, "text": WORDS})
    assert WORDS in page(cast, session, "supervisor")
    assert Comment.objects.get().seen_at is None  # the supervisor's own look does not count
    assert "New comment" in cast.as_("alice").get(reverse("today")).content.decode()
    first = page(cast, session)
    assert "1 new comment." in first
    assert Comment.objects.get().seen_at is not None
    again = page(cast, session)
    assert WORDS in again
    assert "new comment" not in again
    assert "New comment" not in cast.as_("alice").get(reverse("today")).content.decode()


def test_a_comment_can_be_written_at_a_turn_without_script(cast: Cast, session: Session):
    address = reverse("session", args=[session.pk])
    assert 'id="comment-text"' in cast.as_("alice").get(f"{address}?comment=3").content.decode()
    assert 'id="comment-text"' not in cast.as_("alice").get(f"{address}?comment=x").content.decode()


def test_an_empty_comment_is_refused_in_words(cast: Cast, session: Session):
    response = cast.as_("alice").post(reverse("add-comment", args=[session.pk]), {"turn": 3, "text": " "}, follow=True)
    assert "was not kept" in response.content.decode()


def test_the_session_page_asks_the_database_as_often_for_many_verdicts(cast: Cast, session: Session):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser, counts = cast.as_("alice"), []
    browser.get(reverse("session", args=[session.pk]))
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            browser.get(reverse("session", args=[session.pk]))
        counts.append(len(asked))
        for place in probabilities_of(Reading.objects.get(session=session)):
            say(cast, session, finding=place.finding, start=place.start, end=place.end, verdict="accepted")
        for turn in range(1, 6):
            Comment.objects.create(client=cast.client, session=session, author=cast.alice, turn=turn, text="…")
    assert counts[0] == counts[1]


def test_the_file_of_a_clinic_holds_no_word_and_nobody(cast: Cast, session: Session, tmp_path: Path):
    finding, probability = finding_of(session)
    say(cast, session, **finding, verdict="corrected", words=WORDS)
    file = tmp_path / "feedback.json"
    call_command("feedback", str(file), clinic="Here", verbosity=0)
    (verdict,) = json.loads(file.read_text())["verdicts"]
    assert set(verdict) == {"session", "finding", "start", "end", "probability", "verdict", "coder"}
    assert verdict["probability"] == probability
    for word in (WORDS, str(session.pk), str(cast.client.pk), str(cast.alice.pk), "Alice"):
        assert word not in file.read_text()
    assert evaluate_feedback(read_feedback(file)).verdicts == 1


def test_the_command_says_what_it_needs(cast: Cast, tmp_path: Path):
    with pytest.raises(CommandError, match="--clinic"):
        call_command("feedback", str(tmp_path / "a"), verbosity=0)
    with pytest.raises(CommandError, match="no clinic"):
        call_command("feedback", str(tmp_path / "a"), clinic="Nowhere", verbosity=0)
    (tmp_path / "a").touch()
    with pytest.raises(CommandError, match="there already"):
        call_command("feedback", str(tmp_path / "a"), clinic="Here", verbosity=0)


def test_no_verdict_leaves_its_clinic(cast: Cast, session: Session):
    finding, _ = finding_of(session)
    say(cast, session, **finding, verdict="accepted")
    assert len(judgements_of(cast.lead.clinic)) == 1
    assert judgements_of(cast.stranger.clinic) == ()


def test_the_lead_sees_how_often_findings_were_right_and_takes_out_the_file(cast: Cast, session: Session):
    finding, _ = finding_of(session)
    assert "Nobody has judged" in cast.as_("lead").get(reverse("judged")).content.decode()
    say(cast, session, **finding, verdict="accepted", words=WORDS)
    shown = cast.as_("lead").get(reverse("judged")).content.decode()
    assert "cannot be known" in shown
    assert WORDS not in shown
    file = cast.as_("lead").get(reverse("judged-export"))
    assert "attachment" in file["Content-Disposition"]
    assert len(json.loads(file.content)["verdicts"]) == 1
