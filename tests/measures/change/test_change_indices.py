"""Every index of reliable change, worked out by hand: mean 20, standard deviation 10, error of measurement 5."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_change import RELIABILITY, clients

from attunement.errors import InputError
from attunement.measures.change import METHODS, distribution, statistical

TWO_SCORES = [code for code in METHODS if code != "HLM"]
ERROR_OF_PREDICTION = sqrt(100 * (1 - 0.75**2))
BY_HAND = {
    "JT": [0, -10 / sqrt(50), -8 / sqrt(50)],
    # The scores before regress to 12.5, 20 and 27.5.
    "GLN": [-2.5 / ERROR_OF_PREDICTION, -10 / ERROR_OF_PREDICTION, -5.5 / ERROR_OF_PREDICTION],
    # The mean after is 14: 6 points better for everybody.
    "HLL": [3.5 / ERROR_OF_PREDICTION, -4 / ERROR_OF_PREDICTION, 0.5 / ERROR_OF_PREDICTION],
    "EN": [-2.5 / 5, -10 / 5, -5.5 / 5],
    "NK": [share / sqrt(0.75**2 * 100 * 0.25 + 100 * 0.2) for share in (-2.5, -10, -5.5)],
}


@pytest.mark.parametrize("method", BY_HAND)
def test_the_index_is_what_the_formula_gives(method):
    result = distribution(clients([10, 10, 22]), method=method, reliability=RELIABILITY, reliability_post=0.8)
    assert result.augmented["rci"].tolist() == pytest.approx(BY_HAND[method], abs=1e-12)


def test_hageman_and_arrindell_weigh_the_change_by_its_reliability():
    # After: mean 12, variance 84, covariance with before 30; changes 4, -18, -10 with mean -8.
    reliability_of_change = (75 + 84 - 25 - 60) / (100 + 84 - 60)
    by_hand = [
        (change * reliability_of_change - 8 * (1 - reliability_of_change)) / (sqrt(reliability_of_change) * sqrt(50))
        for change in (4, -18, -10)
    ]
    result = distribution(clients([14, 2, 20]), method="HA", reliability=RELIABILITY)
    assert result.augmented["rci"].tolist() == pytest.approx(by_hand, abs=1e-12)
    # One-sided: -1.68 is beyond 1.645, though not beyond 1.96.
    assert result.augmented["category"].tolist() == ["Unchanged", "Improved", "Improved"]


def test_the_reliability_after_is_that_before_unless_given():
    alone = distribution(clients([10, 10, 22]), method="NK", reliability=0.8)
    same = distribution(clients([10, 10, 22]), method="NK", reliability=0.8, reliability_post=0.8)
    assert alone.augmented.equals(same.augmented)
    assert "reliability after" in alone.notes[0]
    assert same.notes == ()


scores = st.lists(st.integers(0, 60), min_size=4, max_size=20)


def _indices(pre, post, method, shift=0.0, scale=1.0):
    moved = clients([scale * score + shift for score in post], [scale * score + shift for score in pre])
    return distribution(moved, method=method, reliability=0.8).augmented["rci"].to_numpy()


@settings(deadline=None)
@given(scores, st.randoms(use_true_random=False), st.sampled_from(TWO_SCORES), st.integers(-50, 50), st.integers(1, 9))
def test_where_a_scale_begins_and_how_wide_its_points_are_does_not_matter(pre, random, method, shift, scale):
    post = [random.randint(0, 60) for _ in pre]
    try:
        before = _indices(pre, post, method)
    except InputError:
        return  # no spread
    np.testing.assert_allclose(_indices(pre, post, method, shift, scale), before, rtol=1e-6, atol=1e-6)


@settings(deadline=None)
@given(scores, st.randoms(use_true_random=False), st.sampled_from(TWO_SCORES))
def test_a_turned_scale_gives_the_same_categories(pre, random, method):
    post = [random.randint(0, 60) for _ in pre]
    try:
        lower = distribution(clients(post, pre), method=method, reliability=0.8)
    except InputError:
        return
    turned = clients([-score for score in post], [-score for score in pre])
    higher = distribution(turned, method=method, reliability=0.8, better="higher")
    assert lower.augmented["category"].tolist() == higher.augmented["category"].tolist()


def test_hageman_and_arrindell_need_changes_that_differ():
    with pytest.raises(InputError, match="spread no more than the error"):
        distribution(clients([8, 18, 28]), method="HA", reliability=RELIABILITY)


@pytest.mark.parametrize("reliability", [None, 0.0, 1.0, 1.3, float("nan")])
def test_a_reliability_that_cannot_be_is_refused(reliability):
    with pytest.raises(InputError, match="reliability"):
        distribution(clients([1, 2, 3]), reliability=reliability)


def test_equal_scores_before_are_refused():
    for analyse in (lambda those: distribution(those, reliability=0.8), statistical):
        with pytest.raises(InputError, match="same score before"):
            analyse(clients([1, 2, 3], [5, 5, 5]))


def test_an_unknown_method_is_refused():
    with pytest.raises(InputError, match="no method XY"):
        distribution(clients([1, 2, 3]), method="XY", reliability=0.8)


def test_a_level_that_cannot_be_is_refused():
    with pytest.raises(InputError, match="level"):
        distribution(clients([1, 2, 3]), reliability=0.8, significance_level=1.5)
