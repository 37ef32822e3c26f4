import pytest
from made_up_case import (
    a_case,
    a_corrective,
    a_rupture,
    a_session,
    client,
    good,
    rated,
    small_talk,
    therapist,
)

from attunement.case.hidden_strain import hidden_strain_of
from attunement.case.record import Event

VULNERABLE = [*small_talk(2), therapist(), client("I never told anyone.", disclosure=0.9), *small_talk(2)]
CHEERFUL = [client("All good! Great week!", affect_split=0.8), therapist(), client("Really, it's fine.", denial=0.9)]
BID = client("I might skip a few weeks, work is mad.", ending_bid=0.8)
BID_WITHOUT_REASON = client("Maybe I should stop for a while.", ending_bid=0.8)


def kinds(case, alliance=None):
    return [found.kind for found in hidden_strain_of(case, alliance)]


def test_a_good_rating_beside_much_left_unsaid_is_a_question():
    (found,) = hidden_strain_of(a_case({1: None}, check_ins={1: rated(9, unsaid=8)}))
    assert found.kind == "rated_well_but_unsaid"
    assert found.question.endswith("?")
    assert "9 of 10" in found.question
    assert "8 of 10" in found.question
    assert {piece.measure for piece in found.evidence} == {"unsaid", "check_in"}


def test_two_ratings_that_disagree_have_no_chance_to_state():
    (found,) = hidden_strain_of(a_case({1: None}, check_ins={1: rated(9, unsaid=8)}))
    assert found.confidence is None


@pytest.mark.parametrize("check_in", [rated(9, unsaid=3), rated(4, unsaid=9), rated(9), {"unsaid": 9}])
def test_ratings_that_agree_or_are_missing_raise_no_question(check_in):
    assert kinds(a_case({1: None}, check_ins={1: check_in})) == []


def test_a_good_rating_after_an_unnoticed_withdrawal_is_a_question_with_its_turns():
    case = a_case({3: a_session(ruptures=[a_rupture(2, 8, evidence=(4, 6))])}, check_ins={3: good()})
    (found,) = hidden_strain_of(case)
    assert found.kind == "rated_well_but_unsaid"
    assert found.evidence[0].turns == (4, 6)
    assert found.confidence == pytest.approx(0.8)


@pytest.mark.parametrize("changes", [{"noticed": "in_session"}, {"kind": "confrontation"}, {"confidence": 0.2}])
def test_a_rupture_that_was_taken_up_or_spoken_or_doubtful_hides_nothing(changes):
    case = a_case({3: a_session(ruptures=[a_rupture(**changes)])}, check_ins={3: good()})
    assert kinds(case) == []


def test_deferring_more_than_once_beside_a_good_rating_is_a_question():
    deferring = a_session(therapist(), client(deferential=0.8), therapist(), client(deferential=0.7), *small_talk())
    (found,) = hidden_strain_of(a_case({1: deferring}, check_ins={1: good()}))
    assert found.kind == "deferring"
    assert found.evidence[0].turns == (2, 4)
    assert found.confidence == pytest.approx(0.56)


def test_one_deferring_turn_or_a_low_rating_or_none_raises_no_question():
    once = a_session(therapist(), client(deferential=0.95))
    twice = a_session(therapist(), client(deferential=0.9), therapist(), client(deferential=0.9))
    assert kinds(a_case({1: once}, check_ins={1: good()})) == []
    assert kinds(a_case({1: twice}, check_ins={1: rated(4)})) == []
    assert kinds(a_case({1: twice})) == []


def test_cheerful_words_right_after_a_vulnerable_session_are_a_question():
    case = a_case({4: a_session(VULNERABLE), 5: a_session(CHEERFUL, small_talk())})
    (found,) = hidden_strain_of(case)
    assert (found.kind, found.session) == ("cheerful_after_vulnerable", 5)
    assert [piece.session for piece in found.evidence] == [5, 4]
    assert found.confidence == pytest.approx(0.9 * 0.8 * 0.9)


def test_cheerful_words_are_no_question_when_a_session_in_between_is_unknown():
    assert kinds(a_case({4: a_session(VULNERABLE), 6: a_session(CHEERFUL, small_talk())})) == []


def test_cheerful_words_are_no_question_when_the_client_opens_up_again_at_once():
    again = [*CHEERFUL, therapist(), client("I cried all night.", feeling=0.9), therapist(), client(grief=0.95)]
    assert kinds(a_case({4: a_session(VULNERABLE), 5: a_session(again, small_talk(10))})) == []


