from __future__ import annotations

from pathlib import Path

import pytest

OPTIONS = [("--json", "out.json"), ("--csv", "out.csv"), ("--html", "out.html")]


@pytest.mark.parametrize("option, name", OPTIONS)
def test_a_file_of_somebody_else_stays_as_it_is(attunement, session, option, name):
    Path(name).write_text("my notes", encoding="utf-8")
    ran = attunement("read", session, option, name)
    assert ran.code == 2
    assert "--overwrite" in ran.err
    assert Path(name).read_text(encoding="utf-8") == "my notes"


@pytest.mark.parametrize("option, name", OPTIONS)
def test_an_earlier_reading_is_replaced(attunement, session, option, name):
    assert attunement("read", session, option, name).code == 0
    written = Path(name).read_bytes()
    assert attunement("read", session, option, name).code == 0
    assert Path(name).read_bytes() == written


@pytest.mark.parametrize("option, name", OPTIONS)
def test_the_user_may_say_overwrite(attunement, session, option, name):
    Path(name).write_text("my notes", encoding="utf-8")
    assert attunement("read", session, option, name, "--overwrite").code == 0
    assert Path(name).read_text(encoding="utf-8") != "my notes"


@pytest.mark.parametrize("option", ["--json", "--csv"])
def test_a_transcript_is_never_written_over(attunement, session, option):
    before = session.read_bytes()
    ran = attunement("read", session, option, session.name, "--overwrite")
    assert ran.code == 2
    assert session.read_bytes() == before


def test_a_page_of_somebody_else_stays_in_the_folder_of_pages(attunement, session):
    Path("pages").mkdir()
    Path("pages/monday.html").write_text("my notes", encoding="utf-8")
    assert attunement("read", session, "--html", "pages").code == 2
    assert Path("pages/monday.html").read_text(encoding="utf-8") == "my notes"


def test_a_missing_folder_is_said_before_anything_is_read(attunement, session):
    ran = attunement("read", session, "--json", "nowhere/out.json")
    assert ran.code == 2
    assert "make it first" in ran.err


def test_a_folder_is_no_place_for_a_table(attunement, session):
    Path("tables").mkdir()
    assert attunement("read", session, "--csv", "tables").code == 2


def test_a_file_is_no_place_for_a_folder_of_pages(attunement, session):
    Path("pages").write_text("my notes", encoding="utf-8")
    ran = attunement("read", session, "--html", "pages")
    assert ran.code == 2
    assert ".html" in ran.err


def test_conversion_replaces_no_file(attunement, session):
    Path("out.vtt").write_text("my notes", encoding="utf-8")
    assert attunement("convert", session, "out.vtt").code == 2
    assert Path("out.vtt").read_text(encoding="utf-8") == "my notes"
    assert attunement("convert", session, "out.vtt", "--overwrite").code == 0


def test_conversion_never_replaces_its_own_source(attunement, session):
    before = session.read_bytes()
    assert attunement("convert", session, session, "--overwrite").code == 2
    assert session.read_bytes() == before
