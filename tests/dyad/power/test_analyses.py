"""Analyses of a simulated study: they hold their size where clients share therapists, and find what is there."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

pytest.importorskip("jax")

from attunement.dyad.power.analyses import adjusted, association, between_therapists, within_therapists

STUDIES = 400
MOST = 0.05 + 3 * np.sqrt(0.05 * 0.95 / STUDIES)  # three standard errors above .05


def clustered(draws, therapists=8, clients=10, icc=0.3):
    """Outcomes without any effect; much is the therapist's."""
    between = draws.normal(0, np.sqrt(icc), (therapists, 1))
    return between + draws.normal(0, np.sqrt(1 - icc), (therapists, clients))


def test_a_trial_of_therapists_holds_its_size_where_a_test_of_clients_would_not():
    draws, everyone, treated = np.random.default_rng(1), np.ones((8, 10), bool), np.arange(8) % 2 == 0
    outcomes = [clustered(draws) for _ in range(STUDIES)]
    assert np.mean([between_therapists(y, everyone, treated) < 0.05 for y in outcomes]) < MOST
    naive = [stats.ttest_ind(y[treated].ravel(), y[~treated].ravel()).pvalue < 0.05 for y in outcomes]
    assert np.mean(naive) > 0.2


def test_a_trial_of_clients_holds_its_size():
    draws, everyone = np.random.default_rng(2), np.ones((8, 10), bool)
    treated = np.tile(np.arange(10) % 2 == 0, (8, 1))
    assert np.mean([within_therapists(clustered(draws), everyone, treated) < 0.05 for _ in range(STUDIES)]) < MOST


def test_a_correlation_holds_its_size_when_both_belong_to_therapists():
    draws, everyone = np.random.default_rng(3), np.ones((12, 10), bool)
    found = [
        association(clustered(draws, 12, icc=0.2), clustered(draws, 12, icc=0.2), everyone) < 0.05
        for _ in range(STUDIES)
    ]
    assert np.mean(found) < MOST


def test_large_effects_are_found():
    draws, everyone, treated = np.random.default_rng(4), np.ones((8, 10), bool), np.arange(8) % 2 == 0
    y = clustered(draws, icc=0.05)
    assert between_therapists(y + 2 * treated[:, None], everyone, treated) < 0.01
    half = np.tile(np.arange(10) % 2 == 0, (8, 1))
    assert within_therapists(y + 2 * half, everyone, half) < 0.01
    assert association(y, y + draws.normal(0, 0.5, y.shape), everyone) < 0.01


def test_the_tests_of_therapists_are_those_of_scipy():
    draws, everyone, treated = np.random.default_rng(5), np.ones((8, 10), bool), np.arange(8) % 2 == 0
    y = clustered(draws)
    expected = stats.ttest_ind(y[treated].mean(1), y[~treated].mean(1), equal_var=False).pvalue
    assert between_therapists(y, everyone, treated) == pytest.approx(expected)
    half = np.tile(np.arange(10) % 2 == 0, (8, 1))
    differences = [row[own].mean() - row[~own].mean() for row, own in zip(y, half, strict=True)]
    assert within_therapists(y, everyone, half) == pytest.approx(stats.ttest_1samp(differences, 0).pvalue)


def test_where_nobody_shares_anything_the_correlation_is_the_usual_one():
    draws = np.random.default_rng(6)
    y, x = draws.normal(size=(2, 60, 5))
    y = y - y.mean(1, keepdims=True)  # nothing between therapists
    y, x = y + 0.1 * x, x - x.mean(1, keepdims=True)
    usual = stats.linregress(x.ravel(), y.ravel()).pvalue
    assert association(y, x, np.ones(y.shape, bool)) == pytest.approx(usual, abs=0.02)


def test_what_is_unknown_counts_for_nothing():
    draws, treated = np.random.default_rng(7), np.arange(8) % 2 == 0
    y, known = clustered(draws), draws.random((8, 10)) < 0.7
    spoiled = np.where(known, y, 1e6)
    assert between_therapists(spoiled, known, treated) == between_therapists(y, known, treated)
    assert association(spoiled, y, known) == association(y, y, known)


def test_where_all_are_alike_nothing_is_found():
    flat, everyone = np.zeros((6, 4)), np.ones((6, 4), bool)
    assert between_therapists(flat, everyone, np.arange(6) % 2 == 0) == 1
    assert within_therapists(flat, everyone, np.tile(np.arange(4) % 2 == 0, (6, 1))) == 1
    assert association(flat, flat, everyone) == 1
    assert association(flat + np.arange(4), flat, everyone & False) == 1


def test_intake_is_taken_out():
    draws = np.random.default_rng(8)
    intake = draws.normal(size=(8, 10))
    left = adjusted(0.7 * intake + 1, intake, np.ones((8, 10), bool))
    assert np.ptp(left) == pytest.approx(0, abs=1e-9)
