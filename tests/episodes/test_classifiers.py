from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from made_up_finder import random_classifier

from attunement.episodes.classify import Classifier, span_summary

MADE_UP = random_classifier(("a", "b", "c"), 4, seed=1)
FEATURES = hnp.arrays(float, (5, 4), elements=st.floats(-1e4, 1e4))


@given(FEATURES)
def test_the_classes_share_one(features):
    probabilities = MADE_UP.probabilities(features)
    assert probabilities.shape == (5, 3)
    assert np.allclose(probabilities.sum(axis=1), 1)
    assert np.allclose(probabilities[2], MADE_UP.probabilities(features[2]))


@given(FEATURES)
def test_the_likeliest_class_has_the_highest_probability(features):
    probabilities = MADE_UP.probabilities(features[0])
    assert probabilities[MADE_UP.classes.index(MADE_UP.likeliest(features[0]))] == probabilities.max()


def test_it_survives_its_file():
    kept = Classifier.from_dict(json.loads(json.dumps(MADE_UP.to_dict())))
    features = np.random.default_rng(1).uniform(0, 1, (6, 4))
    assert kept.classes == MADE_UP.classes
    assert np.allclose(kept.probabilities(features), MADE_UP.probabilities(features), atol=1e-3)


@given(st.integers(1, 12), st.integers(0, 1000), st.data())
@settings(max_examples=40)
def test_a_span_is_summed_up_by_its_mean_its_peak_its_borders_and_its_length(turns, seed, data):
    signs = np.random.default_rng(seed).uniform(0, 1, (turns, 3))
    first = data.draw(st.integers(0, turns - 1))
    last = data.draw(st.integers(first, turns - 1))
    mean, peak, begins, ends, then, rest = np.split(span_summary(signs, first, last), [3, 6, 9, 12, 15])
    inside = signs[first : last + 1]
    assert np.allclose(mean, inside.mean(axis=0))
    assert np.array_equal(peak, inside.max(axis=0))
    assert np.array_equal(begins, signs[first : first + 2].max(axis=0))
    assert np.array_equal(ends, inside[-4:].max(axis=0))
    assert np.array_equal(then, np.vstack([signs[last + 1 : last + 4], np.zeros((1, 3))]).max(axis=0))
    assert rest == pytest.approx([np.log(len(inside)) / 3, float(last == turns - 1)])
