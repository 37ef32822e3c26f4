"""Probable ruptures, repairs and growth in the ratings of one client."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.errors import InputError
from attunement.measures.alliance import (
    CAVEAT,
    alliance_course,
    between_person_sd,
    check_in_alliance,
    session_flags,
    typical_growth,
)

V = [7, 8, 7, 8, 8, 3, 8, 7, 8, 8]
RATING = st.one_of(st.none(), st.integers(0, 10))
COURSES = st.lists(RATING, max_size=20)
DEEP = st.tuples(st.lists(st.integers(7, 9), min_size=5, max_size=9), st.lists(RATING, max_size=9)).map(
    lambda parts: [*parts[0], 2, *parts[1]]
)


def test_a_drop_and_its_recovery_are_a_v():
    course = alliance_course(V)
    (rupture,) = course.ruptures
    assert (rupture.session, rupture.before, rupture.worst, rupture.drop) == (6, 8, 3, 5)
    assert (rupture.recovered, rupture.sessions_to_recovery, rupture.shape) == (True, 1, "V")
    assert rupture.in_sd == pytest.approx(5 / np.std(V, ddof=1))
    assert rupture.methods == ("criterion", "control chart")
    (repair,) = course.repairs
    assert (repair.session, repair.rupture_session, repair.gain) == (7, 6, 5)


def test_a_decline_over_sessions_is_one_rupture_at_its_steepest_step():
    (rupture,) = alliance_course([8, 8, 9, 8, 8, 9, 7, 4, 3, 6, 9, 9, 8]).ruptures
    assert (rupture.session, rupture.worst_session, rupture.drop) == (8, 9, 6)
    assert (rupture.shape, rupture.sessions_to_recovery) == ("decline then recovery", 2)


def test_a_rating_that_stays_low_is_unrepaired_and_only_one_rupture():
    course = alliance_course([8, 8, 7, 8, 8, 3, 3, 4, 3, 4])
    (rupture,) = (each for each in course.ruptures if each.drop > 1)
    assert (rupture.recovered, rupture.sessions_to_recovery, rupture.shape) == (False, None, "unrepaired")
    assert "partition" in rupture.criteria
    assert course.repairs == ()


@pytest.mark.parametrize("after, recovered", [([], None), ([4], None), ([None] * 3, None), ([4, None, None], False)])
def test_while_it_is_too_early_to_tell_recovery_is_open(after, recovered):
    (rupture,) = alliance_course([8, 8, 7, 8, 8, 3, *after]).ruptures
    assert rupture.recovered is recovered


def test_recovery_is_near_the_level_before_the_fall_or_at_it():
    ratings = [7, 8, 7, 8, 8, 3, 7.5, 7.5, 7.5, 7.5]
    assert alliance_course(ratings).ruptures[0].recovered is True
    assert alliance_course(ratings, full_recovery=True).ruptures[0].recovered is False
    slow = [*V[:6], 4, 4, 4, 8, 8]
    assert alliance_course(slow).ruptures[0].recovered is False
    assert alliance_course(slow, within_sessions=4).ruptures[0].sessions_to_recovery == 4


def test_a_dip_within_what_clients_differ_by_meets_no_criterion():
    steady = [7, 7, 7, 7, 7, 6, 7, 7]
    assert alliance_course(steady).ruptures != ()
    assert alliance_course(steady, between_sd=1.5).ruptures == ()


def test_the_fewer_methods_have_to_agree_the_more_is_found():
    rng = np.random.default_rng(0)
    for _ in range(20):
        ratings = rng.normal(7, 1, 15).tolist()
        found = [{each.session for each in alliance_course(ratings, agreeing_methods=n).ruptures} for n in (3, 2, 1)]
        assert found[0] <= found[1] <= found[2]


def test_the_criteria_are_those_worked_out_by_hand():
    # 8 sessions, mean 6, sample SD sqrt(14/7) = 1.41
    flags = session_flags(np.array([7.0, 7, 7, 4, 7, 4, 7, 5]))
    assert np.flatnonzero(flags["1 SD below last"]).tolist() == [3, 5, 7]
    assert np.flatnonzero(flags["2 SD below last"]).tolist() == [3, 5]
    assert np.flatnonzero(flags["1 SD below mean"]).tolist() == [3, 5]
    assert not flags["2 SD below mean"].any()
    assert np.flatnonzero(session_flags(np.array([7.0, 7, 7, 3, 7, 7, 7, 7]))["2 SD below mean"]).tolist() == [3]


@pytest.mark.parametrize("ratings", [[], [None] * 9, [7], [8, 3, None, 8, 8]])
def test_too_few_ratings_say_so_instead_of_finding_nothing(ratings):
    course = alliance_course(ratings)
    assert (course.ruptures, course.repairs, course.growing, course.shape)[:2] == (None, None)
    assert any(reason.startswith("ruptures: ") for reason in course.reasons)


def test_it_is_always_called_probable_and_carries_its_caveat():
    course = alliance_course(V)
    assert course.caveat == CAVEAT
    assert "unreliable" in CAVEAT
    assert type(course.ruptures[0]).__name__ == "ProbableRupture"


@given(st.integers(0, 10), st.lists(st.booleans(), max_size=20))
def test_a_constant_course_has_no_ruptures(rating, rated):
    course = alliance_course([rating if here else None for here in rated], agreeing_methods=1)
    assert not course.ruptures
    assert course.growing is None or course.growing is False


@given(COURSES, st.integers(1, 3), st.integers(-100, 100), st.sampled_from([0.25, 1.0, 8.0]))
def test_neither_zero_nor_unit_of_the_scale_matter(ratings, agreeing, shift, scale):
    moved = [None if rating is None else rating * scale + shift for rating in ratings]
    here, there = (alliance_course(each, agreeing_methods=agreeing) for each in (ratings, moved))
    assert (here.ruptures is None) == (there.ruptures is None)
    for one, other in zip(here.ruptures or (), there.ruptures or (), strict=True):
        assert (one.session, one.criteria, one.recovered, one.shape) == (
            other.session,
            other.criteria,
            other.recovered,
            other.shape,
        )
        assert other.drop == pytest.approx(one.drop * scale)
    assert (here.growing, here.shape) == (there.growing, there.shape)


@given(COURSES, st.integers(1, 3))
def test_a_scale_turned_round_gives_the_same_course(ratings, agreeing):
    turned = [None if rating is None else 10 - rating for rating in ratings]
    here = alliance_course(ratings, agreeing_methods=agreeing)
    there = alliance_course(turned, better="lower", agreeing_methods=agreeing)
    assert there.ratings == tuple(turned)
    assert (here.growing, here.shape, here.reasons) == (there.growing, there.shape, there.reasons)
    for one, other in zip(here.ruptures or (), there.ruptures or (), strict=True):
        back = dataclasses.replace(other, before=10 - other.before, worst=10 - other.worst, in_sd=one.in_sd)
        assert back == one


@given(DEEP, st.integers(1, 3))
def test_every_rupture_is_a_fall_between_rated_sessions(ratings, agreeing):
    course = alliance_course(ratings, agreeing_methods=agreeing)
    for rupture in course.ruptures:
        assert rupture.drop == rupture.before - rupture.worst > 0
        assert ratings[rupture.worst_session - 1] == rupture.worst
        assert len(rupture.methods) >= agreeing
        assert (rupture.recovered is True) == (rupture.sessions_to_recovery is not None)
    assert len(course.repairs) == sum(rupture.recovered is True for rupture in course.ruptures)


@given(st.lists(st.lists(st.one_of(st.just(float("nan")), st.integers(0, 10)), min_size=7, max_size=7), min_size=1))
def test_many_clients_are_marked_as_each_alone(rows):
    ratings = np.array(rows, dtype=float)
    for criterion, flags in session_flags(ratings).items():
        for row, flag in zip(ratings, flags, strict=True):
            assert session_flags(row)[criterion].tolist() == flag.tolist()


def test_growth_has_the_slope_and_interval_of_ordinary_least_squares():
    from scipy.stats import linregress, t

    ratings = [5, 6, 5, 7, None, 8, 7]
    fit = linregress([0, 1, 2, 3, 5, 6], [5, 6, 5, 7, 8, 7])
    growth = alliance_course(ratings).growth
    reach = t.ppf(0.95, 4) * fit.stderr
    assert growth.slope == pytest.approx(fit.slope)
    assert growth.interval == pytest.approx((fit.slope - reach, fit.slope + reach))


@pytest.mark.parametrize(
    "ratings, growing, shape",
    [
        ([4, 5, 5, 6, 6, 7, 8, 8, 9], True, "growth"),
        ([9, 8, 8, 7, 6, 6, 5, 5, 4], False, "decline"),
        ([9, 7, 6, 5, 4, 5, 6, 7, 9], None, "U"),
        ([2, 4, 5, 7, 7, 7, 5, 4, 2], None, "inverted U"),
        ([7] * 9, None, "stable"),
        ([7, 9, 5], None, None),
    ],
)
def test_courses_have_their_shape(ratings, growing, shape):
    course = alliance_course(ratings)
    assert (course.growing, course.shape) == (growing, shape)


def test_less_growth_than_usual_is_not_growing():
    ratings = [7, 7.1, 6.9, 7, 7.1, 7, 6.9, 7]
    assert alliance_course(ratings).growing is None
    assert alliance_course(ratings, usual_growth=0.3).growing is False


def test_who_is_at_the_top_of_the_scale_has_no_room_to_grow():
    course = alliance_course([9, 10, 10, 10, 10, 10], best_rating=10)
    assert course.growing is None
    assert "growth: the last ratings are at the top of the scale" in course.reasons


def test_usual_growth_and_spread_come_from_one_s_own_sample():
    sample = np.array([[4.0, 5, 6, 7], [8, 8, 8, 8], [6, np.nan, np.nan, np.nan]])
    assert typical_growth(sample) == pytest.approx(0.5)
    assert between_person_sd(sample) == pytest.approx(np.std([5.5, 8, 6], ddof=1))
    assert typical_growth(sample[2:]) is None
    assert between_person_sd(sample[:1]) is None


@pytest.mark.parametrize(
    "ratings, options, word",
    [
        ([1, "x"], {}, "session 2"),
        ([1, float("inf")], {}, "session 2"),
        ([1], {"better": "up"}, "better"),
        ([1], {"agreeing_methods": 4}, "agreeing_methods"),
        ([1], {"within_sessions": 0}, "within_sessions"),
        ([1], {"between_sd": 0}, "between_sd"),
        ([1], {"level": 1}, "level"),
    ],
)
def test_what_cannot_be_used_is_named(ratings, options, word):
    with pytest.raises(InputError, match=word):
        alliance_course(ratings, **options)


def test_the_check_in_keeps_what_was_left_unsaid_apart():
    found = check_in_alliance({"understood": 8, "safe": 9, "goals": 6, "fit": 9, "unsaid": 7})
    assert (found.alliance, found.unsaid) == (8, 7)


def test_the_check_in_needs_three_of_four_answers():
    assert check_in_alliance({"understood": 8, "safe": None, "goals": 6, "fit": 10}).alliance == 8
    assert check_in_alliance({"understood": 8, "fit": float("nan"), "goals": 6, "unsaid": None}).alliance is None
    with pytest.raises(InputError, match="'safe' is 11"):
        check_in_alliance({"safe": 11})
