from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from made_up_coder import COLUMNS, calibration, logits

from attunement.codebook import CODES
from attunement.coder.calibration import (
    HEADS,
    Calibration,
    features_of,
    group_features,
    sigmoid,
    softmax,
    split_heads,
)
from attunement.coder.decisions import GROUPS
from attunement.coder.model import table_from

MADE_UP = calibration()
TURNS = 3
ANSWERS = st.builds(logits, st.just(TURNS), seed=st.integers(0, 10_000), spread=st.sampled_from([0.1, 3.0, 1000.0]))
LEVELS = (("experiencing", (TURNS, 3)), ("empathy", (TURNS, 3, 3)))
CLASSES = (("therapist_behaviour", (TURNS, 4)), ("client_talk", (TURNS, 3)))


def test_each_head_has_its_columns_with_the_network_first_and_the_words_second():
    both = np.arange(2 * COLUMNS, dtype=float)[None]
    heads = split_heads(both)
    assert {name: head.shape for name, head in heads.items()} == {name: (1, width, 2) for name, width in HEADS.items()}
    together = np.concatenate(list(heads.values()), axis=1)[0]
    assert together[:, 0].tolist() == list(range(COLUMNS))
    assert together[:, 1].tolist() == list(range(COLUMNS, 2 * COLUMNS))


def test_a_code_rests_on_its_own_answers_and_on_those_of_its_groups():
    heads = split_heads(logits(TURNS))
    group_of = list(GROUPS)
    withdrawal = features_of("denial", heads)
    groups = [heads["groups"][:, group_of.index(name)] for name in ("strain", "withdrawal")]
    assert np.array_equal(withdrawal, np.concatenate([heads["codes"][:, 0], *groups], axis=1))
    assert features_of("feeling", heads).shape == (TURNS, 2)
    assert features_of("misattuned", heads).shape == (TURNS, 4)


def test_a_group_rests_on_its_own_answers_and_on_the_highest_of_its_codes():
    heads = split_heads(logits(TURNS))
    failure = heads["codes"][:, [list(CODES).index(code) for code in ("misattuned", "hostile")]]
    expected = [heads["groups"][:, list(GROUPS).index("failure")], failure.max(axis=1)]
    assert np.array_equal(group_features("failure", heads), np.concatenate(expected, axis=1))


@given(ANSWERS)
def test_probabilities_lie_between_0_and_1(answers):
    heads = split_heads(answers)
    for probabilities, of in ((MADE_UP.code_probabilities(heads), CODES), (MADE_UP.group_probabilities(heads), GROUPS)):
        assert probabilities.shape == (TURNS, len(of))
        assert np.all((probabilities >= 0) & (probabilities <= 1))


@pytest.mark.parametrize("head, shape", LEVELS)
@given(answers=ANSWERS)
def test_the_levels_of_a_turn_share_one(head, shape, answers):
    levels = MADE_UP.level_probabilities(head, split_heads(answers))
    assert levels.shape == shape
    assert np.all(levels >= 0)
    assert np.allclose(levels.sum(axis=-1), 1)


@pytest.mark.parametrize("head, shape", CLASSES)
@given(answers=ANSWERS)
def test_the_classes_of_a_turn_share_one(head, shape, answers):
    classes = MADE_UP.class_probabilities(head, split_heads(answers))
    assert classes.shape == shape
    assert np.all(classes >= 0)
    assert np.allclose(classes.sum(axis=-1), 1)


@given(st.sampled_from(list(CODES)), st.integers(0, 1), st.lists(st.floats(-20, 20), min_size=2, max_size=8))
def test_a_code_is_the_likelier_the_higher_either_answer_where_its_slope_is_positive(code, model, values):
    values = sorted(values)
    answers = np.repeat(logits(1), len(values), axis=0)
    answers[:, model * COLUMNS + list(CODES).index(code)] = values
    column = MADE_UP.code_probabilities(split_heads(answers))[:, list(CODES).index(code)]
    assert np.all(np.diff(column) >= -1e-12)


ONE_TO_ONE = replace(MADE_UP, steps={"experiencing": ((1.0, 0.0, 0.0), (1.0, 0.0, 0.0))})


def test_a_level_is_read_from_its_two_questions():
    at_least_1, at_least_2 = 0.8, 0.3
    heads = {"experiencing": np.array([[[np.log(p / (1 - p)), 9.0] for p in (at_least_1, at_least_2)]])}
    assert np.allclose(ONE_TO_ONE.level_probabilities("experiencing", heads), [[0.2, 0.5, 0.3]])


def test_answers_that_contradict_each_other_give_the_middle_level_nothing():
    heads = {"experiencing": np.array([[[-5.0, 0.0], [5.0, 0.0]]])}
    low, middle, high = ONE_TO_ONE.level_probabilities("experiencing", heads)[0]
    assert middle == 0
    assert low > 0.99 > 0.01 > high


def test_a_calibration_survives_its_file():
    assert Calibration.from_dict(json.loads(json.dumps(MADE_UP.to_dict()))) == MADE_UP


@given(st.floats(-1e6, 1e6))
def test_the_logistic_function_neither_overflows_nor_leans(x):
    with np.errstate(all="raise", under="ignore"):
        assert sigmoid(np.array(x)) + sigmoid(np.array(-x)) == pytest.approx(1)


@given(hnp.arrays(float, 4, elements=st.floats(-1e4, 1e4)), st.floats(-1e4, 1e4))
def test_softmax_does_not_care_where_zero_is(x, shift):
    assert np.allclose(softmax(x), softmax(x + shift), atol=1e-6)


@given(st.lists(st.booleans(), min_size=1, max_size=8))
@settings(max_examples=25)
def test_what_does_not_apply_to_a_speaker_is_nan_and_nothing_else_is(is_therapist):
    table = table_from(logits(len(is_therapist)), is_therapist, MADE_UP)
    for row, therapist in enumerate(is_therapist):
        of_other = [(code.speaker == "therapist") != therapist for code in CODES.values()]
        assert np.isnan(table.probabilities[row]).tolist() == of_other
        of_therapist = [CODES[codes[0]].speaker == "therapist" for codes in GROUPS.values()]
        assert np.isnan(table.groups[row]).tolist() == [of != therapist for of in of_therapist]
        for of_client in (table.experiencing, table.client_talk):
            assert np.isnan(of_client[row]).tolist() == [therapist] * 3
        for of_therapists in (table.empathy, table.therapist_behaviour):
            assert set(np.isnan(of_therapists[row]).ravel().tolist()) == {not therapist}
