from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from attunement import __version__
from attunement.codebook import CODES
from attunement.examples import SHOWN, transcripts
from attunement.examples.answers import FOLDER
from attunement.transcripts import load

LEANDER_3 = next(path for path in transcripts() if path.stem == SHOWN)


def test_evaluate_says_first_whether_to_trust_the_coder(attunement):
    ran = attunement("evaluate", FOLDER / "answers")
    assert ran.code == 0
    assert ran.out.lstrip().startswith("Can you trust it on these sessions?")


def test_evaluate_writes_json(attunement):
    ran = attunement("evaluate", FOLDER / "answers", "--json", "-")
    figures = json.loads(ran.out)
    assert figures["schema"] == "attunement/evaluation/1"
    assert figures["sessions"] == 8


def test_evaluate_refuses_what_nobody_has_coded(attunement, session):
    ran = attunement("evaluate", session)
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize("ending", ["vtt", "srt", "txt", "csv", "jsonl", "docx", "xlsx", "cha"])
def test_a_transcript_is_written_in_another_format(attunement, ending):
    target = Path(f"leander-3.{ending}")
    assert attunement("convert", LEANDER_3, target).code == 0
    assert [turn.text for turn in load(target).turns] == [turn.text for turn in load(LEANDER_3).turns]


def test_a_format_can_be_named(attunement, session):
    assert attunement("convert", session, "out.json", "--format", "Whisper JSON").code == 0
    assert "segments" in json.loads(Path("out.json").read_text(encoding="utf-8"))


def test_elan_gets_codes_and_episodes_as_tiers(attunement):
    assert attunement("convert", LEANDER_3, "leander.eaf").code == 0
    tiers = [tier.get("TIER_ID", "") for tier in ElementTree.parse("leander.eaf").iter("TIER")]
    assert "client: withdrawal" in tiers
    assert "episode: corrective" in tiers
    values = [element.text or "" for element in ElementTree.parse("leander.eaf").iter("ANNOTATION_VALUE")]
    assert any("fear_of_response" in value for value in values)
    assert any(value.startswith("kind=withdrawal; cause=hidden_shame") for value in values)


def test_an_unknown_format_is_told_with_the_known_ones(attunement, session):
    ran = attunement("convert", session, "out.mp3")
    assert ran.code == 2
    assert "WebVTT" in ran.err


def test_the_codebook_shows_every_code(attunement):
    out = attunement("codebook").out
    assert all(name in out for name in CODES)


def test_the_demo_follows_the_cases_writes_all_pages_and_compares_with_the_answers(attunement):
    ran = attunement("demo", "--out", "pages")
    assert ran.code == 0
    assert len(list(Path("pages").glob("*.html"))) == 8 + 2
    assert "Time line" in ran.out
    assert "Found 6 of the 6 decisive episodes." in ran.out
    assert "pages/Leander.html" in ran.err
    assert 'href="leander-3.html"' in Path("pages/Leander.html").read_text(encoding="utf-8")


def test_the_version_is_that_of_the_package(attunement):
    assert attunement("--version").out == f"attunement {__version__}\n"
