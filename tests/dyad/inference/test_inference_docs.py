"""The page about inference runs as it stands."""

import re

from test_project import DOCS, run_page, workplace  # noqa: F401  (the fixture)

PAGE = DOCS / "dyad-inference.md"


def test_the_python_of_the_page_runs(workplace):  # noqa: F811
    assert run_page(PAGE.name)["found"].sessions == 6


def test_pictures_that_are_shown_are_there():
    for picture in re.findall(r"\((pictures/[^)]+)\)", PAGE.read_text(encoding="utf-8")):
        assert (DOCS / picture).read_text(encoding="utf-8").startswith("<svg")
