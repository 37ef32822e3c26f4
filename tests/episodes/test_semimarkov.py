from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from attunement.episodes.semimarkov import SAME_SPAN, choose, inside, overlap, posterior

Cut = tuple[tuple[int, int], ...]


@st.composite
def scores(draw: st.DrawFn, most: int = 6, least: int = 1) -> np.ndarray:
    """Scores of all spans of a short session."""
    n = draw(st.integers(least, most))
    values = draw(hnp.arrays(float, (n, n), elements=st.floats(-8, 8)))
    return np.where(np.tri(n, k=-1, dtype=bool), -np.inf, values)


@st.composite
def posteriors(draw: st.DrawFn, most: int = 14) -> np.ndarray:
    """Posteriors as a model may give them, from unsure to very sure."""
    n = draw(st.integers(1, most))
    random = np.random.default_rng(draw(st.integers(0, 10_000)))
    values = random.normal(-3, draw(st.sampled_from([0.1, 2.0, 10.0, 100.0])), (n, n))
    return posterior(np.where(np.tri(n, k=-1, dtype=bool), -np.inf, values))[0]


SPANS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 15)).map(lambda pair: (pair[0], sum(pair))), min_size=1, max_size=6
)


def cuts(n: int, first: int = 0) -> Iterator[Cut]:
    """Every way to cut the turns from `first` on into spans and single turns outside any."""
    if first == n:
        yield ()
        return
    yield from cuts(n, first + 1)
    for last in range(first, n):
        for rest in cuts(n, last + 1):
            yield ((first, last), *rest)


def chances(scores: np.ndarray) -> dict[Cut, float]:
    """The probability of every way of cutting, by adding them all up."""
    weights = {cut: np.exp(sum(scores[span] for span in cut)) for cut in cuts(len(scores))}
    total = sum(weights.values())
    return {cut: weight / total for cut, weight in weights.items()}


def iou(first: tuple[int, int], second: tuple[int, int]) -> float:
    one, other = (set(range(span[0], span[1] + 1)) for span in (first, second))
    return len(one & other) / len(one | other)


def test_three_turns_can_be_cut_in_thirteen_ways():
    assert len(set(cuts(3))) == 13


@given(scores())
@settings(max_examples=40)
def test_the_posterior_is_that_of_adding_up_every_way_of_cutting(scores):
    spans, log_z = posterior(scores)
    expected = np.zeros_like(spans)
    for cut, chance in chances(scores).items():
        for span in cut:
            expected[span] += chance
    assert np.allclose(spans, expected, atol=1e-9)
    assert log_z == pytest.approx(np.log(sum(np.exp(sum(scores[s] for s in cut)) for cut in cuts(len(scores)))))


@given(scores())
@settings(max_examples=40)
def test_a_turn_is_inside_as_often_as_some_span_covers_it(scores):
    covered = inside(posterior(scores)[0])
    for turn in range(len(scores)):
        expected = sum(p for cut, p in chances(scores).items() if any(a <= turn <= b for a, b in cut))
        assert covered[turn] == pytest.approx(expected, abs=1e-9)


@given(st.lists(scores(most=8), min_size=1, max_size=4))
@settings(max_examples=50)
def test_sessions_of_different_length_can_be_read_together(sessions):
    longest = max(len(each) for each in sessions)
    padded = np.full((len(sessions), longest, longest), -np.inf)
    for row, each in enumerate(sessions):
        padded[row, : len(each), : len(each)] = each
    spans, log_z = posterior(padded)
    for row, each in enumerate(sessions):
        alone, log_z_alone = posterior(each)
        assert np.allclose(spans[row, : len(each), : len(each)], alone, atol=1e-9)
        assert log_z[row] == pytest.approx(log_z_alone)
        assert not spans[row, len(each) :].any()
        assert not spans[row, :, len(each) :].any()


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("size", [1e-9, 1.0, 1e4])
def test_long_sessions_and_large_scores_do_not_overflow(size):
    n = 300
    values = np.random.default_rng(0).normal(0, size, (n, n))
    spans, log_z = posterior(np.where(np.tri(n, k=-1, dtype=bool), -np.inf, values))
    assert np.isfinite(log_z)
    assert spans.min() >= 0
    assert spans.max() <= 1 + 1e-6
    assert np.all(inside(spans) <= 1)


@given(SPANS)
def test_overlap_is_intersection_over_union(spans):
    first, last = np.array(spans).T
    table = overlap(first, last)
    assert np.array_equal(table, table.T)
    assert np.all(np.diag(table) == 1)
    assert np.allclose(table, [[iou(a, b) for b in spans] for a in spans])


@pytest.mark.filterwarnings("error")
@given(posteriors(), st.floats(0, 1))
def test_what_is_chosen_is_in_order_and_does_not_overlap(spans, at_least):
    chosen = choose(spans, at_least=at_least)
    assert all(0 <= span.first <= span.last < len(spans) for span in chosen)
    assert all(before.last < after.first for before, after in pairwise(chosen))
    assert all(at_least <= span.confidence <= 1 for span in chosen)


@given(posteriors(), st.floats(0.01, 1))
def test_nothing_that_reaches_the_threshold_is_left_out_but_for_what_overlaps(spans, at_least):
    chosen = choose(spans, at_least=at_least)
    every = [(a, b) for a in range(len(spans)) for b in range(a, len(spans))]
    for first, last in every:
        if not any(first <= span.last and last >= span.first for span in chosen):
            confidence = sum(spans[other] for other in every if iou((first, last), other) >= SAME_SPAN)
            assert confidence < at_least + 1e-9


@given(scores(most=5))
@settings(max_examples=50)
def test_confidence_is_the_chance_that_a_true_span_overlaps_by_half(scores):
    ways = chances(scores)
    for span in choose(posterior(scores)[0], at_least=0.01):
        found = (span.first, span.last)
        expected_number = sum(p * sum(iou(found, other) >= SAME_SPAN for other in cut) for cut, p in ways.items())
        chance = sum(p for cut, p in ways.items() if any(iou(found, other) >= SAME_SPAN for other in cut))
        assert span.confidence == pytest.approx(min(expected_number, 1), abs=1e-9)
        assert span.confidence >= chance - 1e-9


def test_a_span_that_is_certain_is_chosen_as_it_stands():
    spans = np.zeros((12, 12))
    spans[3, 7] = 1.0
    (span,) = choose(spans, at_least=0.5)
    assert (span.first, span.last, span.confidence) == (3, 7, 1.0)


def test_neighbouring_guesses_support_each_other():
    """No border is certain, yet the episode is: spans that differ by a turn count as the same."""
    spans = np.zeros((20, 20))
    for first, last in [(4, 9), (4, 10), (5, 9), (5, 10), (6, 10)]:
        spans[first, last] = 0.19
    (span,) = choose(spans, at_least=0.9)
    assert span.confidence == pytest.approx(0.95)
