"""Control charts and partitions, against values worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.measures.alliance import segment_starts, shewhart_limits, tukey_limits
from attunement.measures.alliance.charts import chart_flags
from attunement.measures.alliance.partition import PENALTY, SHORTEST_SEGMENT, falls_of_level, noise_variance

NAN = float("nan")
RATINGS = np.array([5.0, 6, 4, 5, 7, 6, 5, 2])


def test_shewhart_limits_are_the_mean_and_2_66_mean_moving_ranges():
    # mean 40/8 = 5; moving ranges 1 2 1 2 1 1 3, their mean 11/7
    limits = shewhart_limits(RATINGS)
    assert limits.centre == pytest.approx(5.0)
    assert limits.lower == pytest.approx(5 - 2.66 * 11 / 7)
    assert limits.upper == pytest.approx(5 + 2.66 * 11 / 7)


def test_a_session_without_rating_is_passed_over_by_both_charts():
    with_gap = np.insert(RATINGS, 3, NAN)
    for limits_of in (shewhart_limits, tukey_limits):
        gap, full = limits_of(with_gap), limits_of(RATINGS)
        assert (gap.lower, gap.centre, gap.upper) == (full.lower, full.centre, full.upper)


def test_tukey_limits_lie_one_and_a_half_fourth_spreads_outside_the_fourths():
    # ordered 2 4 5 5 | 5 6 6 7: fourths 4.5 and 6, spread 1.5
    limits = tukey_limits(RATINGS)
    assert (limits.lower, limits.centre, limits.upper) == (4.5 - 2.25, 5.0, 6 + 2.25)


def test_with_an_odd_number_the_middle_rating_belongs_to_both_halves():
    # 1 2 3 | 3 4 9 share the 3: fourths 2 and 4
    limits = tukey_limits(np.array([9.0, 1, 3, 2, 4]))
    assert (limits.lower, limits.centre, limits.upper) == (2 - 3, 3.0, 4 + 3)


def test_one_deep_fall_widens_shewhart_s_limits_but_not_tukey_s():
    flags = chart_flags(np.array([7.0, 8, 7, 8, 3, 8, 7]))
    assert flags["Tukey chart"].tolist() == [False] * 4 + [True] + [False] * 2
    assert not flags["Shewhart chart"].any()


def test_many_clients_give_what_each_gives_alone():
    many = np.vstack([RATINGS, np.where(RATINGS == 4, NAN, RATINGS), np.full(8, NAN)])
    for limits_of in (shewhart_limits, tukey_limits):
        assert limits_of(many).lower.tolist()[:2] == [float(limits_of(row).lower) for row in many[:2]]
        assert np.isnan(limits_of(many).lower[2])


def test_a_level_that_lasts_is_a_segment_of_its_own():
    ratings = np.array([7.0, 8, 7, 8, NAN, 3, 4, 3, 4, 3])
    assert segment_starts(ratings) == (0, 5)
    assert falls_of_level(ratings) == (5,)
    assert falls_of_level(-ratings) == ()


@pytest.mark.parametrize("ratings", [[], [NAN], [5.0], [5.0, 5], [5.0] * 12, [1.0, 9]])
def test_what_cannot_be_split_is_one_segment(ratings):
    assert len(segment_starts(np.array(ratings))) <= 1


@given(st.lists(st.integers(0, 10), min_size=1, max_size=9))
def test_the_partition_is_the_cheapest_of_all(ratings):
    values = np.array(ratings, dtype=float)
    price = PENALTY * noise_variance(values) * np.log(len(values))

    def cost(starts):
        parts = np.split(values, starts[1:])
        return sum(((part - part.mean()) ** 2).sum() for part in parts) + price * (len(parts) - 1)

    def partitions(start):
        yield (start,)
        for cut in range(start + SHORTEST_SEGMENT, len(values) - SHORTEST_SEGMENT + 1):
            yield from ((start, *rest) for rest in partitions(cut))

    assert cost(segment_starts(values)) == pytest.approx(min(cost(each) for each in partitions(0)))


def test_noise_is_what_remains_without_the_largest_differences():
    # squared differences 1 1 1 0 25 1 0 0 16 0: without 25 and 16 they are 4/8, a quarter of all of them is 45/40
    assert noise_variance(np.array([7.0, 8, 7, 8, 8, 3, 4, 4, 4, 8, 8])) == pytest.approx(45 / 40 / 2)
    # squared differences 1 4 1 4 1 4: without two of the largest 7/4
    assert noise_variance(np.array([1.0, 2, 0, 1, 3, 2, 4])) == pytest.approx(7 / 4 / 2)


@pytest.mark.parametrize("ratings, most", [(6, 0.17), (12, 0.09), (30, 0.04)])
def test_noise_is_seldom_split(ratings, most):
    courses = np.random.default_rng(1).normal(size=(400, ratings))
    assert np.mean([len(segment_starts(course)) > 1 for course in courses]) <= most
