from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attunement.episodes.evidence import MOST, TELLING, corrective_evidence, repair_evidence, rupture_evidence
from attunement.episodes.features import SIGNS, Floats
from attunement.episodes.semimarkov import Span

EVIDENCE = (rupture_evidence, repair_evidence, corrective_evidence)


def signs_with(turns: int = 12, **columns: dict[int, float]) -> Floats:
    """Sign → turn number → strength; all others nought."""
    signs = np.zeros((turns, len(SIGNS)))
    for name, values in columns.items():
        for number, value in values.items():
            signs[number - 1, SIGNS.index(name)] = value
    return signs


def span(start: int, end: int) -> Span:
    """Turns counted from 1, as evidence is."""
    return Span(start - 1, end - 1, 0.7)


@pytest.mark.parametrize("evidence", EVIDENCE)
@given(turns=st.integers(1, 15), seed=st.integers(0, 1000), data=st.data())
@settings(max_examples=40)
def test_evidence_is_some_turns_of_the_span_each_named_once(evidence, turns, seed, data):
    signs = np.random.default_rng(seed).uniform(0, 1, (turns, len(SIGNS)))
    start = data.draw(st.integers(1, turns))
    end = data.draw(st.integers(start, turns))
    numbers = evidence(signs, span(start, end))
    assert numbers
    assert len(set(numbers)) == len(numbers) <= MOST + 1
    assert all(start <= number <= end for number in numbers)


@pytest.mark.parametrize("evidence", EVIDENCE)
def test_a_finding_without_any_sign_still_names_a_turn(evidence):
    assert evidence(signs_with(), span(3, 8)) == (3,)


def test_a_rupture_rests_on_the_strongest_strain_first():
    signs = signs_with(withdrawal={4: 0.5, 6: 0.9, 10: 1.0}, confrontation={8: 0.7})
    assert rupture_evidence(signs, span(3, 9)) == (6, 8, 4)


def test_a_weak_sign_is_no_evidence():
    signs = signs_with(withdrawal={4: 0.9, 6: TELLING - 0.01, 8: TELLING})
    assert rupture_evidence(signs, span(3, 9)) == (4, 8)


def test_no_more_than_the_four_strongest_are_named():
    signs = signs_with(withdrawal={2: 0.5, 4: 0.9, 6: 0.8, 8: 0.7, 10: 0.6})
    assert rupture_evidence(signs, span(1, 12)) == (4, 6, 8, 10)


def test_the_therapist_s_turn_that_set_it_off_is_named_where_one_stands_out():
    strain = {4: 0.9, 6: 0.8}
    assert rupture_evidence(signs_with(withdrawal=strain, failure={3: 0.6}), span(3, 9)) == (4, 6, 3)
    assert rupture_evidence(signs_with(withdrawal=strain, failure={3: 0.2}), span(3, 9)) == (4, 6)
    assert rupture_evidence(signs_with(withdrawal=strain, failure={7: 0.9}), span(3, 9)) == (4, 6)


def test_a_repair_rests_on_what_takes_the_strain_up_on_either_side():
    signs = signs_with(repair={5: 0.6, 9: 0.4}, names_rupture={6: 0.9})
    assert repair_evidence(signs, span(5, 10)) == (6, 5, 9)


def test_a_corrective_experience_rests_on_its_arrival_the_risk_and_the_answer():
    signs = signs_with(disclosure={4: 0.8}, attuned={5: 0.9}, repair={7: 0.5}, felt_met={8: 0.7})
    assert corrective_evidence(signs, span(4, 10)) == (8, 4, 5)


def test_what_it_changed_is_named_where_it_is_told():
    signs = signs_with(fear_of_response={4: 0.8}, attuned={5: 0.9}, felt_met={8: 0.7}, new_view={10: 0.6})
    assert corrective_evidence(signs, span(4, 10)) == (8, 4, 5, 10)
