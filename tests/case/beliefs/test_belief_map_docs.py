"""docs/belief-map.md states the rules with the numbers of the code."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from attunement.case.beliefs.loosening import NEAR_TURNS, Loosened
from attunement.case.beliefs.map import AT_MOST, CONFIDENCE_AT_LEAST

TEXT = " ".join((Path(__file__).parents[3] / "docs" / "belief-map.md").read_text(encoding="utf-8").split())


def test_how_many_are_shown_and_how_sure_they_must_be():
    assert AT_MOST == 6
    assert "At most six are shown" in TEXT
    assert f"below a confidence of {CONFIDENCE_AT_LEAST:.0%}".replace("%", " %") in TEXT


def test_how_near_a_contradiction_must_be():
    assert NEAR_TURNS == 10
    assert "in the ten turns after it was voiced" in TEXT


def test_every_way_of_loosening_is_explained():
    assert all(f"- **{way}**" in TEXT for way in get_args(Loosened))