def test_one_closed_turn_is_enough_when_the_rating_jumps_as_well():
    one = [client("All good! Great week!", affect_split=0.9), *small_talk()]
    case = a_case(
        {4: a_session(VULNERABLE), 5: a_session(one)}, check_ins={3: rated(5), 4: rated(5), 5: rated(9, unsaid=2)}
    )
    (found,) = hidden_strain_of(case)
    assert found.kind == "cheerful_after_vulnerable"
    assert found.evidence[-1].measure == "check_in"
    assert kinds(a_case({4: a_session(VULNERABLE), 5: a_session(one)})) == []


def test_a_bid_to_end_after_closeness_is_a_question():
    close = a_session(small_talk(4), correctives=[a_corrective()])
    (found,) = hidden_strain_of(a_case({6: close, 7: a_session(small_talk(2), BID_WITHOUT_REASON)}))
    assert (found.kind, found.session) == ("ending_after_closeness", 7)
    assert found.confidence == pytest.approx(0.8 * 0.8)


def test_closeness_that_comes_after_the_bid_does_not_count():
    later = a_session(BID_WITHOUT_REASON, therapist(), client(felt_met=0.9), client(disclosure=0.9))
    assert kinds(a_case({6: later})) == []


def test_an_ending_that_both_agreed_on_is_no_question():
    close = a_session(small_talk(4), correctives=[a_corrective()])
    agreed = Event("agreement", 5, note="we end after session 8", due=8)
    assert kinds(a_case({6: close, 7: a_session(small_talk(2), BID)}, events=[agreed])) == []


def test_an_agreement_about_how_to_end_is_no_agreed_ending():
    close = a_session(small_talk(4), correctives=[a_corrective()])
    rule = Event("agreement", 1, note="say so two sessions before ending")
    assert kinds(a_case({6: close, 7: a_session(small_talk(2), BID)}, events=[rule])) == ["ending_after_closeness"]


def test_a_practical_reason_that_first_appears_after_strain_is_a_question():
    strained = a_session(small_talk(4), ruptures=[a_rupture(noticed="in_session")])
    (found,) = hidden_strain_of(a_case({6: strained, 7: a_session(small_talk(2), BID)}))
    assert (found.kind, found.session) == ("sudden_reason", 7)


def test_a_bid_without_strain_or_closeness_before_it_is_no_question():
    assert kinds(a_case({6: a_session(), 7: a_session(small_talk(2), BID)})) == []


def test_a_session_cancelled_for_work_after_closeness_is_a_question():
    close = a_session(small_talk(4), correctives=[a_corrective()])
    cancelled = Event("cancelled", 7, by="client", note="extra shift at work")
    (found,) = hidden_strain_of(a_case({6: close}, events=[cancelled]))
    assert (found.kind, found.evidence[0].event) == ("sudden_reason", cancelled)


@pytest.mark.parametrize(
    "cancelled",
    [
        [Event("cancelled", 7, by="client", note="flu")],
        [Event("cancelled", 7, by="therapist", note="work")],
        [Event("cancelled", 3, by="client", note="work"), Event("cancelled", 7, by="client", note="work")],
    ],
    ids=["ill", "the therapist", "not the first time"],
)
def test_illness_the_therapist_and_a_known_reason_are_no_question(cancelled):
    close = a_session(small_talk(4), correctives=[a_corrective()])
    assert kinds(a_case({6: close}, events=cancelled)) == []


def test_a_good_therapy_and_an_empty_case_raise_nothing():
    assert kinds(a_case({n: a_session() for n in range(1, 8)}, check_ins={n: good() for n in range(1, 8)})) == []
    assert kinds(a_case()) == []


def test_questions_come_in_the_order_of_the_sessions_and_blame_nobody():
    case = a_case(
        {4: a_session(VULNERABLE), 5: a_session(CHEERFUL, small_talk())},
        check_ins={2: rated(9, unsaid=8), 7: rated(8, unsaid=9)},
    )
    found = hidden_strain_of(case)
    assert [each.session for each in found] == [2, 5, 7]
    for each in found:
        assert each.question.endswith("?")
        assert not {"lying", "resist", "manipul", "failed", "should"} & set(each.question.lower().split())
