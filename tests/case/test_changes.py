"""How each questionnaire changed, and the alliance as the client rated it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_case import a_case, good, rated

from attunement.case.alliance import alliance_instrument, alliance_of
from attunement.case.changes import changes_of
from attunement.measures.instruments import instrument, instruments


def followed(**given):
    return replace(a_case(**given), instruments=instruments())


def test_a_change_beyond_error_across_the_cutoff_is_recovery():
    (change,) = changes_of(followed(scores={"phq9": {1: 18.0, 8: 5.0}}))
    assert (change.reliable, change.category) == ("improved", "recovered")
    assert change.index > 1.96


def test_a_change_beyond_error_that_stays_clinical_is_improvement():
    (change,) = changes_of(followed(scores={"phq9": {1: 24.0, 8: 15.0}}))
    assert (change.reliable, change.category) == ("improved", "improved")


def test_a_change_within_error_is_no_change():
    (change,) = changes_of(followed(scores={"phq9": {1: 12.0, 8: 10.0}}))
    assert (change.reliable, change.category) == ("unchanged", "unchanged")


def test_getting_worse_across_the_cutoff_is_harm():
    (change,) = changes_of(followed(scores={"phq9": {1: 4.0, 8: 19.0}}))
    assert (change.reliable, change.category) == ("deteriorated", "harmed")


def test_for_wellbeing_more_is_better():
    (change,) = changes_of(followed(scores={"ors": {1: 12.0, 8: 30.0}}))
    assert (change.reliable, change.category) == ("improved", "recovered")


def test_what_was_answered_once_has_no_change():
    assert changes_of(followed(scores={"phq9": {3: 12.0}})) == ()


def test_distress_comes_first():
    changes = changes_of(followed(scores={"ors": {1: 20.0, 2: 30.0}, "gad7": {1: 12.0, 2: 11.0}}))
    assert [change.instrument for change in changes] == ["gad7", "ors"]


def test_a_step_between_two_sessions_that_stays_is_a_sudden_gain():
    course = dict(enumerate([18.0, 18.0, 17.0, 18.0, 9.0, 9.0, 8.0, 9.0], start=1))
    (change,) = changes_of(followed(scores={"phq9": course}))
    assert [gain.after_session for gain in change.gains] == [4]
    assert change.losses == ()


def test_the_alliance_is_the_mean_of_the_check_in_without_what_was_unsaid():
    course = alliance_of(followed(check_ins={1: rated(6, unsaid=9), 3: rated(8, unsaid=0)}))
    assert course.ratings == (6.0, None, 8.0)


def test_a_questionnaire_of_the_alliance_comes_before_the_check_in():
    case = followed(check_ins={1: good(), 2: good()}, scores={"srs": {1: 30.0, 2: 36.0}})
    assert alliance_instrument(case).name == instrument("srs").name
    assert alliance_of(case).ratings == (30.0, 36.0)


def test_without_ratings_there_is_no_alliance_to_speak_of():
    assert alliance_of(followed(scores={"phq9": {1: 12.0}})) is None


@given(st.lists(st.integers(0, 27), min_size=2, max_size=12))
def test_the_index_has_the_sign_of_getting_better(scores):
    course = {session: float(value) for session, value in enumerate(scores, start=1)}
    (change,) = changes_of(followed(scores={"phq9": course}))
    assert change.index == pytest.approx(-(scores[-1] - scores[0]) / instrument("phq9").reliable_change * 1.96)
