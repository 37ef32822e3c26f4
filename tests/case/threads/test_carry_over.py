from hypothesis import given
from hypothesis import strategies as st
from made_up_case import a_case, a_corrective, a_session, client, small_talk, therapist

from attunement.case.threads import carry_overs

MET = a_session(
    therapist(),
    client("I never cried before anybody, my brother would laugh."),
    therapist("I am glad you did."),
    client("You stayed."),
    small_talk(3),
    correctives=[a_corrective(2, 4)],
)
LIVED = client("I cried on the phone and my brother just listened.", change_outside=0.8)
LATER = a_session(small_talk(2), therapist(), LIVED)


def test_what_is_told_in_a_later_session_belongs_to_the_experience():
    (found,) = carry_overs(a_case({1: MET, 3: LATER}))
    assert found.experience_session == 1
    assert [(each.session, each.turns) for each in found.lived] == [(3, (6,))]


def test_what_is_told_in_the_session_itself_came_before_it():
    both = a_session(therapist(), client(), small_talk(2), therapist(), LIVED, correctives=[a_corrective(2, 4)])
    assert carry_overs(a_case({1: both})) == ()


def test_what_was_told_earlier_did_not_come_of_it():
    assert carry_overs(a_case({1: LATER, 2: MET})) == ()


def test_without_a_word_of_change_nothing_lives_on():
    assert carry_overs(a_case({1: MET, 2: a_session(small_talk())})) == ()


def test_change_goes_with_the_experience_whose_words_it_shares():
    other = a_session(therapist(), client("The money frightens me."), therapist(), correctives=[a_corrective(2, 3)])
    (found,) = carry_overs(a_case({1: MET, 2: other, 3: LATER}))
    assert found.experience_session == 1


def test_change_that_shares_no_words_goes_with_the_last_experience():
    other = a_session(therapist(), client("The money frightens me."), therapist(), correctives=[a_corrective(2, 3)])
    plain = a_session(therapist("Hello."), client("Swimming again.", change_outside=0.9))
    (found,) = carry_overs(a_case({1: MET, 2: other, 3: plain}))
    assert found.experience_session == 2


def test_the_surest_turn_comes_first():
    unsure = client("I asked for a rise.", change_outside=0.6)
    (found,) = carry_overs(a_case({1: MET, 2: a_session(therapist(), unsure), 3: LATER}))
    assert [each.session for each in found.lived] == [3, 2]


@given(st.floats(0.5, 1), st.floats(0.01, 1))
def test_confidence_is_no_higher_than_that_in_the_experience(told, experienced):
    met = a_session(small_talk(3), correctives=[a_corrective(2, 4, confidence=experienced)])
    later = a_session(therapist(), client("I told her.", change_outside=told))
    (found,) = carry_overs(a_case({1: met, 2: later}))
    assert 0 <= found.confidence <= round(experienced, 3)
