"""Reliable change of one client, from an instrument's published figures."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attunement.measures.change import (
    is_reliable,
    reliable_change_index,
    smallest_reliable_change,
    standard_error_of_difference,
    standard_error_of_measurement,
)

scores = st.floats(-200, 200)
spreads = st.floats(0.1, 100)
reliabilities = st.floats(0.01, 0.99)


def test_the_example_of_jacobson_and_truax():
    # 1991, p. 14: 47.5 before, 32.5 after, s 7.5, reliability .88; they report 5.1 with rounded steps on the way.
    assert standard_error_of_measurement(7.5, 0.88) == pytest.approx(2.60, abs=0.005)
    assert standard_error_of_difference(7.5, 0.88) == pytest.approx(3.67, abs=0.005)
    assert reliable_change_index(47.5, 32.5, sd_pre=7.5, reliability=0.88) == pytest.approx(-4.08, abs=0.005)


def test_the_smallest_reliable_change_is_just_not_reliable():
    least = smallest_reliable_change(sd_pre=10, reliability=0.75)
    assert least == pytest.approx(1.959964 * sqrt(50), abs=1e-5)
    assert not is_reliable(reliable_change_index(0, least * 0.999, sd_pre=10, reliability=0.75))
    assert is_reliable(reliable_change_index(0, least * 1.001, sd_pre=10, reliability=0.75))


def test_a_stricter_level_asks_for_more_change():
    usual = smallest_reliable_change(sd_pre=10, reliability=0.75)
    assert smallest_reliable_change(sd_pre=10, reliability=0.75, significance_level=0.01) > usual


@settings(deadline=None)
@given(scores, scores, spreads, reliabilities)
def test_exchanging_before_and_after_turns_the_sign(pre, post, sd, reliability):
    there = reliable_change_index(pre, post, sd_pre=sd, reliability=reliability)
    assert reliable_change_index(post, pre, sd_pre=sd, reliability=reliability) == -there


@pytest.mark.parametrize("sd, reliability", [(0, 0.8), (-1, 0.8), (float("nan"), 0.8), (5, 0), (5, 1), (5, 1.2)])
def test_figures_that_cannot_be_are_refused(sd, reliability):
    with pytest.raises(ValueError, match="must"):
        reliable_change_index(1, 2, sd_pre=sd, reliability=reliability)


def test_a_level_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match="level"):
        smallest_reliable_change(sd_pre=10, reliability=0.75, significance_level=0)
