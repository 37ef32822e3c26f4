"""Intervals over cases."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.evaluation import metrics
from attunement.evaluation.bootstrap import FEWEST_CASES, RESAMPLES_OF_RANKING, Bootstrap, interval


@given(st.integers(FEWEST_CASES, 40), st.integers(0, 2**32 - 1))
def test_every_resample_draws_as_many_cases_as_there_are(cases, seed):
    weights = Bootstrap.over(cases, resamples=20, seed=seed).weights
    assert weights.shape == (20, cases)
    assert (weights.sum(axis=1) == cases).all()


def test_the_same_seed_draws_the_same_and_another_does_not():
    one, again, other = (Bootstrap.over(30, seed=seed).weights for seed in (7, 7, 8))
    assert (one == again).all()
    assert (one != other).any()


def test_totals_are_those_of_counting_each_drawn_case_anew():
    random = np.random.default_rng(3)
    case = np.sort(random.integers(0, 8, 200))
    human, coder = random.random(200) < 0.3, random.random(200) < 0.3
    bootstrap = Bootstrap.over(8, resamples=50, seed=1)
    totals = bootstrap.totals(metrics.confusion_by_group(human, coder, 2, case, 8))
    for weights, total in zip(bootstrap.weights.astype(int), totals, strict=True):
        drawn = np.repeat(np.arange(200), weights[case])
        assert (total == metrics.confusion(human[drawn], coder[drawn])).all()


def test_rankings_use_fewer_resamples_of_the_same_draw():
    bootstrap = Bootstrap.over(6, seed=0)
    case = np.array([0, 0, 5])
    assert (bootstrap.turn_weights(case) == bootstrap.weights[:RESAMPLES_OF_RANKING][:, [0, 0, 5]]).all()


def test_too_few_cases_give_no_interval():
    bootstrap = Bootstrap.over(FEWEST_CASES - 1)
    samples = metrics.kappa(bootstrap.totals(np.ones((FEWEST_CASES - 1, 2, 2))))
    assert np.isnan(interval(0.5, samples)).all()


@given(st.floats(0, 1), st.lists(st.floats(0, 1) | st.just(float("nan")), max_size=50))
def test_an_interval_holds_its_figure_or_says_that_it_cannot_tell(figure, samples):
    low, high = interval(figure, np.array(samples))
    assert low <= figure <= high or (np.isnan(low) and np.isnan(high))


def test_a_figure_that_can_seldom_be_formed_has_no_interval():
    assert np.isnan(interval(0.5, np.array([0.5] * 40 + [np.nan] * 60))).all()


def test_intervals_cover_the_truth_about_as_often_as_they_say():
    random = np.random.default_rng(0)
    covered = 0
    for trial in range(200):
        examples = random.binomial(20, random.beta(6, 4, size=60))  # cases differ; on average 12 of 20 are found
        matrices = np.zeros((60, 2, 2))
        matrices[:, 1, 1], matrices[:, 1, 0] = examples, 20 - examples
        samples = metrics.recall(Bootstrap.over(60, resamples=300, seed=trial).totals(matrices))[..., 1]
        low, high = interval(float(metrics.recall(matrices.sum(0))[1]), samples)
        covered += low <= 0.6 <= high
    assert covered / 200 == pytest.approx(0.95, abs=0.05)
