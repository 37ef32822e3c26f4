"""A folder of one client becomes a case; what does not fit is said in one line, and the rest is followed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import stand_in_coder
from attunement.case import read_case
from attunement.errors import InputError
from attunement.examples.answers import FOLDER

TALK = "Therapist: So how was the week?\nClient: Long.\nTherapist: Long in what way?\nClient: I hardly slept.\n"
MEASURES = "session,date,phq9,understood,safe,goals,fit,unsaid\n1,2026-01-05,14,7,7,6,7,3\n2,2026-01-12,12,7,8,6,7,3\n"


@pytest.fixture(autouse=True)
def _no_weights(monkeypatch):
    stand_in_coder.use(monkeypatch)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "noor"
    folder.mkdir()
    (folder / "noor-1.txt").write_text(TALK, encoding="utf-8")
    (folder / "noor-2.txt").write_text(TALK, encoding="utf-8")
    (folder / "measures.csv").write_text(MEASURES, encoding="utf-8")
    return folder


def numbers(case) -> list[int]:
    return [session.number for session in case.sessions]


def test_transcripts_measures_and_events_of_a_bundled_case_come_together():
    case = read_case(FOLDER / "leander")
    assert case.client == "Leander"
    assert numbers(case) == list(range(1, 17)) + [20][:0]
    assert [session.number for session in case.read] == [3, 7, 11, 16]
    assert str(case.session(11).date) == "2024-02-20"
    assert len(case.events) == 8
    assert case.notes == ()
    assert case.is_complete


def test_file_names_give_the_sessions_their_numbers_and_the_folder_the_client(folder):
    case = read_case(folder)
    assert case.client == "noor"
    assert numbers(case) == [1, 2]
    assert [session.file for session in case.sessions] == ["noor-1.txt", "noor-2.txt"]
    assert str(case.session(2).date) == "2026-01-12"
    assert case.notes == ()


def test_a_transcript_that_cannot_be_read_is_named_and_the_rest_is_followed(folder):
    (folder / "noor-3.vtt").write_text("WEBVTT\n\nnothing here\n", encoding="utf-8")
    case = read_case(folder)
    assert numbers(case) == [1, 2]
    assert any(note.startswith("Session 3 (noor-3.vtt) could not be read") for note in case.notes)
    assert not case.is_complete


def test_a_missing_session_is_named(folder):
    (folder / "noor-5.txt").write_text(TALK, encoding="utf-8")
    case = read_case(folder)
    assert "Nothing is known of sessions 3, 4: no transcript, no score, no event." in case.notes
    assert case.is_complete  # nothing was left out: it was never there


def test_sessions_dated_out_of_order_are_kept_by_number_and_named(folder):
    (folder / "events.yaml").write_text(
        "sessions:\n  - {session: 1, date: 2026-03-01}\n  - {session: 2, date: 2026-02-01}\n", encoding="utf-8"
    )
    (folder / "measures.csv").unlink()
    case = read_case(folder)
    assert numbers(case) == [1, 2]
    assert any("Session 2 is dated 2026-02-01, before session 1" in note for note in case.notes)


def test_two_clients_in_one_folder_are_told_apart_by_name(folder):
    for number in (1, 2):
        talk = TALK.replace("Therapist:", "Connie:").replace("Client:", "Noor:")
        (folder / f"noor-{number}.txt").write_text(talk, encoding="utf-8")
    other = TALK.replace("Therapist:", "Connie:").replace("Client:", "Gus:")
    (folder / "gus-3.txt").write_text(other, encoding="utf-8")
    case = read_case(folder, client="Noor", therapist="Connie")
    assert [session.file for session in case.read] == ["noor-1.txt", "noor-2.txt"]
    assert any(note.startswith("gus-3.txt: left out") for note in case.notes)


def test_of_two_files_for_one_session_the_second_is_left_out_and_named(folder):
    (folder / "again-1.txt").write_text(TALK, encoding="utf-8")
    case = read_case(folder)
    assert [session.file for session in case.read] == ["again-1.txt", "noor-2.txt"]
    assert any("noor-1.txt: left out, again-1.txt is session 1 already" in note for note in case.notes)


def test_measures_without_session_or_date_are_named_and_the_transcripts_followed(folder):
    (folder / "measures.csv").write_text("phq9,safe\n14,7\n12,7\n", encoding="utf-8")
    case = read_case(folder)
    assert len(case.read) == 2
    assert len(case.scores) == 0
    assert any("measures.csv" in note for note in case.notes)


def test_a_dated_score_belongs_to_the_session_nearest_to_it(folder):
    (folder / "events.yaml").write_text(
        "sessions:\n  - {session: 1, date: 2026-01-05}\n  - {session: 2, date: 2026-01-12}\n", encoding="utf-8"
    )
    (folder / "measures.csv").write_text("date,phq9\n2026-01-04,14\n2026-01-13,12\n2026-03-01,9\n", encoding="utf-8")
    case = read_case(folder)
    assert [(score.session, score.value) for score in case.scores] == [(1, 14.0), (2, 12.0)]
    assert any("row 4" in note for note in case.notes)


def test_measures_alone_make_a_case(folder):
    for path in folder.glob("*.txt"):
        path.unlink()
    case = read_case(folder)
    assert numbers(case) == [1, 2]
    assert case.read == ()


def test_an_impossible_score_is_named_with_its_row_and_the_others_are_kept(folder):
    (folder / "measures.csv").write_text(MEASURES + "3,2026-01-19,99,7,8,6,7,3\n", encoding="utf-8")
    case = read_case(folder)
    assert any("row 4" in note and "phq9" in note.casefold() for note in case.notes)
    assert 3 in numbers(case)


def test_a_table_that_is_neither_transcript_nor_measures_is_named(folder):
    shutil.copy(folder / "measures.csv", folder / "scores.csv")
    assert "scores.csv: not used, it is neither a transcript nor named measures.csv." in read_case(folder).notes


def test_a_folder_that_does_not_exist_or_holds_nothing_says_so_in_one_line(tmp_path):
    with pytest.raises(InputError, match="no such folder"):
        read_case(tmp_path / "nowhere")
    with pytest.raises(InputError, match="no session and no score"):
        read_case(tmp_path)


def test_notes_never_quote_what_was_said(folder):
    (folder / "noor-3.txt").write_text("I hardly slept and told nobody about it\n" * 3, encoding="utf-8")
    assert not any("slept" in note for note in read_case(folder).notes)


@pytest.mark.parametrize("labels", [("SPEAKER_00", "SPEAKER_01"), ("S1", "S2"), ("A", "B"), ("Counsellor", "Pt")])
def test_labels_that_name_nobody_tell_no_clients_apart(folder, labels):
    for number in (1, 2):
        talk = TALK.replace("Therapist:", "Connie:").replace("Client:", "Noor:")
        (folder / f"noor-{number}.txt").write_text(talk, encoding="utf-8")
    talk = TALK.replace("Therapist:", f"{labels[0]}:").replace("Client:", f"{labels[1]}:")
    (folder / "noor-3.txt").write_text(talk, encoding="utf-8")
    assert numbers(read_case(folder)) == [1, 2, 3]


def test_both_bundled_cases_are_read_whole():
    case = read_case(FOLDER / "maribel")
    assert [session.number for session in case.read] == [2, 8, 9, 14]
    assert case.notes == ()


def test_a_case_can_be_looked_at_as_it_stood_after_a_session():
    case = read_case(FOLDER / "leander").until(7)
    assert [session.number for session in case.read] == [3, 7]
    assert max(score.session for score in case.scores) == 7
    assert max(event.session for event in case.events) == 7
    with pytest.raises(InputError, match="up to 0"):
        case.until(0)
