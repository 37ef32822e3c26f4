"""A transcript goes in, is read, and is shown; a bad one is refused in one clear line."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from web_cast import Cast, transcript, work

from attunement.errors import TranscriptError
from attunement.web.reading import parsing
from attunement.web.reading.stored import packed, unpacked_reading
from attunement.web.sessions.models import Reading, Session, State, Transcript
from stand_in import example


def upload(cast: Cast, *, follow: bool = False, **data):
    """What the upload page answers Alice."""
    address = reverse("new-session", args=[cast.client.pk])
    return cast.as_("alice").post(address, {"number": 2, **data}, follow=follow)


def test_an_uploaded_file_is_read_and_shown(cast: Cast, coder):
    name, content = transcript()
    response = upload(cast, file=SimpleUploadedFile(name, content), follow=True)
    assert "is being read" in response.content.decode()
    assert work() == []
    session = Session.objects.get(client=cast.client, number=2)
    page = cast.as_("alice").get(reverse("session", args=[session.pk])).content.decode()
    assert 'id="turn-1"' in page
    case = cast.as_("supervisor").get(reverse("client", args=[cast.client.pk])).content.decode()
    assert reverse("session", args=[session.pk]) in case


def test_pasted_words_are_read(cast: Cast, coder):
    turns = "\n".join(f"{who}: some words {n}" for n in range(5) for who in ("Therapist", "Client"))
    upload(cast, pasted=turns)
    assert work() == []
    assert Transcript.objects.get().state == State.READ


def test_uploading_again_takes_the_place_of_the_first_when_that_is_meant(cast: Cast, coder):
    upload(cast, file=SimpleUploadedFile(*transcript("leander-1")))
    work()
    first = Reading.objects.get().pk
    response = upload(cast, file=SimpleUploadedFile(*transcript("leander-3")))
    assert "has a transcript already" in response.content.decode()
    assert Reading.objects.get().pk == first
    upload(cast, file=SimpleUploadedFile(*transcript("leander-3")), replace="on")
    work()
    assert Reading.objects.get().pk != first


def test_a_transcript_that_could_not_be_read_is_replaced_without_asking(cast: Cast, coder):
    upload(cast, file=SimpleUploadedFile("a.txt", b"no speakers here"))
    work()
    upload(cast, file=SimpleUploadedFile(*transcript()))
    work()
    assert Transcript.objects.get().state == State.READ


def test_whether_to_replace_is_asked_only_where_there_is_something(cast: Cast):
    page = cast.as_("alice").get(reverse("new-session", args=[cast.client.pk])).content.decode()
    assert 'name="replace"' not in page
    assert 'name="replace"' not in upload(cast).content.decode()


def test_a_session_is_named_in_the_address_of_the_form(cast: Cast):
    address = reverse("new-session", args=[cast.client.pk])
    assert 'value="7"' in cast.as_("alice").get(f"{address}?number=7").content.decode()
    assert 'value="2"' in cast.as_("alice").get(f"{address}?number=x").content.decode()


def test_a_job_that_comes_twice_makes_one_reading(cast: Cast, coder):
    from attunement.web.reading.jobs import read_transcript
    from attunement.web.reading.queue import read_later

    upload(cast, file=SimpleUploadedFile(*transcript()))
    kept = Transcript.objects.get()
    read_later(kept)
    work()
    read_transcript.call(str(kept.pk))
    assert Reading.objects.count() == 1


@pytest.mark.parametrize(
    "name, content, says",
    [
        ("a.docx", b"%PDF-1.7", "PDF"),
        ("a.txt", b"no speakers here", "not recognised"),
        ("a.xlsx", b"PK\x03\x04 broken", ""),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(cast: Cast, coder, name: str, content: bytes, says: str):
    upload(cast, file=SimpleUploadedFile(name, content))
    assert work() == []
    refused = Transcript.objects.get()
    assert refused.state == State.REFUSED
    assert says in refused.refusal
    assert "/" not in refused.refusal.replace("docs/", "")  # no path of ours
    page = cast.as_("alice").get(reverse("session", args=[refused.session_id])).content.decode()
    assert "could not be read" in page


@pytest.mark.parametrize("name", ["a.exe", "a.pdf", "a", "a.html"])
def test_other_kinds_of_files_are_not_taken(cast: Cast, name: str):
    assert "cannot be read" in upload(cast, file=SimpleUploadedFile(name, b"x")).content.decode()
    assert not Transcript.objects.exists()


def test_too_large_a_file_is_not_taken(cast: Cast):
    large = SimpleUploadedFile("a.txt", b"x" * (settings.MOST_UPLOADED + 1))
    response = upload(cast, file=large)
    assert not Transcript.objects.exists()
    assert "larger than" in response.content.decode()


def test_nothing_is_taken_without_consent(cast: Cast):
    cast.client.consents.all().delete()
    upload(cast, pasted="Therapist: hello\nClient: hello")
    assert not Transcript.objects.exists()


def test_the_child_that_parses_has_no_keys(monkeypatch):
    seen = {}

    def run(command, **how):
        seen.update(how["env"])
        raise parsing.subprocess.TimeoutExpired(command, 1)

    monkeypatch.setenv("ATTUNEMENT_MASTER_KEYS", "secret")
    monkeypatch.setattr(parsing.subprocess, "run", run)
    with pytest.raises(TranscriptError, match="longer than"):
        parsing.parse(b"", name="a.txt")
    assert set(seen) <= {*parsing.PASSED_ON, *parsing.ONE_THREAD}


@pytest.mark.parametrize(
    "code, answer, failure",
    [(0, b"D", TranscriptError), (-9, b"", TranscriptError), (1, b"", parsing.ChildFailed)],
)
def test_a_child_that_breaks_is_told_of_without_quoting(
    monkeypatch, code: int, answer: bytes, failure: type[Exception]
):
    broken = parsing.subprocess.CompletedProcess([], code, answer, b"Traceback: what the client said")
    monkeypatch.setattr(parsing.subprocess, "run", lambda *_args, **_how: broken)
    with pytest.raises(failure) as refusal:
        parsing.parse(b"", name="a.txt")
    assert "client said" not in str(refusal.value)


def test_no_list_of_processes_shows_a_name(monkeypatch):
    seen = []
    done = parsing.subprocess.CompletedProcess([], 0, b"D", b"")
    monkeypatch.setattr(parsing.subprocess, "run", lambda command, **_how: seen.extend(command) or done)
    with pytest.raises(TranscriptError):
        parsing.parse(b"", name="a.txt", therapist="Quillfeather")
    assert not [word for word in seen if "Quillfeather" in word]


def test_the_child_ends_when_it_takes_too_much_memory():
    code = (
        "import attunement.transcripts as t, attunement.web.reading.parse as p\n"
        "t.load = lambda *a, **k: bytearray(3 * 2**30)\n"
        "p.main()"
    )
    done = parsing.subprocess.run(
        [parsing.sys.executable, "-c", code], input=b'["a.txt", null]\n', capture_output=True, check=False
    )
    assert done.stdout == b"D"


def test_a_failure_of_ours_quotes_nothing_in_the_queue(cast: Cast, monkeypatch):
    from attunement.web.reading import jobs

    def fail(transcript):
        raise RuntimeError("what the client said")

    monkeypatch.setattr(jobs, "_read", fail)
    upload(cast, pasted="Therapist: hello\nClient: hello")
    (traceback,) = work()
    assert "RuntimeError" in traceback
    assert "what the client said" not in traceback
    assert Transcript.objects.get().state == State.REFUSED


def test_a_reading_comes_out_of_the_store_as_it_went_in():
    reading = example(timed=True)
    again = unpacked_reading(packed(reading))
    assert packed(again) == packed(reading)
    assert (again.session, again.ruptures, again.attunement) == (reading.session, reading.ruptures, reading.attunement)
    assert again.table.decided(3) == reading.table.decided(3)
