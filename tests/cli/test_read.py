from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from attunement.examples import SHOWN, transcripts
from attunement.reports import schema

LEANDER_3 = next(path for path in transcripts() if path.stem == SHOWN)


def test_one_session_is_shown_in_full(attunement):
    ran = attunement("read", LEANDER_3)
    assert ran.code == 0
    assert ran.out.index("leander-3") < ran.out.index("Timeline") < ran.out.index("Moments")
    assert "Decision support, not a diagnosis" in " ".join(ran.out.split())
    assert ran.err == ""


def test_several_sessions_are_shown_in_a_few_sentences_each(attunement, session):
    ran = attunement("read", LEANDER_3, session)
    assert ran.code == 0
    assert "leander-3" in ran.out
    assert "monday" in ran.out
    assert "Timeline" not in ran.out


def test_a_folder_is_read_with_all_its_transcripts(attunement):
    ran = attunement("read", LEANDER_3.parent)
    assert [line for line in ran.out.splitlines() if line.startswith("leander-")] == [
        f"leander-{number}" for number in (1, 2, 3, 4)
    ]


def test_a_file_given_twice_is_read_once(attunement, session):
    ran = attunement("read", session, session.parent, "--json", "-")
    assert len(ran.out.splitlines()) == 1


def test_json_goes_to_standard_output_and_nothing_else_does(attunement, session):
    ran = attunement("read", LEANDER_3, session, "--json", "-")
    readings = [json.loads(line) for line in ran.out.splitlines()]
    assert [reading["session"]["id"] for reading in readings] == ["leander-3", "monday"]
    assert ran.err == ""


def test_every_line_of_a_json_file_fulfils_the_public_schema(attunement):
    ran = attunement("read", LEANDER_3.parent, "--json", "all.jsonl")
    assert ran.code == 0
    lines = Path("all.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 4
    for line in lines:
        Draft202012Validator(schema()).validate(json.loads(line))


def test_json_on_standard_output_is_utf_8_whatever_the_terminal_speaks(attunement, session, monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr("sys.stdout", stream)
    session.write_text(session.read_text(encoding="utf-8").replace("Fine", "Così così"), encoding="utf-8")
    assert attunement("read", session, "--json", "-").code == 0
    stream.flush()
    assert "Così così" in stream.buffer.getvalue().decode("utf-8")


def test_the_json_names_the_coder_that_made_it(attunement, session):
    assert json.loads(attunement("read", session, "--json", "-").out)["coder"] == "stand-in"


def test_csv_is_one_table_for_all_sessions(attunement, session):
    attunement("read", LEANDER_3, session, "--csv", "turns.csv")
    rows = list(csv.DictReader(io.StringIO(Path("turns.csv").read_text(encoding="utf-8"))))
    assert {row["session"] for row in rows} == {"leander-3", "monday"}
    assert len(rows) == 82 + 16


def test_one_session_makes_one_page(attunement, session):
    ran = attunement("read", session, "--html", "monday.html")
    assert Path("monday.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert "Written: monday.html" in ran.err


def test_several_sessions_make_a_folder_of_pages(attunement, session):
    attunement("read", LEANDER_3, session, "--html", "pages")
    assert sorted(page.name for page in Path("pages").iterdir()) == ["leander-3.html", "monday.html"]


def test_pages_of_sessions_with_one_name_do_not_replace_each_other(attunement, session):
    other = session.parent / "other" / session.name
    other.parent.mkdir()
    other.write_text(session.read_text(encoding="utf-8"), encoding="utf-8")
    attunement("read", session, other, "--html", "pages")
    assert sorted(page.name for page in Path("pages").iterdir()) == ["monday-2.html", "monday.html"]


@pytest.mark.parametrize("name", ["../../out", "/etc/passwd", "..", "a/b", "con\x00", "x" * 300])
def test_a_session_s_name_never_leads_out_of_the_folder(attunement, tmp_path, name):
    turns = [{"session": name, "speaker": ("Therapist", "Client")[turn % 2], "text": "Well, yes."} for turn in range(8)]
    table = tmp_path / "table.jsonl"
    table.write_text("\n".join(json.dumps(turn) for turn in turns), encoding="utf-8")
    before = set(tmp_path.rglob("*"))
    ran = attunement("read", table, "--html", "pages")
    (page,) = (path for path in set(tmp_path.rglob("*")) - before if path.is_file())
    assert ran.code == 0
    assert page.parent == tmp_path / "pages"


def test_the_user_names_the_therapist(attunement, tmp_path):
    file = tmp_path / "names.txt"
    file.write_text("Ana: Hello.\nBo: Hi.\n" * 4, encoding="utf-8")
    ran = attunement("read", file, "--therapist", "Bo", "--json", "-")
    assert json.loads(ran.out)["session"]["roles"]["therapist"] == "Bo"


def test_quiet_prints_nothing(attunement, session):
    ran = attunement("read", session, "--quiet", "--csv", "out.csv")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_quiet_still_says_what_was_not_read(attunement, tmp_path):
    file = tmp_path / "cut.txt"
    file.write_text("Well then.\n" + "Therapist: So?\nClient: Yes, well.\n" * 4, encoding="utf-8")
    ran = attunement("read", file, "--quiet")
    assert ran.code == 0
    assert ran.err.startswith("cut: ")
    assert "line 1" in ran.err


def test_what_was_not_read_is_said_with_a_session_in_short(attunement, session):
    session.write_text("Well then.\n" + session.read_text(encoding="utf-8"), encoding="utf-8")
    ran = attunement("read", LEANDER_3, session)
    assert "Note." in ran.out


def test_a_bad_file_is_told_in_one_line_and_the_others_are_read(attunement, session, tmp_path):
    (tmp_path / "empty.vtt").write_text("", encoding="utf-8")
    ran = attunement("read", "missing.txt", "empty.vtt", session, "--json", "-")
    assert ran.code == 2
    assert [line.split(":")[1].strip() for line in ran.err.splitlines()] == ["missing.txt", "empty.vtt"]
    assert json.loads(ran.out)["session"]["id"] == "monday"


def test_when_nothing_can_be_read_nothing_is_written(attunement, tmp_path):
    (tmp_path / "empty.vtt").write_text("", encoding="utf-8")
    ran = attunement("read", "empty.vtt", "--json", "out.json", "--csv", "out.csv", "--html", "out.html")
    assert ran.code == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty.vtt"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
@pytest.mark.parametrize("option", ["--json", "--csv"])
def test_a_full_disk_is_told_in_one_line(attunement, session, option):
    ran = attunement("read", session, option, "/dev/full")
    assert ran.code == 2
    assert ran.err == "attunement: /dev/full: cannot be written (no space left on device).\n"


def test_several_sessions_cannot_go_on_one_page(attunement, session):
    ran = attunement("read", LEANDER_3, session, "--html", "all.html")
    assert ran.code == 2
    assert "give a folder" in ran.err
    assert not Path("all.html").exists()


def test_a_file_with_several_sessions_cannot_go_on_one_page(attunement, tmp_path):
    rows = ["session,speaker,text"] + [f"{n},{who},Well yes." for n in (1, 2) for who in ("therapist", "client") * 4]
    (tmp_path / "two.csv").write_text("\n".join(rows), encoding="utf-8")
    ran = attunement("read", "two.csv", "--html", "all.html")
    assert ran.code == 2
    assert "give a folder" in ran.err
