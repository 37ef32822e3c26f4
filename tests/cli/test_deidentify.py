"""`attunement deidentify`: what it writes, what it prints, how it refuses."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

import stand_in_coder
from attunement.cli.deidentify import deidentify
from attunement.errors import InputError

SAID = (
    """\
Dr Ruiz: How was the week, Maribel?
Maribel: My sister Nuala came up from Guildford on the 14th of May 2022. She works at St Mary's Hospital.
Dr Ruiz: And how was it, having Nuala there?
Maribel: Fine. We moved on, you know. I could not say what I wanted to say.
"""
    * 3
)
EVENTS = """\
client: Maribel
sessions:
  - {session: 2, transcript: maribel-2.txt, date: 2022-05-17}
events:
  - {session: 2, late: therapist, minutes: 6, note: Nuala was at the door}
  - {session: 1, agreement: twenty sessions in Guildford, kept: yes}
  - {session: 2, therapist: tired}
"""
MEASURES = "client,session,date,instrument,value\nMaribel,1,2022-05-10,phq9,14\nMaribel,2,2022-05-17,phq9,11\n"
app = typer.Typer()
app.command()(deidentify)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "100"})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    case = tmp_path / "maribel"
    case.mkdir()
    (case / "maribel-1.txt").write_text(SAID, encoding="utf-8")
    (case / "maribel-2.txt").write_text(SAID.replace("Nuala", "Abena"), encoding="utf-8")
    (case / "events.yaml").write_text(EVENTS, encoding="utf-8")
    (case / "measures.csv").write_text(MEASURES, encoding="utf-8")
    return case


def everything_in(folder: Path) -> str:
    return "".join(path.name + path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()))


def test_a_transcript_comes_out_without_names_in_the_format_of_the_ending(tmp_path: Path, folder: Path) -> None:
    out = tmp_path / "plain.vtt"
    result = run(folder / "maribel-1.txt", out)
    assert result.exit_code == 0
    content = out.read_text(encoding="utf-8")
    assert content.startswith("WEBVTT")
    assert "My sister [PERSON 1] came up from [PLACE 1]" in content
    for word in ("Maribel", "Ruiz", "Nuala", "Guildford", "Mary", "2022-05"):
        assert word not in content
    assert "people's names" in result.stdout
    assert "Nobody can promise" in result.stdout


def test_a_case_folder_comes_out_as_one_that_is_followed(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from attunement.following import follow

    stand_in_coder.use(monkeypatch)
    out = tmp_path / "out"
    assert run(folder, out).exit_code == 0
    assert {path.name for path in out.iterdir()} == {
        "session-001.txt",
        "session-002.txt",
        "measures.csv",
        "events.yaml",
    }
    content = everything_in(out)
    for word in ("Maribel", "maribel", "Ruiz", "Nuala", "Abena", "Guildford", "Mary", "door", "2022-05-1"):
        assert word not in content
    followed = follow(out)
    assert followed.notes == ()
    assert [session.number for session in followed.case.sessions] == [1, 2]
    assert [score.value for score in followed.case.scores] == [14, 11]
    assert {event.kind for event in followed.case.events} == {"late", "agreement", "therapist_state"}


def test_distances_between_dates_stay(tmp_path: Path, folder: Path) -> None:
    import csv
    from datetime import date

    run(folder, tmp_path / "out")
    with (tmp_path / "out" / "measures.csv").open(encoding="utf-8") as file:
        first, second = (date.fromisoformat(row["date"]) for row in csv.DictReader(file))
    assert (second - first).days == 7
    assert first != date(2022, 5, 10)


def test_the_review_says_who_is_who_to_its_owner_alone_and_is_used_again(tmp_path: Path, folder: Path) -> None:
    out, review = tmp_path / "out", tmp_path / "out.review.yaml"
    run(folder, out)
    assert stat.S_IMODE(review.stat().st_mode) == 0o600
    assert "Nuala" in review.read_text(encoding="utf-8")
    before = (out / "measures.csv").read_text(encoding="utf-8")
    review.write_text(review.read_text(encoding="utf-8").replace("keep: []", "keep: [Guildford]"), encoding="utf-8")
    assert run(folder, out, "--overwrite", "--also", "week").exit_code == 0
    content = (out / "session-001.txt").read_text(encoding="utf-8")
    assert "Guildford" in content
    assert "week" not in content
    assert (out / "measures.csv").read_text(encoding="utf-8") == before


def refusal(*arguments: str | Path) -> str:
    result = run(*arguments)
    assert isinstance(result.exception, InputError)
    return str(result.exception)


def test_nothing_is_lost_without_saying_so(tmp_path: Path, folder: Path) -> None:
    out, full = tmp_path / "out.txt", tmp_path / "full"
    out.write_text("mine", encoding="utf-8")
    full.mkdir()
    (full / "notes.txt").write_text("mine", encoding="utf-8")
    assert "--overwrite" in refusal(folder / "maribel-1.txt", out)
    assert "not empty" in refusal(folder, full)
    assert "lies in the folder" in refusal(folder, folder / "out")
    assert "is a transcript being read" in refusal(folder / "maribel-1.txt", folder / "maribel-1.txt")
    assert "is a file" in refusal(folder, out)
    assert out.read_text(encoding="utf-8") == "mine"
    assert run(folder, full, "--overwrite").exit_code == 0
    assert (full / "notes.txt").exists()


def test_bad_input_is_told_in_one_line_without_a_word_of_it(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "no session and no score" in refusal(empty, tmp_path / "out")
    assert "no such file" in refusal(tmp_path / "none.txt", tmp_path / "out.txt")
    assert not (tmp_path / "out").exists()


def test_what_could_not_be_read_is_named_and_the_rest_is_done(tmp_path: Path, folder: Path) -> None:
    (folder / "maribel-3.txt").write_text("Nothing here speaks.", encoding="utf-8")
    result = run(folder, tmp_path / "out")
    assert result.exit_code == 2
    assert "Session 3" in result.stderr
    assert (tmp_path / "out" / "session-002.txt").exists()
