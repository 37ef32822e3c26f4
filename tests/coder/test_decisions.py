from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.codebook import CODES
from attunement.coder.decisions import COLUMNS, GROUPS, decide

THRESHOLDS, GATES = dict.fromkeys(CODES, 0.4), dict.fromkeys(GROUPS, 0.5)
IN_A_GROUP = {code for codes in GROUPS.values() for code in codes}


def decided(codes: dict[str, float], groups: dict[str, float]) -> set[str]:
    """What is decided in one turn; whatever is not named is nought."""
    probabilities = np.array([[codes.get(code, 0.0) for code in CODES]])
    of_groups = np.array([[groups.get(group, 0.0) for group in GROUPS]])
    row = decide(probabilities, of_groups, THRESHOLDS, GATES)[0]
    return {code for code, yes in zip(CODES, row, strict=True) if yes}


def test_a_code_of_no_group_is_decided_by_its_threshold():
    assert decided({"feeling": 0.4, "grief": 0.39}, {}) == {"feeling"}


def test_a_group_below_its_gate_keeps_its_codes_back():
    assert decided({"denial": 0.9, "feeling": 0.9}, {"withdrawal": 0.49}) == {"feeling"}


def test_a_group_at_its_gate_lets_through_those_at_their_thresholds():
    codes = {"denial": 0.6, "ending_bid": 0.4, "deferential": 0.39}
    assert decided(codes, {"withdrawal": 0.5}) == {"denial", "ending_bid"}


def test_where_none_reaches_its_threshold_the_likeliest_stands_for_the_group():
    assert decided({"denial": 0.2, "ending_bid": 0.3}, {"withdrawal": 0.7}) == {"ending_bid"}
    assert decided({"invite_feedback": 0.1, "redirect": 0.3}, {"repair": 0.7}) == {"invite_feedback"}


def test_strain_of_no_clear_kind_is_given_the_likeliest_of_all_its_codes():
    assert decided({"denial": 0.2, "defends_self": 0.3}, {"strain": 0.7}) == {"defends_self"}


def test_strain_of_a_clear_kind_is_given_that_kind_alone():
    codes = {"denial": 0.2, "defends_self": 0.3}
    assert decided(codes, {"strain": 0.7, "withdrawal": 0.6}) == {"denial"}
    assert decided(codes, {"strain": 0.7, "withdrawal": 0.6, "confrontation": 0.6}) == {"denial", "defends_self"}


PROBABILITIES = st.integers(0, 10_000).map(lambda seed: np.random.default_rng(seed).beta(0.5, 2, (6, len(CODES))))


@given(PROBABILITIES, st.integers(0, 10_000))
def test_a_group_is_decided_exactly_where_it_reaches_its_gate(probabilities, seed):
    groups = np.random.default_rng(seed).uniform(0, 1, (6, len(GROUPS)))
    found = decide(probabilities, groups, THRESHOLDS, GATES)
    is_open = {name: groups[:, column] >= GATES[name] for column, name in enumerate(GROUPS)}
    any_of = {name: found[:, COLUMNS[name]].any(axis=1) for name in GROUPS}
    for name in ("repair", "failure"):
        assert np.array_equal(any_of[name], is_open[name])
    kinds = is_open["withdrawal"] | is_open["confrontation"]
    assert np.array_equal(any_of["strain"], kinds | is_open["strain"])
    alone = [column for column, code in enumerate(CODES) if code not in IN_A_GROUP]
    assert np.array_equal(found[:, alone], probabilities[:, alone] >= 0.4)


@pytest.mark.parametrize("name", GROUPS)
def test_a_group_is_made_of_codes_of_one_speaker(name):
    assert len({CODES[code].speaker for code in GROUPS[name]}) == 1
    assert tuple(list(CODES)[column] for column in COLUMNS[name]) == GROUPS[name]
