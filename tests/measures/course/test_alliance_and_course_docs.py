"""The examples of docs/alliance.md and docs/expected-course.md run and print what the pages show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from attunement.measures.alliance import course as alliance
from attunement.measures.alliance import growth
from attunement.measures.course import MADE_UP, fit, sample

DOCS = Path(__file__).parents[3] / "docs"
EXAMPLE = re.compile(r"```python\n(.*?)```\n(?:\n```text\n(.*?)```)?", re.DOTALL)


@pytest.mark.parametrize("page", ["alliance.md", "expected-course.md"])
def test_every_example_prints_what_the_page_shows(page, capsys):
    names = {}
    examples = EXAMPLE.findall((DOCS / page).read_text(encoding="utf-8"))
    assert len(examples) >= 3
    for code, shown in examples:
        exec(code, names)
        assert capsys.readouterr().out == shown


def test_the_limits_on_the_pages_are_those_of_the_code():
    course = (DOCS / "expected-course.md").read_text(encoding="utf-8")
    assert (sample.FEWEST_CLIENTS, sample.FEWEST_SCORES, fit.FEWEST_AT_A_SESSION) == (20, 3, 5)
    assert "Twenty\nclients with three scores" in course
    assert "last session that five clients" in course
    assert MADE_UP in course
    page = (DOCS / "alliance.md").read_text(encoding="utf-8")
    assert (growth.FEWEST_FOR_SHAPE, alliance.FEWEST_RATINGS) == (8, 5)
    assert "at least eight ratings" in page
    assert "fewer than five ratings" in page
