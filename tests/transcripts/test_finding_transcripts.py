"""Files and folders as a user gives them."""

from __future__ import annotations

from pathlib import Path

import pytest
from transcript_strategies import write

from attunement.errors import TranscriptError
from attunement.transcripts import find_transcripts, load_all

GOOD = "T: Hello.\nC: Hi.\n"


def names(folder: Path, *paths: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in find_transcripts(paths or [folder])]


def test_a_folder_gives_its_transcripts_in_order(tmp_path: Path) -> None:
    (tmp_path / "case").mkdir()
    write(tmp_path, "b.txt", GOOD)
    write(tmp_path, "a.VTT", "WEBVTT\n")
    write(tmp_path / "case", "c.docx", b"PK\x03\x04 damaged")
    assert names(tmp_path) == ["a.VTT", "b.txt", "case/c.docx"]


def test_what_lies_beside_transcripts_is_not_taken(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", GOOD)
    (tmp_path / ".git").mkdir()
    write(tmp_path / ".git", "a.txt", GOOD)
    for name in (".hidden.txt", "~$a.docx", "README.txt", "LICENSE.md", "photo.jpg", "a.mp4"):
        write(tmp_path, name, GOOD)
    write(tmp_path, "settings.json", '{"colour": "red"} ')
    write(tmp_path, "notes.md", "My notes.")
    write(tmp_path, "scores.csv", "item,score\n1,2\n")
    assert names(tmp_path) == ["a.txt"]


def test_tables_and_json_are_taken_when_they_are_transcripts(tmp_path: Path) -> None:
    write(tmp_path, "a.csv", "speaker,text\nT,Hello.\nC,Hi.\n")
    write(tmp_path, "b.json", '[{"speaker": "T", "text": "Hello."}]')
    write(tmp_path, "c.md", "**Therapist:** Hello.\n")
    assert names(tmp_path) == ["a.csv", "b.json", "c.md"]


def test_a_convokit_corpus_counts_as_one(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    write(corpus, "utterances.jsonl", '{"id": "0", "conversation_id": "a", "speaker": "T", "text": "Hello."}\n')
    write(corpus, "speakers.json", "{}")
    write(tmp_path, "a.txt", GOOD)
    assert names(tmp_path) == ["a.txt", "corpus"] or names(tmp_path) == ["corpus", "a.txt"]
    assert find_transcripts([corpus]) == [corpus]


def test_a_file_is_taken_as_it_is_and_once(tmp_path: Path) -> None:
    path = write(tmp_path, "README.odd", GOOD)
    assert find_transcripts([path, str(path)]) == [path]


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", GOOD)
    (tmp_path / "again").symlink_to(tmp_path)
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    assert names(tmp_path) == ["a.txt"]


def test_a_folder_without_transcripts_says_which_endings_count(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match=r"no transcripts in this folder; files end in \.cha, \.csv"):
        find_transcripts([tmp_path])


def test_a_missing_path_is_said(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match=r"missing\.txt: no such file"):
        find_transcripts([tmp_path / "missing.txt"])


def test_everything_found_can_be_given_to_load_all(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", GOOD)
    write(tmp_path, "b.csv", "session,speaker,text\n1,T,Hello.\n1,C,Hi.\n2,T,Hello.\n2,C,Hi.\n")
    assert [session.id for path in find_transcripts([tmp_path]) for session in load_all(path)] == ["a", "1", "2"]
