from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_finder import random_span_model, span_model

from attunement.episodes.features import SIGNS
from attunement.episodes.semimarkov import Span, posterior
from attunement.episodes.spans import SpanInput, SpanModel

STRAIN = SIGNS.index("strain")


def strain_over(*values: float) -> SpanInput:
    signs = np.zeros((len(values), len(SIGNS)))
    signs[:, STRAIN] = values
    return SpanInput.of(signs)


def found(model: SpanModel, session: SpanInput) -> tuple[Span, ...]:
    return model.choose(posterior(model.scores(session))[0])


def about(spans: tuple[Span, ...], *expected: tuple[int, int]) -> bool:
    """Whether these spans were found, each with its borders right to a turn."""
    return len(spans) == len(expected) and all(
        abs(span.first - first) <= 1 and abs(span.last - last) <= 1
        for span, (first, last) in zip(spans, expected, strict=True)
    )


@given(st.integers(1, 8), st.integers(0, 1000))
@settings(max_examples=30)
def test_a_span_s_score_is_the_sum_of_what_it_shows(turns, seed):
    model = random_span_model(seed)
    session = SpanInput.of(np.random.default_rng(seed).uniform(0, 1, (turns, len(SIGNS))))
    scores = model.scores(session)
    assert scores.shape == (turns, turns) == (len(session), len(session))
    for first in range(turns):
        assert np.all(np.isneginf(scores[first, :first]))
        for last in range(first, turns):
            within = session.signs[first : last + 1]
            expected = (
                (within @ model.inside + model.a_turn).sum()
                + session.borders[first] @ model.start
                + session.borders[last] @ model.end
                + session.spans[first, last] @ model.span
                + model.bias
            )
            assert scores[first, last] == pytest.approx(expected)


SENSITIVE = span_model(strain=10.0, a_turn=-2.0, bias=-5.0, at_least=0.5)


def test_weak_signs_that_run_on_count_and_one_stray_sign_does_not():
    assert about(found(SENSITIVE, strain_over(0, 0, 0.6, 0.6, 0.6, 0.6, 0, 0)), (2, 5))
    assert found(SENSITIVE, strain_over(0, 0, 0, 0, 0.6, 0, 0, 0)) == ()


def test_a_gap_between_strong_signs_is_bridged():
    assert about(found(SENSITIVE, strain_over(0, 0.9, 0.9, 0, 0.9, 0.9, 0)), (1, 5))


def test_two_episodes_far_apart_are_two():
    assert about(found(SENSITIVE, strain_over(0.9, 0.9, 0, 0, 0, 0, 0, 0.9, 0.9, 0.9)), (0, 1), (7, 9))


def test_nothing_below_the_threshold_is_reported():
    session = strain_over(0, 0, 0.6, 0.6, 0.6, 0.6, 0, 0)
    unsure = replace(SENSITIVE, bias=-15.0, at_least=0.1)
    (span,) = found(unsure, session)
    assert 0.2 < span.confidence < 0.99
    assert found(replace(unsure, at_least=span.confidence - 1e-4), session) == (span,)
    assert found(replace(unsure, at_least=span.confidence + 1e-4), session) == ()


@given(st.integers(0, 1000), st.floats(0.1, 1.2), st.floats(-2, 2))
@settings(max_examples=40)
def test_confidence_is_calibrated_and_stays_a_chance(seed, slope, intercept):
    model = random_span_model(seed)
    spans = posterior(model.scores(SpanInput.of(np.random.default_rng(seed).uniform(0, 1, (9, len(SIGNS))))))[0]
    raw = SpanModel(model.inside, model.start, model.end, model.span, 0.0, 0.0, 0.1)
    calibrated = SpanModel(model.inside, model.start, model.end, model.span, 0.0, 0.0, 0.1, (slope, intercept))
    for plain, other in zip(raw.choose(spans), calibrated.choose(spans), strict=True):
        assert (plain.first, plain.last) == (other.first, other.last)
        assert 0 < other.confidence < 1
        odds = np.log(plain.confidence / (1 - plain.confidence))
        assert np.log(other.confidence / (1 - other.confidence)) == pytest.approx(slope * odds + intercept, abs=1e-6)


def test_a_model_survives_its_file():
    model = random_span_model(3)
    kept = SpanModel.from_dict(json.loads(json.dumps(model.to_dict())))
    session = SpanInput.of(np.random.default_rng(3).uniform(0, 1, (10, len(SIGNS))))
    there = np.triu_indices(10)
    assert np.allclose(kept.scores(session)[there], model.scores(session)[there], atol=1e-2)
    assert kept.at_least == model.at_least
    assert kept.confidence == model.confidence
