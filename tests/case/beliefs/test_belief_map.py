"""What is on the belief map, in which order, and with which words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_case import a_case, a_session, client, small_talk, therapist

from attunement.case.beliefs import beliefs_of
from attunement.case.beliefs.groups import distribution_of_count
from attunement.case.beliefs.map import AT_MOST, CONFIDENCE_AT_LEAST

BURDEN = client("If I ask for anything at all I am a burden to them.", belief_other=0.9)
WEIGHT = client("They all find me a heavy weight to carry.", belief_other=0.85)
WORTHLESS = client("There is nothing good in me, nothing.", belief_self=0.9)
FAILED = client("I fail at whatever I begin.", belief_self=0.8)
ANSWER = therapist()


def places(belief):
    return [(each.session, *each.turns) for each in belief.voiced]


def test_two_wordings_of_one_expectation_are_one_belief():
    (belief,) = beliefs_of(a_case({1: a_session(ANSWER, BURDEN), 2: a_session(ANSWER, WEIGHT)}))
    assert places(belief) == [(1, 2), (2, 2)]


def test_what_a_client_thinks_of_the_self_and_expects_of_others_are_two_beliefs():
    case = a_case({1: a_session(ANSWER, BURDEN, ANSWER, WORTHLESS), 2: a_session(ANSWER, WEIGHT, ANSWER, FAILED)})
    assert sorted(map(places, beliefs_of(case))) == [[(1, 2), (2, 2)], [(1, 4), (2, 4)]]


def test_the_expectation_most_often_voiced_comes_first():
    case = a_case(
        {1: a_session(ANSWER, WORTHLESS, ANSWER, BURDEN, ANSWER, WEIGHT), 2: a_session(ANSWER, BURDEN, ANSWER, FAILED)}
    )
    assert [len(belief.voiced) for belief in beliefs_of(case)] == [3, 2]


def test_a_belief_said_once_is_not_on_the_map():
    assert beliefs_of(a_case({1: a_session(ANSWER, BURDEN), 2: a_session(small_talk())})) == ()


def test_two_weak_turns_are_not_enough():
    weak = client("Perhaps they would not like it.", belief_other=0.3)
    assert beliefs_of(a_case({1: a_session(ANSWER, weak), 2: a_session(ANSWER, weak)})) == ()


def test_confidence_is_the_chance_that_two_of_its_turns_voice_it():
    case = a_case(
        {1: a_session(ANSWER, client("They leave.", belief_other=0.6), ANSWER, client("They go.", belief_other=0.5))}
    )
    (belief,) = beliefs_of(case)
    assert belief.confidence == pytest.approx(0.3, abs=0.02)  # the background chance of the other codes on top


def test_the_words_are_the_turn_that_can_be_quoted():
    long = client(" ".join(["If I ask they turn away and I am left"] * 20), belief_other=0.95)
    short = client("Gone.", belief_other=0.95)
    (belief,) = beliefs_of(a_case({1: a_session(ANSWER, long, ANSWER, short), 2: a_session(ANSWER, BURDEN)}))
    assert (belief.words.session, belief.words.turns) == (2, (2,))


def test_what_the_therapist_says_voices_no_expectation_of_the_client():
    assert beliefs_of(a_case({1: a_session(therapist("They find you a burden."), client())})) == ()


def test_strength_has_a_point_for_every_session_read_and_its_bounds_where_something_was_found():
    case = a_case(
        {
            1: a_session(ANSWER, BURDEN, small_talk(3)),
            2: None,
            3: a_session(small_talk(4)),
            5: a_session(ANSWER, WEIGHT),
        }
    )
    (belief,) = beliefs_of(case)
    first, silent, last = belief.strength
    assert [point.session for point in belief.strength] == [1, 3, 5]
    assert first.value == pytest.approx(0.9 / 4, abs=0.01)
    assert (first.low, first.high) == (0.0, 0.25)
    assert (silent.value, silent.low, silent.high) == (0.0, None, None)
    assert last.value > first.value


def test_a_case_without_transcripts_has_no_beliefs():
    assert beliefs_of(a_case({1: None})) == ()
    assert beliefs_of(a_case()) == ()


def test_turns_without_a_word_do_not_stop_it():
    assert beliefs_of(a_case({1: a_session(ANSWER, client("...", hiding=0.9), ANSWER, client("", hiding=0.9))}))


@given(
    st.lists(
        st.tuples(st.integers(1, 4), st.sampled_from(["they go", "i am bad", "nobody knows", ""]), st.floats(0, 1)),
        max_size=12,
    )
)
def test_a_map_is_short_sure_enough_and_names_no_turn_twice(said):
    readings = {
        session: a_session(*(client(text, belief_other=chance) for of, text, chance in said if of == session))
        for session in range(1, 5)
    }
    beliefs = beliefs_of(a_case(readings))
    assert len(beliefs) <= AT_MOST
    named = [place for belief in beliefs for place in places(belief)]
    assert len(named) == len(set(named))
    for belief in beliefs:
        assert CONFIDENCE_AT_LEAST <= belief.confidence <= 1
        assert belief.words in belief.voiced
        assert all(0 <= point.value <= 1 for point in belief.strength)


@given(st.lists(st.floats(0, 1), max_size=8))
def test_the_chances_of_all_counts_add_to_one_and_their_mean_is_the_sum_of_chances(chances):
    distribution = distribution_of_count(chances)
    assert distribution.sum() == pytest.approx(1)
    assert sum(count * chance for count, chance in enumerate(distribution)) == pytest.approx(sum(chances), abs=1e-9)
