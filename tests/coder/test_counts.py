"""Counts put right: within what is possible, with the plain count and the session's length in view."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.coder import counts as counting
from attunement.coder.counts import COUNTED, Rates, Seen, counts, put_right, shipped_rates
from attunement.errors import ModelError
from stand_in import example

PLAIN = Rates((0.0, 1.0, 0.0), -1.0, 2.0)


def test_every_group_is_counted_over_its_speaker_s_turns():
    reading = example()
    found = counts(reading.table)
    assert set(found) == set(COUNTED)
    by_client = sum(turn.speaker == "client" for turn in reading.session.turns)
    assert found["strain"].turns == found["felt_met"].turns == by_client
    assert found["repair"].turns == len(reading.session.turns) - by_client


def test_what_was_decided_is_reported_beside():
    table = example().table
    rows = [row for row in range(len(table)) if set(table.decided(row)) & set(COUNTED["strain"])]
    assert counts(table)["strain"].decided == len(rows)


def test_the_interval_is_in_units_of_the_spread():
    found = put_right(Seen(turns=40, decided=10, expected=7.0, spread=2.0), PLAIN)
    assert (found.estimate, found.low, found.high) == (10, 8, 14)


@given(
    st.integers(0, 200),
    st.floats(0, 1),
    st.floats(0, 1),
    st.floats(0.5, 10),
    st.tuples(*[st.floats(-3, 3)] * 3),
    st.floats(-5, 0),
    st.floats(0, 5),
)
def test_no_count_is_impossible(turns, decided, expected, spread, weights, low, high):
    seen = Seen(turns, round(decided * turns), expected * turns, spread)
    count = put_right(seen, Rates(weights, low, high))
    assert 0 <= count.low <= round(count.estimate) <= count.high <= turns


def test_the_shipped_rates_trust_chances_and_widen_with_doubt():
    for rates in shipped_rates().values():
        assert rates.weights[0] > 0.5
        assert rates.low < 0 < rates.high


def test_a_session_without_any_sign_has_next_to_none():
    table = example().table
    quiet = np.where(np.isnan(table.probabilities), np.nan, 0.001).astype(np.float32)
    found = counts(replace(table, probabilities=quiet, groups=None, gated=None))
    assert all(count.estimate < 2 and count.low == 0 for count in found.values())


@pytest.mark.parametrize("content", [None, "{", "{}", json.dumps({"strain": {"weights": [1]}})])
def test_damaged_rates_are_said(monkeypatch, tmp_path, content):
    path = tmp_path / "rates.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    monkeypatch.setattr(counting, "RATES", path)
    shipped_rates.cache_clear()
    try:
        with pytest.raises(ModelError, match=r"rates\.json"):
            shipped_rates()
    finally:
        monkeypatch.undo()
        shipped_rates.cache_clear()
