"""Every example in docs/formats.md is read as the format it stands under."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_tables import document
from transcript_strategies import write

from attunement.transcripts import load
from attunement.transcripts.assemble import FEW_TURNS, LONG_TURN_WORDS, MAX_TURN_WORDS
from attunement.transcripts.files import MAX_FILE_BYTES, MAX_UNPACKED_BYTES
from attunement.transcripts.formats.excel import MAX_CELL_LETTERS, MAX_COLUMNS, MAX_ROWS
from attunement.transcripts.formats.plain import MAX_SPEAKERS
from attunement.transcripts.registry import CONVOKIT, OFFICE_FORMATS, TEXT_FORMATS

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
SECTIONS = dict(section.split("\n", 1) for section in PAGE.split("\n## ")[1:])
BLOCK = re.compile(r"^```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXAMPLES = [(name, match[1]) for name, text in SECTIONS.items() if (match := BLOCK.search(text))]


@pytest.mark.parametrize("format, example", EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_the_example_is_read_as_what_it_is(format: str, example: str, tmp_path: Path) -> None:
    if format == CONVOKIT:
        (tmp_path / "corpus").mkdir()
        path = write(tmp_path / "corpus", "utterances.jsonl", example).parent
    else:
        path = write(tmp_path, "example", document(example.splitlines()) if format == "Word" else example)
    session = load(path)
    assert session.format == format
    assert [turn.speaker for turn in session.turns] == ["therapist", "client"]
    assert session.turns[0].text.casefold().startswith(("how was your week?", "so, how's the week been?"))
    assert "{" not in session.turns[0].text


def test_every_format_has_a_section_and_all_but_excel_an_example() -> None:
    names = {each.name for each in (*TEXT_FORMATS, *OFFICE_FORMATS)} | {CONVOKIT}
    assert names | {"ELAN"} <= set(SECTIONS)
    assert {name for name, _ in EXAMPLES} == names - {"Excel"}


def test_every_ending_is_in_the_table() -> None:
    for format in (*TEXT_FORMATS, *OFFICE_FORMATS):
        assert all(f"`{ending}`" in PAGE for ending in format.endings)


def test_the_limits_are_those_of_the_code() -> None:
    assert MAX_FILE_BYTES == MAX_UNPACKED_BYTES == 50_000_000
    assert "above 50 MB" in PAGE
    assert FEW_TURNS == 6
    assert "fewer than six turns" in PAGE
    for limit in (MAX_TURN_WORDS, LONG_TURN_WORDS, MAX_ROWS, MAX_COLUMNS, MAX_CELL_LETTERS, MAX_SPEAKERS):
        assert f"{limit:,}" in PAGE
