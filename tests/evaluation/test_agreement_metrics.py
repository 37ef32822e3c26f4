"""The figures of agreement: against scikit-learn, and against what must hold for any two coders."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics as sk

from attunement.evaluation import metrics

LEVELS = 3


def two_coders(levels: int = LEVELS):
    pair = st.tuples(st.integers(0, levels - 1), st.integers(0, levels - 1))
    return st.lists(pair, min_size=1, max_size=60).map(lambda pairs: np.array(pairs).T)


def scored_turns():
    # Few different scores, so that ties occur.
    turn = st.tuples(st.booleans(), st.integers(0, 12).map(lambda n: n / 12))
    return st.lists(turn, min_size=1, max_size=80).map(
        lambda turns: (np.array([t[0] for t in turns]), np.array([t[1] for t in turns]))
    )


def same(ours, theirs) -> bool:
    return np.allclose(ours, theirs, equal_nan=True)


@given(two_coders(2))
def test_precision_recall_and_f1_are_those_of_scikit_learn(coders):
    human, coder = coders
    matrix = metrics.confusion(human, coder)
    for ours, theirs in (
        (metrics.precision, sk.precision_score),
        (metrics.recall, sk.recall_score),
        (metrics.f1, sk.f1_score),
    ):
        assert same(ours(matrix)[1], theirs(human, coder, zero_division=np.nan))


@given(two_coders())
def test_macro_f1_and_both_kappas_are_those_of_scikit_learn(coders):
    human, coder = coders
    matrix = metrics.confusion(human, coder, LEVELS)
    assert same(metrics.macro_f1(matrix), sk.f1_score(human, coder, average="macro", zero_division=0))
    if len(np.unique(coders)) > 1:
        assert same(metrics.kappa(matrix), sk.cohen_kappa_score(human, coder))
        assert same(metrics.kappa(matrix, quadratic=True), sk.cohen_kappa_score(human, coder, weights="quadratic"))


@given(scored_turns())
def test_average_precision_is_that_of_scikit_learn_also_with_ties(turns):
    human, score = turns
    if human.any():
        assert same(metrics.average_precision(human, score), sk.average_precision_score(human, score))
    else:
        assert np.isnan(metrics.average_precision(human, score))


@given(scored_turns(), st.integers(0, 2**32 - 1))
def test_weighted_average_precision_is_that_of_turns_counted_several_times(turns, seed):
    human, score = turns
    weights = np.random.default_rng(seed).integers(0, 4, size=(3, len(human))).astype(float)
    ours = metrics.average_precision(human, score, weights)
    for figure, weight in zip(ours, weights.astype(int), strict=True):
        again = np.repeat(human, weight)
        if again.any():
            assert same(figure, sk.average_precision_score(again, np.repeat(score, weight)))
        else:
            assert np.isnan(figure)


@given(scored_turns(), st.integers(0, 2**32 - 1))
def test_the_order_of_the_turns_changes_nothing(turns, seed):
    human, score = turns
    order = np.random.default_rng(seed).permutation(len(human))
    for figure in (metrics.average_precision, metrics.expected_calibration_error):
        assert same(figure(human, score), figure(human[order], score[order]))


@given(two_coders())
def test_figures_stay_within_their_bounds(coders):
    matrix = metrics.confusion(*coders, LEVELS)
    for figure in (metrics.precision, metrics.recall, metrics.f1, metrics.macro_f1):
        values = figure(matrix)[~np.isnan(figure(matrix))]
        assert ((values >= 0) & (values <= 1)).all()
    for quadratic in (False, True):
        kappa = metrics.kappa(matrix, quadratic=quadratic)
        assert np.isnan(kappa) or -1 - 1e-9 <= kappa <= 1


@given(st.lists(st.integers(0, LEVELS - 1), min_size=2, max_size=60).map(np.array))
def test_a_coder_who_repeats_the_human_is_perfect(levels):
    matrix = metrics.confusion(levels, levels, LEVELS)
    assert metrics.macro_f1(matrix) == pytest.approx(1)
    if len(np.unique(levels)) > 1:
        assert metrics.kappa(matrix) == pytest.approx(1)
        assert metrics.kappa(matrix, quadratic=True) == pytest.approx(1)
    human = levels == levels[0]
    assert metrics.average_precision(human, human.astype(float)) == pytest.approx(1)
    assert metrics.expected_calibration_error(human, human.astype(float)) == 0


@given(two_coders())
def test_kappa_does_not_mind_who_is_called_the_human(coders):
    one, other = coders
    assert same(
        metrics.kappa(metrics.confusion(one, other, LEVELS)), metrics.kappa(metrics.confusion(other, one, LEVELS))
    )


def test_the_published_example_of_kappa():
    # Cohen (1960), table 1: three categories, 200 cases.
    matrix = np.array([[88, 14, 18], [10, 40, 10], [2, 6, 12]], dtype=float)
    assert metrics.kappa(matrix) == pytest.approx(0.49, abs=0.005)


@pytest.mark.parametrize("human", [np.zeros(5, bool), np.ones(5, bool)])
def test_one_answer_throughout_leaves_kappa_open(human):
    assert np.isnan(metrics.kappa(metrics.confusion(human, human)))


def test_what_cannot_be_formed_is_not_a_number_and_raises_no_warning():
    nothing = np.zeros((2, 2))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figures = [f(nothing) for f in (metrics.precision, metrics.recall, metrics.f1, metrics.macro_f1, metrics.kappa)]
    assert all(np.isnan(figure).all() for figure in figures)


@settings(max_examples=50)
@given(scored_turns())
def test_the_calibration_error_is_the_mean_distance_of_promised_and_found_share(turns):
    human, probability = turns
    bins = metrics.calibration_bins(probability)
    by_hand = sum(
        abs(human[bins == b].mean() - probability[bins == b].mean()) * (bins == b).mean() for b in np.unique(bins)
    )
    assert metrics.expected_calibration_error(human, probability) == pytest.approx(by_hand)
    assert 0 <= by_hand <= 1


def test_bins_hold_equal_numbers_of_turns_when_no_two_probabilities_are_equal():
    probability = np.random.default_rng(0).permutation(1000) / 1000
    assert set(np.bincount(metrics.calibration_bins(probability))) == {100}


def test_a_coder_who_always_promises_too_much_is_off_by_that_much():
    human = np.tile([True, False, False, False, False], 200)
    assert metrics.expected_calibration_error(human, np.full(1000, 0.5)) == pytest.approx(0.3)
