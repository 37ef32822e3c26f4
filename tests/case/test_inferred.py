from dataclasses import replace
from importlib.util import find_spec

import numpy as np
import pytest
from made_up_case import a_case, a_session, client, good, rated, therapist

from attunement.case import inferred as bridge
from attunement.case.inferred import NOT_INSTALLED, inferred_of, observed_of, why_not_inferred

pytestmark = pytest.mark.skipif(find_spec("jax") is None, reason="needs the extra dyad")
RATED = {number: rated(value) for number, value in enumerate((6, 6.5, 7, 7.5, 7, 8), start=1)}


@pytest.fixture(scope="module")
def course():
    return inferred_of(a_case(check_ins=RATED, scores={"phq9": {1: 17.1, 3: 11, 6: 6}}))


def test_check_in_and_questionnaire_go_in_on_the_scales_of_the_model():
    observed = observed_of(a_case(check_ins=RATED, scores={"phq9": {1: 17.1, 3: 11}, "ors": {1: 19.6, 2: 28.3, 4: 30}}))
    assert observed.ratings[:2] == [6, 6.5]
    assert observed.distress[:2] == pytest.approx([0, -1])  # the ORS was answered more often; high is good there
    alliance = observed_of(a_case(scores={"srs": {1: 40, 2: 20}, "phq9": {1: 17.1 + 6.1}}))
    assert alliance.ratings == [10, 5]
    assert alliance.distress == pytest.approx([1, None])


def test_a_reading_goes_in_as_counts_of_what_was_missed_and_of_episodes():
    said = [each for _ in range(4) for each in (client("I was so ashamed.", feeling=0.9), therapist())]
    case = a_case({2: a_session(*said)})
    (nothing, coded) = observed_of(case).coded
    assert nothing is None
    assert (coded.exchanges, coded.opened, coded.ruptures, coded.repairs) == (4, None, 0, 0)
    assert 0 <= coded.missed + coded.harmed <= 4


def test_the_course_has_a_point_a_session_between_nought_and_one(course):
    for points in (course.safety, course.strain, course.expectation):
        assert [point.session for point in points] == [1, 2, 3, 4, 5, 6]
        assert all(0 <= point.low <= point.value <= point.high <= 1 for point in points)


def test_what_comes_next_is_told_on_the_scales_of_the_case(course):
    assert course.next_rating.session == 7
    assert 0 <= course.next_rating.low < course.next_rating.value < course.next_rating.high <= 10
    assert course.questionnaire == "phq9"
    assert 0 <= course.next_distress.low < course.next_distress.value < course.next_distress.high <= 27
    assert 0 <= course.ending_within_two <= 1


def test_it_says_what_it_rests_on_and_that_it_is_the_models(course):
    assert course.sources == ("check-in after 6 sessions", "PHQ-9 at 3 sessions")
    assert course.caution.startswith("Model output")
    assert course.warning is None


def test_with_two_ratings_there_is_no_course_but_a_reason():
    case = a_case(check_ins={1: good(), 2: good()})
    assert inferred_of(case) is None
    assert why_not_inferred(case).startswith("Something is known of 2 sessions")


def test_without_the_extra_there_is_no_course_but_a_reason(monkeypatch):
    monkeypatch.setattr(bridge, "find_spec", lambda name: None)
    case = a_case(check_ins=RATED)
    assert inferred_of(case) is None
    assert why_not_inferred(case) == NOT_INSTALLED


def test_scores_far_outside_the_norm_are_no_error():
    case = a_case(check_ins=RATED, scores={"phq9": dict.fromkeys(RATED, 27)})
    norm = case.instrument("phq9").total.norms
    assert norm
    narrow = replace(
        case.instrument("phq9"),
        total=replace(case.instrument("phq9").total, norms=tuple(replace(each, sd=0.1) for each in norm)),
    )
    observed = observed_of(replace(case, instruments=(narrow,)))
    assert np.isfinite([score for score in observed.distress if score is not None]).all()
