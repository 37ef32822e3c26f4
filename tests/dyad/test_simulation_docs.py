"""The pages about simulated studies run as they stand."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("jax")

from attunement.dyad.power import OUTCOMES, PREDICTORS
from test_project import DOCS, run_page, workplace  # noqa: F401  (the fixture)

PICTURES = DOCS / "pictures"


@pytest.mark.slow
def test_the_tutorial_of_simulated_studies_runs(workplace):  # noqa: F811
    names = run_page("tutorial-simulation.md")
    assert (workplace / "clinic" / "truth" / "ruptures.csv").exists()
    assert (workplace / "power.svg").read_text().startswith("<svg")
    assert "made-up client" in (workplace / "story.html").read_text()
    assert names["found"].result.question.randomised is None
    assert len(names["both"]) == len(names["truth"])


@pytest.mark.slow
def test_the_python_of_the_page_of_formats_runs(workplace):  # noqa: F811
    names = run_page("simulate.md")
    assert len(names["trial"].clients) == 40


def test_the_page_names_every_column_and_option_that_there_is():
    page = (DOCS / "simulate.md").read_text(encoding="utf-8")
    for word in (*OUTCOMES, *PREDICTORS):
        assert f"`{word}`" in page


def test_pictures_that_are_shown_are_there():
    page = (DOCS / "tutorial-simulation.md").read_text(encoding="utf-8")
    shown = re.findall(r"\]\((pictures/[\w-]+\.svg)\)", page)
    assert len(shown) == 2
    assert [name for name in shown if not (DOCS / name).exists()] == []
