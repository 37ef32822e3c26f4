"""The bookkeeping of the benchmark: who was warned, when, and at what specificity."""

from __future__ import annotations

import numpy as np
import pytest

from attunement.measures.course import bundled_reference
from benchmarks.course_data import CourseData, simulate_otherwise
from benchmarks.expected_course import at_same_specificity, deviations, first_warnings

NAN = np.nan
SCORES = np.array([[50.0, 50, 60, 70], [50, 40, NAN, NAN], [50, 60, 40, 20], [50, 45, 52, NAN]])
DATA = CourseData("four", "", SCORES, (bundled_reference(),), np.zeros(4, dtype=int))


def test_outcomes_compare_the_last_score_with_the_first():
    assert DATA.last_session.tolist() == [3, 1, 3, 2]
    spread = CourseData("spread", "", SCORES + np.array([[0], [10], [-10], [0]]), DATA.references, DATA.fold)
    assert spread.reliable_change == pytest.approx(1.96 * np.std([50, 60, 40, 50], ddof=1) * np.sqrt(0.4))
    assert spread.outcomes()["ended reliably worse"].tolist() == [True, False, False, False]
    assert spread.outcomes()["ended not reliably better"].tolist() == [True, True, False, True]


def test_a_warning_at_the_last_session_comes_too_late():
    warnings = np.array([[0, 0, 1, 1], [0, 1, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]], dtype=bool)
    found = first_warnings(warnings, DATA)
    assert found.first.tolist() == [2, 1, 1, 2]
    assert found.is_warned.tolist() == [True, False, True, False]


def test_deviations_are_standard_deviations_from_what_was_expected():
    found = deviations(DATA, "intake")
    assert np.isnan(found[:, 0]).all()
    assert np.array_equal(np.isnan(found[:, 1:]), np.isnan(SCORES[:, 1:]))
    assert found[0, 3] > 1.28 > found[2, 3]


def test_the_course_beside_a_rule_warns_of_no_more_good_outcomes():
    bad = np.array([True, False, False, True])
    deviation = deviations(DATA, "intake")
    for warned in ([0, 0, 0, 0], [0, 0, 1, 0], [0, 1, 1, 1]):
        warnings = np.zeros((4, 4), dtype=bool)
        warnings[:, 0] = warned
        rule = first_warnings(warnings, DATA)
        course = at_same_specificity(rule, deviation, bad, DATA)
        assert course.is_warned[~bad].sum() <= rule.is_warned[~bad].sum()


def test_the_other_simulation_is_another_one():
    table = simulate_otherwise(40, 3)
    assert table.equals(simulate_otherwise(40, 3))
    assert not table.equals(simulate_otherwise(40, 4))
    assert table["score"].between(0, 100).all()
    ends = table.groupby("id")["session"].max()
    assert ends.min() >= 2
    assert ends.nunique() > 5
