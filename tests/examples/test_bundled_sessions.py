from __future__ import annotations

import re

import pytest
from docx import Document

from attunement.codebook import CODES
from attunement.evaluation import load_coded
from attunement.examples import DECISIVE, SHOWN, answer_to, transcripts
from attunement.examples.answers import FOLDER
from attunement.transcripts import load
from tools import make_examples

NOTE = re.compile(r"[(\[][^()\[\]]*[)\]]")


def words(text: str) -> list[str]:
    """What was said, without notes such as [laughs], which a speech recogniser leaves out."""
    return NOTE.sub(" ", text).split()


def paragraphs_and_cells(document) -> list[str]:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def test_there_are_two_cases_of_four_sessions_in_different_formats():
    names = [f"{case}-{number}" for case in ("leander", "maribel") for number in (1, 2, 3, 4)]
    assert [path.stem for path in transcripts()] == names
    assert {path.suffix for path in transcripts()} == {".vtt", ".docx", ".txt", ".srt", ".csv", ".json"}


@pytest.mark.parametrize("path", transcripts(), ids=lambda path: path.name)
def test_a_transcript_says_what_its_answers_say_turn_by_turn(path):
    session, answers = load(path), answer_to(path.stem).session
    assert session.id == answers.id
    assert [turn.speaker for turn in session.turns] == [turn.speaker for turn in answers.turns]
    assert [words(turn.text) for turn in session.turns] == [words(turn.text) for turn in answers.turns]


@pytest.mark.parametrize("path", transcripts(), ids=lambda path: path.name)
def test_a_transcript_is_read_without_a_warning(path):
    assert load(path).warnings == ()


def test_in_most_of_them_the_therapist_must_be_guessed():
    assert sum(load(path).roles.how == "guessed" for path in transcripts()) >= 6


@pytest.mark.parametrize("path", transcripts(), ids=lambda path: path.name)
def test_no_code_stands_in_a_transcript(path):
    text = " ".join(turn.text for turn in load(path).turns)
    assert not any(name in text for name in CODES if "_" in name)
    assert "{" not in text


@pytest.mark.parametrize("path", transcripts(), ids=lambda path: path.name)
def test_the_transcripts_are_what_the_script_makes_of_the_answers(path):
    made = make_examples.written(path.name)
    if isinstance(made, str):
        assert path.read_text(encoding="utf-8") == made
    else:
        assert paragraphs_and_cells(Document(str(path))) == paragraphs_and_cells(made)


@pytest.mark.parametrize("path", [path for path in transcripts() if path.suffix in (".vtt", ".srt", ".json", ".csv")])
def test_times_run_at_the_pace_of_speech(path):
    session = load(path)
    spoken = sum(len(words(turn.text)) for turn in session.turns)
    assert session.has_times
    assert 1.5 < spoken / session.turns[-1].end_s < 3.0


def test_the_answers_can_be_evaluated_against():
    coded = load_coded(FOLDER / "answers")
    assert len(coded.sessions) == 8
    assert {session.case for session in coded.sessions} == {"leander", "maribel"}
    assert coded.notes == ()


def test_the_decisive_sessions_hold_a_rupture_that_is_mended_and_a_full_corrective_experience():
    for session_id in DECISIVE:
        by_type = {episode.type: episode for episode in answer_to(session_id).episodes}
        assert by_type["rupture"].attributes["resolution"] == "full"
        assert by_type["repair"].attributes["initiated_by"] == "therapist"
        assert by_type["corrective"].attributes["strength"] == "full"
    assert SHOWN in DECISIVE
