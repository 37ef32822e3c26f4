"""What puts counts right is learnt back from counts made up with known errors."""

from __future__ import annotations

import numpy as np
import pytest

from attunement.coder.counts import Seen, put_right
from training.rates import Known, fit_rates


def made_up(sessions: int, seed: int) -> list[Known]:
    """The coder's chances are half of what they should be, with noise in step with their spread."""
    random = np.random.default_rng(seed)
    cases = []
    for _ in range(sessions):
        expected, turns = random.uniform(1, 8), int(random.integers(20, 50))
        spread = float(np.sqrt(expected))
        true = int(np.clip(round(2 * expected + spread * random.normal()), 0, turns))
        cases.append(Known(Seen(turns, int(random.integers(0, 10)), expected, spread), true))
    return cases


def test_a_coder_that_sees_half_is_put_right():
    rates = fit_rates(made_up(2000, 1))
    assert rates.weights == pytest.approx((2.0, 0.0, 0.0), abs=0.08)


def test_intervals_hold_as_often_as_they_say():
    rates = fit_rates(made_up(2000, 1))
    asked = made_up(2000, 2)
    held = [count.low <= case.true <= count.high for case in asked if (count := put_right(case.seen, rates))]
    assert 0.93 <= np.mean(held) <= 0.98
