"""docs/dyad.md: its examples run, and its tables are the code's and the last calibration's."""

from __future__ import annotations

import doctest
from pathlib import Path

from tools import dyad_page

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "dyad.md").read_text(encoding="utf-8")


def test_the_examples_run():
    examples = doctest.DocTestParser().get_doctest(TEXT, {}, "dyad.md", "docs/dyad.md", 0)
    assert len(examples.examples) >= 10
    told: list[str] = []
    results = doctest.DocTestRunner().run(examples, out=told.append)
    assert results.failed == 0, "".join(told)


def test_the_tables_are_current():
    assert dyad_page.page(TEXT) == TEXT, "run python -m tools.dyad_page"


def test_the_last_calibration_is_that_of_the_defaults():
    from attunement.dyad.parameters import DEFAULT

    assert dyad_page._result("calibration.json")["parameters"] == DEFAULT._asdict()
