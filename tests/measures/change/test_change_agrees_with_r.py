"""Every call of the R package clinicalsignificance 3.0.0 whose result is at hand."""

from __future__ import annotations

import pytest

from benchmarks.agreement_change import agreements, calls, compare, data_folder

FOLDER = data_folder()
IS_THERE = (FOLDER / "reference").is_dir()
NAMES = list(calls(FOLDER)) if IS_THERE else []


@pytest.mark.skipif(not IS_THERE, reason="the R packages' data sets are not here; name their folder in ATTUNEMENT_DATA")
def test_every_number_and_category_is_that_of_the_package():
    found = agreements(FOLDER)
    assert len(found) >= 12
    assert {name: one.unequal for name, one in found.items() if not one.is_full} == {}


def test_a_comparison_sees_what_differs():
    rows = [{"n": 1, "category": "Improved", "rci": 0.5}]
    assert compare(rows, rows).is_full
    assert not compare(rows, [{"n": 1, "category": "Unchanged", "rci": 0.5}]).is_full
    assert not compare(rows, [{"n": 1, "category": "Improved", "rci": 0.50001}]).is_full
    assert not compare(rows, rows * 2).is_full
    assert not compare([{"n": True}], [{"n": 1.5}]).is_full
    assert not compare([{"rci": None}], [{"rci": 0.5}]).is_full
