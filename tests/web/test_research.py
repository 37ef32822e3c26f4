"""Research: who is in an export, what is not, how it is kept and handed over, what is written down."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from web_cast import FELT_OFF, LABEL, Cast, work

from attunement.episodes.model import SessionReading
from attunement.web import home
from attunement.web.audit.models import Action, Record
from attunement.web.checkins.models import Answers
from attunement.web.clients.consent import decide
from attunement.web.clients.erasure import erase
from attunement.web.clients.models import Client, ConsentKind
from attunement.web.reading.stored import packed
from attunement.web.research.models import KEPT, Export, State
from attunement.web.sessions.models import Event, Note, Reading, Session, Transcript
from stand_in import example

NOTE = "marzipan under the table"
SAID = ("Nuala came up from Guildford on the 14th of May 2022.", "And how was that, with Quillfeather there?")


@pytest.fixture
def consenting(cast: Cast) -> Cast:
    """The client consents to research; one session was read, with words that name people."""
    decide(cast.client, ConsentKind.RESEARCH, is_given=True, by_client=True)
    transcript = Transcript.objects.create(
        client=cast.client, session=cast.session, file_name="quillfeather.txt", content=b"", state="read"
    )
    Reading.objects.create(
        client=cast.client,
        session=cast.session,
        transcript=transcript,
        content=packed(_reading()),
        coder="test",
    )
    Note.objects.create(client=cast.client, session=cast.session, author=cast.alice, text=NOTE)
    Event.objects.create(client=cast.client, session=cast.session, kind="late", details={"by": "client", "note": NOTE})
    return cast


def _reading() -> SessionReading:
    """A reading whose turns say the same two things over and over."""
    reading = example(timed=True)
    turns = tuple(replace(turn, text=SAID[turn.speaker == "therapist"]) for turn in reading.session.turns)
    return replace(reading, session=replace(reading.session, turns=turns))


def asked(cast: Cast) -> Export:
    """An export, made by the worker."""
    cast.as_("researcher").post(reverse("new-export"), {"is_known": "on"})
    assert work() == []
    return Export.objects.latest("asked_at")


def fetched(cast: Cast, export: Export) -> dict[str, str]:
    """The files in it."""
    response = cast.as_("researcher").post(reverse("fetch-export", args=[export.pk]))
    with zipfile.ZipFile(io.BytesIO(response.content)) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def test_the_page_says_how_many_consent_and_that_few_can_be_recognised(consenting: Cast):
    page = consenting.as_("researcher").get(reverse("research")).content.decode()
    assert "1 client of this clinic consents to research now." in page
    assert "somebody who knows the clinic may recognise them" in page
    assert LABEL not in page


def test_where_nobody_consents_there_is_nothing_to_make(cast: Cast):
    browser = cast.as_("researcher")
    assert reverse("new-export") not in browser.get(reverse("research")).content.decode()
    assert "nothing to export" in browser.post(reverse("new-export"), {"is_known": "on"}).content.decode()
    assert not Export.objects.exists()


def test_an_export_is_made_only_after_what_it_means_was_confirmed(consenting: Cast):
    response = consenting.as_("researcher").post(reverse("new-export"), {})
    assert response.status_code == 200
    assert not Export.objects.exists()


def test_an_export_names_nobody_and_holds_no_note_and_nothing_that_felt_off(consenting: Cast):
    files = fetched(consenting, asked(consenting))
    everything = "\n".join([*files, *files.values()])
    for word in (
        LABEL,
        "Nuala",
        "Guildford",
        "14th of May",
        NOTE,
        FELT_OFF,
        "Alice",
        str(consenting.client.pk),
        "2026-03-04",
    ):
        assert word.casefold() not in everything.casefold(), word
    assert "[PERSON 1] came up from [PLACE 1]" in everything
    assert "with [CLIENT] there" in everything


def test_its_readme_says_what_was_done_and_what_cannot_be_promised(consenting: Cast):
    readme = fetched(consenting, asked(consenting))["README.txt"]
    for words in ("1 client, a folder each.", "CANNOT BE PROMISED", "is a new decision"):
        assert words in readme
    assert re.search(r"people's names: [1-9]", readme)


def test_every_folder_is_read_by_follow(consenting: Cast, tmp_path: Path, coder: None):
    from attunement.following import follow

    files = fetched(consenting, asked(consenting))
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    (folder,) = [path for path in tmp_path.iterdir() if path.is_dir()]
    followed = follow(folder)
    assert followed.notes == ()
    assert list(followed.readings) == [1]
    assert {score.subscale: score.value for score in followed.case.scores}["understood"] == 7
    assert [event.kind for event in followed.case.events] == ["late"]


def test_numbers_of_clients_are_new_in_each_export(consenting: Cast):
    def folder() -> str:
        return next(name.split("/")[0] for name in fetched(consenting, asked(consenting)) if "/" in name)

    assert len({folder() for _ in range(4)}) > 1


def test_a_client_who_withdraws_is_in_no_export_and_an_unfetched_one_is_deleted(consenting: Cast):
    export = asked(consenting)
    decide(consenting.client, ConsentKind.RESEARCH, is_given=False, by_client=True)
    assert not _file(export).exists()
    response = consenting.as_("researcher").post(reverse("fetch-export", args=[export.pk]))
    assert response.status_code in (302, 404)
    assert _state(export) == State.WITHDRAWN
    assert not Record.objects.filter(action=Action.EXPORTED).exists()


def test_an_erased_client_is_handed_out_to_nobody(consenting: Cast):
    export = asked(consenting)
    erase(consenting.client, by=consenting.alice)
    assert not _file(export).exists()
    assert consenting.as_("researcher").post(reverse("fetch-export", args=[export.pk])).status_code in (302, 404)


def test_a_client_of_another_clinic_or_without_consent_is_not_in_it(consenting: Cast):
    for therapist in (consenting.alice, consenting.stranger):
        other = Client.admit(therapist=therapist, label="Other")
        session = Session.objects.create(client=other, number=1)
        Answers.objects.create(client=other, session=session, instrument="phq9", items={}, total=12)
    decide(other, ConsentKind.RESEARCH, is_given=True, by_client=True)
    assert asked(consenting).clients == [str(consenting.client.pk)]


def test_it_is_fetched_once_and_each_client_has_it_in_the_record(consenting: Cast):
    export = asked(consenting)
    assert fetched(consenting, export)
    assert consenting.as_("researcher").post(reverse("fetch-export", args=[export.pk])).status_code == 404
    (record,) = Record.objects.filter(action=Action.EXPORTED)
    assert (record.client, record.actor) == (consenting.client.pk, consenting.researcher.pk)
    assert _state(export) == State.FETCHED
    assert not _file(export).exists()


def test_it_lies_encrypted(consenting: Cast):
    content = _file(asked(consenting)).read_bytes()
    assert not zipfile.is_zipfile(io.BytesIO(content))
    assert b"session-001" not in content


def test_it_is_deleted_after_a_day(consenting: Cast):
    export = asked(consenting)
    Export.objects.update(ready_at=timezone.now() - KEPT - timedelta(minutes=1))
    assert consenting.as_("researcher").get(reverse("fetch-export", args=[export.pk])).status_code == 404
    DBTaskResult.objects.update(run_after=timezone.now())
    work()
    assert _state(export) == State.GONE
    assert not _file(export).exists()


def test_it_asks_for_the_password_again(consenting: Cast):
    from attunement.web.access.views import CONFIRMED_AT

    browser, export = consenting.as_("researcher"), asked(consenting)
    session = browser.session
    session[CONFIRMED_AT] = 0
    session.save()
    for address in (reverse("new-export"), reverse("fetch-export", args=[export.pk])):
        assert browser.get(address)["Location"].startswith(reverse("confirm"))


def test_a_researcher_who_is_none_any_more_gets_nothing(consenting: Cast):
    consenting.as_("researcher").post(reverse("new-export"), {"is_known": "on"})
    consenting.researcher.roles = []
    consenting.researcher.save()
    work()
    assert Export.objects.get().state == State.FAILED


def test_asked_twice_it_is_made_once(consenting: Cast):
    browser = consenting.as_("researcher")
    for _ in range(2):
        browser.post(reverse("new-export"), {"is_known": "on"})
    assert Export.objects.count() == 1


def test_the_page_asks_the_database_as_often_for_many_clients(consenting: Cast):
    browser = consenting.as_("researcher")
    browser.get(reverse("research"))
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            browser.get(reverse("research"))
        counts.append(len(queries))
        for number in range(5):
            client = Client.admit(therapist=consenting.alice, label=f"C-{number}")
            decide(client, ConsentKind.RESEARCH, is_given=True, by_client=True)
            Export.objects.create(clinic=consenting.researcher.clinic, by=consenting.researcher, state=State.GONE)
    assert counts[0] == counts[1] <= 12


def _file(export: Export) -> Path:
    return home.home() / "exports" / f"{export.pk}.sealed"


def _state(export: Export) -> Any:
    return Export.objects.get(pk=export.pk).state
