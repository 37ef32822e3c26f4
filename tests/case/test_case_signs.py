import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_case import a_case, a_session, client, therapist

from attunement.case.signs import Sign, chance_of_one, chance_of_two, consecutive, signs

chances = st.lists(st.floats(0, 1), max_size=8)
SESSION = a_session(
    therapist(invite_feedback=0.9), client(denial=0.4, minimal_response=0.7), therapist(), client(denial=0.29)
)


def test_signs_are_the_likely_turns_likeliest_first_with_the_chance_of_the_likeliest_code():
    found = signs(SESSION, ["denial", "minimal_response", "invite_feedback"])
    assert [(sign.turn, round(sign.chance, 2)) for sign in found] == [(1, 0.9), (2, 0.7)]


def test_signs_can_be_looked_for_in_a_part_of_the_session():
    assert [sign.turn for sign in signs(SESSION, ["denial", "invite_feedback"], first=2)] == [2]
    assert signs(SESSION, ["denial"], last=1) == ()


@settings(deadline=None)
@given(chances)
def test_chances_of_one_and_two_are_those_of_counting_all_ways(given_chances):
    found = [Sign(turn, chance) for turn, chance in enumerate(given_chances, start=1)]
    one = two = 0.0
    for right in itertools.product((True, False), repeat=len(found)):
        way = 1.0
        for is_right, sign in zip(right, found, strict=True):
            way *= sign.chance if is_right else 1 - sign.chance
        one += way * (sum(right) >= 1)
        two += way * (sum(right) >= 2)
    assert chance_of_one(found) == pytest.approx(one, abs=1e-9)
    assert chance_of_two(found) == pytest.approx(two, abs=1e-9)


def test_only_sessions_that_follow_each_other_and_were_read_make_a_pair():
    case = a_case({1: a_session(), 2: a_session(), 4: a_session(), 5: None, 6: a_session()})
    assert [(before.number, now.number) for before, now in consecutive(case.sessions)] == [(1, 2)]
