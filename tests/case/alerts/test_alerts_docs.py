"""docs/alerts.md speaks of every alert, question and stage there is, with the numbers of the code."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from attunement.case.alerts import ending_risk, material, no_gain_in_safety, unrepaired_rupture
from attunement.case.alerts.ranking import FINDERS
from attunement.case.alerts.urgency import MOST_SPECIFIC_FIRST, WEIGHT
from attunement.case.findings import AlertKind, Fit, HiddenStrain
from attunement.case.fit import GROWN
from attunement.case.hidden_strain import unsaid, worth
from attunement.case.rapport import RATED_WELL

TEXT = (Path(__file__).parents[3] / "docs" / "alerts.md").read_text(encoding="utf-8")
NUMBERS = {
    "RECENT_SESSIONS": material.RECENT_SESSIONS,
    "LIKELY": unrepaired_rupture.LIKELY,
    "BID": ending_risk.BID,
    "CANCELLED_TIMES": ending_risk.CANCELLED_TIMES,
    "WORTH_ASKING": worth.WORTH_ASKING,
    "MUCH_UNSAID": unsaid.MUCH_UNSAID,
    "RATED_WELL": RATED_WELL,
    "GROWN": GROWN,
    "SAFE_ENOUGH": no_gain_in_safety.SAFE_ENOUGH,
}


def rows(heading: str) -> list[list[str]]:
    """The cells of the first table under a heading, without its head."""
    part = TEXT.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def names(heading: str) -> list[str]:
    return [cells[0].strip("`") for cells in rows(heading)]


def test_every_kind_of_alert_is_documented_ranked_and_found_by_a_module():
    kinds = list(get_args(AlertKind))
    assert names("The seven") == kinds
    assert list(FINDERS) == kinds
    assert set(MOST_SPECIFIC_FIRST) == set(kinds)
    assert sorted(WEIGHT, key=lambda kind: -WEIGHT[kind]) == list(WEIGHT)


def test_every_alert_says_what_raises_it_what_it_rests_on_how_sure_what_to_do_and_what_it_cannot_see():
    for cells in rows("The seven"):
        assert len(cells) == 6
        assert all(cells)


def test_every_pattern_of_hidden_strain_is_documented():
    assert names("Hidden strain") == list(get_args(get_type_hints(HiddenStrain)["kind"]))


def test_every_stage_of_fit_is_documented():
    assert names("Fit") == list(get_args(get_type_hints(Fit)["stage"]))


@pytest.mark.parametrize("name", NUMBERS)
def test_the_numbers_are_those_of_the_code(name):
    value = next(cells[1] for cells in rows("What the numbers are") if cells[0] == f"`{name}`")
    assert float(value) == NUMBERS[name]


def test_no_number_is_documented_that_the_code_does_not_have():
    assert set(names("What the numbers are")) == set(NUMBERS)


def test_it_says_that_risk_cannot_be_seen_and_that_nothing_was_tested_on_real_therapies():
    assert re.search(r"cannot see risk", TEXT)
    assert re.search(r"None has been tested on real therapies", TEXT)
