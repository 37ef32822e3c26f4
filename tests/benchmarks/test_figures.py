"""A figure says whether its aim is reached, and intervals and areas are what they claim to be."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score, roc_auc_score

from attunement.evaluation.bootstrap import Bootstrap
from benchmarks.figures.anchors import AIMS, OF_PEOPLE, PUBLISHED, SOURCES, anchored
from benchmarks.figures.figure import Figure, f1_interval, macro_f1_interval, mean_and_spread
from benchmarks.figures.sums import area, by_case, difference, f1_of_sums, plain_area
from benchmarks.figures.turns import macro_f1


@pytest.mark.parametrize(
    "value, aim, reached", [(0.801, 0.8, True), (0.799, 0.8, False), (None, 0.8, None), (0.9, None, None)]
)
def test_an_aim_is_reached_unrounded_and_open_without_value_or_aim(value, aim, reached):
    assert Figure("task", "F1", value, aim=aim).reached is reached


def test_aims_for_codes_are_three_quarters_of_what_people_reach():
    strain, transcript, behaviour = anchored(
        [
            Figure("corpus: any strain", "F1", 0.6, people=0.88),
            Figure("AnnoMI, 24 transcripts: strain", "F1", 0.4, people=0.96),
            Figure("AnnoMI therapist behaviour", "macro-F1", 0.7, people=0.796),
        ]
    )
    assert (strain.aim, strain.reached) == (pytest.approx(0.66), False)
    assert transcript.aim == pytest.approx(0.72)
    assert behaviour.aim == 0.8


def test_every_source_that_is_named_is_listed():
    named = {int(mark) for told in PUBLISHED.values() for mark in told.split("[")[1:] for mark in mark[:1]}
    assert named == set(range(1, len(SOURCES) + 1))
    assert not set(AIMS) & set(OF_PEOPLE)


def test_one_value_has_no_spread():
    assert mean_and_spread([0.5]) == (0.5, None)
    assert mean_and_spread([0.4, 0.6]) == (0.5, pytest.approx(0.1414, abs=1e-3))


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), min_size=2, max_size=60))
def test_the_area_is_that_of_scikit_learn_with_equal_chances_counting_half(answers):
    truth = np.array([yes for yes, _ in answers])
    chance = np.array([level / 5 for _, level in answers])
    found = plain_area(truth, chance)
    if truth.all() or not truth.any():
        assert np.isnan(found)
    else:
        assert found == pytest.approx(roc_auc_score(truth, chance))


def test_weights_count_turns_several_times():
    truth, chance = np.array([True, False, False]), np.array([0.5, 0.2, 0.9])
    doubled = area(truth, chance, np.array([[1.0, 2.0, 1.0]]))[0]
    assert doubled == pytest.approx(plain_area(np.array([True, False, False, False]), np.array([0.5, 0.2, 0.2, 0.9])))


def test_sums_over_cases_give_f1_and_a_difference_with_itself_is_nothing():
    rng = np.random.default_rng(1)
    truth, decided = rng.random(300) < 0.4, rng.random(300) < 0.4
    cases = [f"case {number % 20}" for number in range(300)]
    sums = by_case(truth, decided, cases)
    assert sums.shape == (20, 2)
    assert f1_of_sums(sums.sum(0)) == pytest.approx(f1_score(truth, decided))
    assert difference(sums, sums, Bootstrap.over(20)) == (0.0, 0.0, 0.0)
    low, high = f1_interval(truth, decided.astype(int), cases)
    assert low < f1_score(truth, decided) < high


def test_the_macro_f1_and_its_interval_are_over_all_classes():
    rng = np.random.default_rng(2)
    truth = rng.integers(3, size=300)
    said = np.where(rng.random(300) < 0.7, truth, rng.integers(3, size=300))
    value = macro_f1(truth, said, 3)
    assert value == pytest.approx(f1_score(truth, said, average="macro"))
    low, high = macro_f1_interval(truth, said, 3, [f"{number % 15}" for number in range(300)])
    assert low < value < high


def test_kept_figures_hold_no_words_or_labels_of_other_people_s_data():
    from benchmarks.epitome import KEPT

    assert set(json.loads(KEPT.read_text(encoding="utf-8"))) == {"sha256", "figures"}
