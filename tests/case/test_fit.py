import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_case import a_case, a_session, client, rated, small_talk, therapist

from attunement.case.alliance import alliance_of
from attunement.case.fit import fit_of

TALKING = a_session(small_talk(3), therapist("How is it to work with me?", invite_feedback=0.9), client())


def fit_to(*ratings, readings=None):
    check_ins = {number: rated(rating) for number, rating in enumerate(ratings, start=1) if rating is not None}
    case = a_case(readings or {}, check_ins=check_ins)
    return fit_of(case, alliance_of(case))


@pytest.mark.parametrize("ratings", [(), (5,), (5, 4), (None, 5, None, 4)])
def test_before_the_third_rating_it_is_too_early(ratings):
    fit = fit_to(*ratings)
    assert fit.stage == "too_early"
    assert fit.slope is None
    assert fit.evidence == ()


@pytest.mark.parametrize("ratings", [(5, 6, 7), (4, 4, 5, 6, 6), (3, None, 4, None, 5)])
def test_rapport_that_grows_is_growing(ratings):
    assert fit_to(*ratings).stage == "growing"


@pytest.mark.parametrize("ratings", [(9, 9, 9), (8, 9, 8, 8), (10, 10, 9, 9, 8, 9)])
def test_ratings_already_high_are_no_problem_even_when_they_do_not_grow(ratings):
    assert fit_to(*ratings).stage == "steady_high"


@pytest.mark.parametrize("ratings", [(9, 9, 9, 2), (9, 3, 9, 9), (5, 6, 7, 7, 2), (5, 6, 2, 7, 7)])
def test_one_bad_day_changes_nothing(ratings):
    assert fit_to(*ratings).stage in ("steady_high", "growing")


@pytest.mark.parametrize("ratings", [(5, 5, 5), (6, 5, 5), (5, 5, 5.5, 5)])
def test_rapport_that_stays_low_suggests_talking_about_it(ratings):
    fit = fit_to(*ratings)
    assert fit.stage == "talk_about_it"
    assert [piece.measure for piece in fit.evidence] == ["check_in"] * 3


def test_rapport_that_falls_from_high_to_low_suggests_talking_about_it():
    assert fit_to(9, 9, 9, 5, 5).stage == "talk_about_it"


def test_three_more_ratings_without_growth_suggest_that_another_may_suit_better():
    assert fit_to(5, 5, 5, 5, 5).stage == "talk_about_it"
    assert fit_to(5, 5, 5, 5, 5, 5).stage == "consider_another"


def test_ratings_that_are_no_complaint_never_suggest_another_therapist():
    assert fit_to(*[7.5] * 12).stage == "talk_about_it"
    assert fit_to(*[7.5] * 8, readings={4: TALKING}).stage == "talk_about_it"


def test_two_ratings_after_it_was_talked_about_are_enough():
    fit = fit_to(5, 5, 5, 5, 5, 5, readings={4: TALKING})
    assert fit.stage == "consider_another"
    assert [piece.session for piece in fit.talked_about] == [4]
    assert fit_to(5, 5, 5, 5, 5, readings={4: TALKING}).stage == "talk_about_it"


def test_rapport_that_grows_after_it_was_talked_about_is_growing():
    assert fit_to(5, 5, 5, 5, 6.5, 7, readings={4: TALKING}).stage == "growing"


def test_talking_about_it_before_anything_stalled_does_not_count():
    assert fit_to(5, 5, 5, readings={1: TALKING}).talked_about == ()


def test_a_questionnaire_of_the_alliance_is_taken_before_the_check_in():
    case = a_case(check_ins={n: rated(9) for n in range(1, 4)}, scores={"srs": {1: 24, 2: 24, 3: 23}})
    fit = fit_of(case, alliance_of(case))
    assert fit.stage == "talk_about_it"
    assert fit.evidence[0].measure == "srs"


def test_the_slope_is_in_points_a_session_with_its_interval_from_four_ratings_on():
    assert fit_to(5, 6, 7).slope == pytest.approx(1.0)
    assert fit_to(5, 6, 7).interval is None
    low, high = fit_to(5, 6, 5.5, 7, 8).interval
    assert low <= fit_to(5, 6, 5.5, 7, 8).slope <= high


@settings(deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(0, 10)), max_size=12))
def test_any_ratings_have_a_stage_and_no_slope_that_is_no_number(ratings):
    fit = fit_to(*ratings)
    assert (fit.slope is None) == (fit.stage == "too_early")
    assert fit.slope is None or abs(fit.slope) <= 10
