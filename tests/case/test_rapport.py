from dataclasses import replace
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_case import a_case, good, rated

from attunement.case.dips import dips_of
from attunement.case.findings import Point
from attunement.case.leaving import gives_practical_reason, is_ending_agreed
from attunement.case.rapport import called, growth, level, rapport_of, rating
from attunement.case.record import Event
from attunement.case.wording import of_range, times

values = st.lists(st.floats(0, 10), min_size=2, max_size=12)


def points(*given):
    return tuple(Point(session, value) for session, value in enumerate(given, start=1))


def test_rapport_is_the_mean_of_four_and_needs_three_of_them():
    case = a_case(check_ins={1: good(), 2: {"understood": 4, "safe": 5, "fit": 6}, 3: {"safe": 9, "unsaid": 2}})
    rapport = rapport_of(case)
    assert [(point.session, point.value) for point in rapport.points] == [(1, 8.75), (2, 5)]


def test_a_questionnaire_of_the_alliance_comes_before_the_check_in_with_its_own_cutoff():
    rapport = rapport_of(a_case(check_ins={1: good()}, scores={"srs": {1: 37, 2: None, 3: 33}}))
    assert (rapport.name, rapport.title, rapport.well, rapport.range) == ("srs", "SRS", 36, (0, 40))
    assert of_range(rapport, 1) == "SRS 37 of 40"
    assert [rapport.is_without_complaint(number) for number in (1, 2, 3)] == [True, False, True]


def test_without_ratings_there_is_no_rapport_and_no_dip():
    assert rapport_of(a_case(scores={"phq9": {1: 9}})) is None
    assert rating(a_case(), "safe") == ()
    assert dips_of(None, None) == ()


def test_with_few_ratings_a_dip_is_a_fall_of_two_points_of_ten():
    rapport = rapport_of(a_case(check_ins={1: rated(8), 2: rated(6.5), 4: rated(4)}))
    assert [dip.session for dip in dips_of(rapport, None)] == [4]


@settings(deadline=None)
@given(values)
def test_level_is_the_median_of_the_last_three(given_values):
    assert level(points(*given_values)) == median(given_values[-3:])


@settings(deadline=None)
@given(values, st.floats(-5, 5))
def test_growth_does_not_depend_on_where_a_rating_stands(given_values, shift):
    moved = [value + shift for value in given_values]
    assert growth(points(*moved)) == pytest.approx(growth(points(*given_values)), abs=1e-6)


@settings(deadline=None)
@given(st.floats(0, 10), st.floats(-1, 1), st.integers(4, 12), st.floats(-10, 10), st.data())
def test_one_day_off_the_line_does_not_change_the_growth(start, step, count, off, data):
    line = [start + step * place for place in range(count)]
    inner = data.draw(st.integers(1, count - 2))
    bent = [value + off * (place == inner) for place, value in enumerate(line)]
    assert growth(points(*bent)) * step >= -1e-9


def test_a_questionnaire_is_called_as_people_call_it():
    case = a_case()
    assert called(case, "phq9") == "PHQ-9"
    assert called(case, "ours") == "ours"
    assert called(replace(case, instruments=()), "phq9") == "phq9"


@pytest.mark.parametrize(
    "words, practical",
    [
        ("Work is mad.", True),
        ("I can't AFFORD it", True),
        ("I worked it out", False),
        ("It doesn't work for me, of course", False),
        ("I feel sick", False),
        (None, False),
    ],
)
def test_a_practical_reason_is_one_from_outside(words, practical):
    assert gives_practical_reason(words) is practical


def test_an_ending_is_agreed_from_the_session_on_in_which_it_was_and_only_with_its_last_session():
    agreed = Event("agreement", 5, note="we finish in July", due=9)
    case = a_case({9: None}, events=[agreed])
    assert [is_ending_agreed(case, number) for number in (4, 5, 9)] == [False, True, True]
    assert not is_ending_agreed(a_case(events=[replace(agreed, due=None)]), 9)
    assert not is_ending_agreed(a_case(events=[replace(agreed, note="every week")]), 9)


def test_things_are_counted_in_words():
    assert times(1, "transcript") == "1 transcript"
    assert times(2, "answer") == "2 answers"
