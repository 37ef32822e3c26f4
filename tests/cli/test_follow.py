"""`attunement follow`: a folder in; report, pages, JSON and CSV out."""

from __future__ import annotations

import json
from pathlib import Path

from attunement.examples.answers import FOLDER

TALK = "Therapist: So how was the week?\nClient: Long.\nTherapist: Long in what way?\nClient: I hardly slept.\n"


def test_a_case_is_shown_with_its_time_line_and_the_page_before_the_next_session(attunement):
    ran = attunement("follow", str(FOLDER / "maribel"))
    assert ran.code == 0
    assert ran.out.index("Maribel") < ran.out.index("To look at first") < ran.out.index("Time line")
    assert "Before session 15" in ran.out


def test_a_case_can_be_looked_at_as_it_stood(attunement):
    ran = attunement("follow", str(FOLDER / "maribel"), "--until", "8")
    assert "Before session 9" in ran.out


def test_json_goes_to_standard_output_alone(attunement):
    ran = attunement("follow", str(FOLDER / "leander"), "--json", "-")
    assert json.loads(ran.out)["schema"] == "attunement/case/1"


def test_the_table_has_a_row_a_session(attunement):
    attunement("follow", str(FOLDER / "leander"), "--csv", "leander.csv", "--quiet")
    header, *rows = Path("leander.csv").read_text(encoding="utf-8").splitlines()
    assert header.startswith("client,session,date,")
    assert len(rows) == 16
    assert "NA" in rows[0]


def test_a_folder_of_pages_leads_from_the_case_to_its_sessions(attunement):
    attunement("follow", str(FOLDER / "leander"), "--html", "pages")
    page = Path("pages/Leander.html").read_text(encoding="utf-8")
    for number in (1, 2, 3, 4):
        assert f'href="leander-{number}.html"' in page
        assert Path(f"pages/leander-{number}.html").exists()


def test_writing_again_replaces_our_own_files_and_nobody_else_s(attunement):
    arguments = ("follow", str(FOLDER / "leander"), "--html", "case.html", "--json", "case.json", "--csv", "case.csv")
    assert attunement(*arguments).code == 0
    assert attunement(*arguments).code == 0
    Path("case.csv").write_text("my own notes\n", encoding="utf-8")
    ran = attunement(*arguments)
    assert ran.code == 2
    assert Path("case.csv").read_text(encoding="utf-8") == "my own notes\n"


def test_what_cannot_be_used_is_named_in_one_line_and_the_rest_is_followed(attunement):
    folder = Path("noor")
    folder.mkdir()
    (folder / "noor-1.txt").write_text(TALK, encoding="utf-8")
    (folder / "measures.csv").write_text("session,phq9\n1,14\n2,99\n", encoding="utf-8")
    ran = attunement("follow", "noor", "--quiet", "--csv", "noor.csv")
    assert ran.code == 2
    assert [line for line in ran.err.splitlines() if "row 3" in line]
    assert len(Path("noor.csv").read_text(encoding="utf-8").splitlines()) == 2


def test_a_folder_that_is_not_there_is_one_line(attunement):
    ran = attunement("follow", "nowhere")
    assert ran.code == 2
    assert ran.err.strip() == (
        "attunement: nowhere: no such folder; give the folder with one client's transcripts and measures.csv."
    )
