"""The figures over held-out cases: their measures, and the page that shows them."""

import math
from pathlib import Path

import pytest

from benchmarks.case_figures.figure import area, f1, macro_f1, over_cases, rank_correlation
from benchmarks.cases import kept, markdown

ROOT = Path(__file__).parents[3]


def test_the_page_shows_the_figures_of_the_last_run():
    page = (ROOT / "docs" / "case-figures.md").read_text(encoding="utf-8")
    assert markdown(kept(ROOT / "training" / "results" / "cases.json")) in page


def test_saying_always_the_same_does_well_on_f1_and_poorly_on_macro_f1():
    always = [[(True, True), (True, True)], [(False, True)]]
    assert f1(always) == pytest.approx(0.8)
    assert macro_f1(always) == pytest.approx(0.4)


def test_nothing_found_of_what_is_there_is_zero_and_nothing_there_cannot_be_told():
    assert f1([[(True, False)]]) == 0
    assert math.isnan(f1([[(False, False)]]))


def test_a_chance_that_is_always_higher_where_it_is_true_has_area_one_and_ties_count_half():
    assert area([[(True, 0.9), (False, 0.2)], [(True, 0.8)]]) == 1
    assert area([[(True, 0.5), (False, 0.5)]]) == 0.5


def test_rank_correlation_minds_order_only_and_passes_over_what_is_not_known():
    assert rank_correlation([[(1, 10), (2, 100)], [(3, 101), (math.nan, 5)]]) == pytest.approx(1)
    assert math.isnan(rank_correlation([[(1, 1), (2, 1), (3, 1)]]))


def test_the_interval_holds_the_figure_and_is_drawn_alike_each_time():
    parts = [[(True, True)], [(True, False)], [(False, False), (False, True)], [(True, True)], [(False, False)]] * 3
    value, low, high = over_cases(parts, f1)
    assert low < value < high
    assert over_cases(parts, f1) == (value, low, high)
