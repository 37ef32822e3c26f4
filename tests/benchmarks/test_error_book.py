"""The error book speaks of the commonest confusions, with their counts, and its examples are invented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from attunement.codebook import CODES
from benchmarks.confusions import SHOWN, kept, markdown, with_table, without_words
from training.sources import CORPUS, FIGURES

PAGE = (Path(__file__).parents[2] / "docs" / "errors.md").read_text(encoding="utf-8")
KEPT = FIGURES.with_name("confusions.json")


@pytest.fixture(scope="module")
def confusions():
    if not KEPT.exists():
        pytest.skip("no counts yet: `make bench-errors`")
    return kept(KEPT)


def test_the_table_is_that_of_the_last_counts(confusions):
    assert with_table(PAGE, confusions) == PAGE, "run `make bench-errors`"
    assert len(confusions) == SHOWN


def test_each_of_the_twenty_has_its_words_an_example_and_what_to_make_of_it(confusions):
    assert without_words(PAGE, confusions) == []
    for part in re.split(r"^### ", PAGE, flags=re.MULTILINE)[1:]:
        assert "\n> " in part
        assert "**Make of it:**" in part


def test_pairs_are_of_codes_of_one_speaker_and_sorted(confusions):
    assert all(CODES[one.first].speaker == CODES[one.second].speaker for one in confusions)
    assert [one.turns for one in confusions] == sorted((one.turns for one in confusions), reverse=True)
    assert all(one.first_as_second >= one.second_as_first for one in confusions)


def test_every_row_leads_to_a_heading(confusions):
    headings = {line.removeprefix("### ").replace(" ", "-") for line in PAGE.splitlines() if line.startswith("### ")}
    assert set(re.findall(r"\(#([\w-]+)\) \| `", markdown(confusions))) <= headings


def test_no_example_is_from_the_corpus():
    corpus = " ".join(" ".join(words(path.read_text(encoding="utf-8"))) for path in CORPUS.glob("*.txt"))
    said = [part for line in re.findall(r"^> (.+)$", PAGE, re.MULTILINE) for part in re.split(r"— C:|T:|C:", line)]
    examples = [" ".join(words(part)) for part in said if len(words(part)) > 3]
    assert len(examples) >= SHOWN
    assert [each for each in examples if each in corpus] == []


def words(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower())
