import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from attunement.dyad.inference import FINDER, FLAWLESS, Coded
from attunement.dyad.inference.coder_errors import EXCHANGES, KINDS, log_likelihoods

MISSED, RUPTURES = KINDS.index("missed"), KINDS.index("ruptures")


def test_what_was_not_counted_says_nothing():
    assert not log_likelihoods(None, FINDER).any()
    table = log_likelihoods(Coded(30, missed=4), FINDER)
    assert not np.delete(table, MISSED, axis=0).any()
    assert np.ptp(table[MISSED]) > 1


def test_without_errors_the_likeliest_number_is_the_one_counted():
    table = log_likelihoods(Coded(EXCHANGES, missed=7, ruptures=2), FLAWLESS)
    assert table[MISSED].argmax() == 7
    assert table[RUPTURES].argmax() == 2
    assert table[RUPTURES, 2] > table[RUPTURES, 3] + 5


def test_a_longer_transcript_with_the_same_share_says_more():
    short, long = (log_likelihoods(Coded(20 * n, missed=6 * n), FINDER)[MISSED] for n in (1, 5))
    assert np.ptp(long) > np.ptp(short)


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 200), st.data())
def test_every_count_has_a_finite_likelihood(exchanges, data):
    counts = {kind: data.draw(st.none() | st.integers(0, exchanges)) for kind in KINDS}
    for errors in (FINDER, FLAWLESS):
        table = log_likelihoods(Coded(exchanges, **counts), errors)
        assert np.isfinite(table).all()
        assert (table <= 1e-9).all()


def test_chances_of_all_counts_add_to_one():
    total = sum(np.exp(log_likelihoods(Coded(12, missed=count), FINDER)[MISSED]) for count in range(13))
    assert np.allclose(total, 1)
