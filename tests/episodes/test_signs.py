from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_finder import long_session, random_table, table_of

from attunement.codebook import CODES
from attunement.episodes.features import ANY_OF, PEAKS, SIGNS, SINGLE, border_features, signs_of, span_features

S = len(SIGNS)
ALL_CODES = {**ANY_OF, **{code: (code,) for code in SINGLE}}


@st.composite
def tables_of_signs(draw: st.DrawFn, further: int = 0) -> np.ndarray:
    n = draw(st.integers(1, 9))
    return np.random.default_rng(draw(st.integers(0, 10_000))).uniform(0, 1, (n, S + further))


def test_every_sign_is_made_of_codes_of_the_codebook():
    assert {code for codes in ALL_CODES.values() for code in codes} <= set(CODES)
    assert set(PEAKS) <= set(SIGNS)
    assert len(set(SIGNS)) == len(SIGNS)


@given(st.integers(2, 20), st.integers(0, 10_000))
@settings(max_examples=30)
def test_signs_lie_between_0_and_1(turns, seed):
    signs = signs_of(random_table(long_session(turns), seed))
    assert signs.shape == (turns, S)
    assert np.all((signs >= 0) & (signs <= 1))


@pytest.mark.parametrize("name", ALL_CODES)
def test_a_sign_is_nought_on_turns_of_the_other_speaker(name):
    signs = signs_of(random_table(long_session(6), 1))[:, SIGNS.index(name)]
    of_therapist = CODES[ALL_CODES[name][0]].speaker == "therapist"
    assert (signs > 0).tolist() == [of_therapist, not of_therapist] * 3


def test_a_sign_of_several_codes_is_the_chance_of_any():
    signs = signs_of(table_of(long_session(4), {2: {"denial": 0.5, "ending_bid": 0.4, "complaint_therapist": 0.3}}))
    assert signs[1, SIGNS.index("withdrawal")] == pytest.approx(1 - 0.5 * 0.6)
    assert signs[1, SIGNS.index("confrontation")] == pytest.approx(0.3)
    assert signs[1, SIGNS.index("strain")] == pytest.approx(1 - 0.5 * 0.6 * 0.7)
    assert signs[1, SIGNS.index("ending_bid")] == pytest.approx(0.4)


def test_experiencing_and_empathy_run_from_nought_to_one():
    session = long_session(4)
    low = table_of(session)
    assert not signs_of(low)[:, -2:].any()
    low.experiencing[1], low.empathy[2, 1] = [0, 0, 1], [0, 1, 0]
    signs = signs_of(low)
    assert signs[1, SIGNS.index("experiencing")] == 1
    assert signs[2, SIGNS.index("empathy")] == 0.5


@given(tables_of_signs())
@settings(max_examples=30)
def test_a_border_sees_its_neighbours_and_the_strongest_of_three_on_each_side(signs):
    borders, n = border_features(signs), len(signs)
    nothing = np.zeros((1, S))
    for t in range(n):
        before, after = signs[max(t - 3, 0) : t], signs[t + 1 : t + 4]
        expected = [
            signs[t],
            signs[t - 1] if t else nothing[0],
            signs[t + 1] if t + 1 < n else nothing[0],
            np.concatenate([before, nothing]).max(axis=0),
            np.concatenate([after, nothing]).max(axis=0),
        ]
        assert np.array_equal(borders[t], np.concatenate(expected))


@given(tables_of_signs(further=1))
@settings(max_examples=20)
def test_a_span_is_seen_by_its_peaks_and_its_length(signs):
    spans, n = span_features(signs), len(signs)
    peaks = [*(SIGNS.index(name) for name in PEAKS), S]
    for first in range(n):
        for last in range(first, n):
            length, is_last = last - first + 1, last == n - 1
            assert np.array_equal(spans[first, last, : len(peaks)], signs[first : last + 1, peaks].max(axis=0))
            assert spans[first, last, len(peaks) :] == pytest.approx(
                [
                    np.log(length),
                    length / 10,
                    float(length <= 2),
                    float(length <= 4),
                    float(length > 20),
                    float(is_last),
                    is_last * np.log(length),
                    float(first == 0),
                ]
            )
