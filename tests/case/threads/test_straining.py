import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_case import a_case, a_session, client, small_talk, therapist

from attunement.case.threads import straining

AWAY = client("It's fine.", denial=0.9)
AGAINST = client("You don't listen.", complaint_therapist=0.9)
SORRY = therapist("I went too fast.", acknowledge_part=0.9)
ADVICE = therapist("Try a diary.", advice=0.9)
EASED = [client("Thank you.", felt_met=0.9), therapist(), client()]
STRAINED_ON = [client("Whatever.", minimal_response=0.9), therapist(), client("Hm.", minimal_response=0.9)]


def of(*said):
    return straining(a_case({1: a_session(*said)}))


def response(found, code):
    return next((each for each in found.helped if each.code == code), None)


@pytest.mark.parametrize("turn,kind", [(AWAY, "withdrawal"), (AGAINST, "confrontation")])
def test_whoever_mostly_strains_one_way_has_a_usual_way(turn, kind):
    found = of([said for _ in range(7) for said in (therapist(), turn)])
    assert found.kind == kind
    assert getattr(found, kind) > 0.9


def test_whoever_does_both_has_no_usual_way():
    found = of([said for _ in range(6) for said in (therapist(), AWAY, therapist(), AGAINST)])
    assert found.kind is None
    assert found.withdrawal == pytest.approx(0.5, abs=0.05)


def test_too_little_strain_shows_no_usual_way():
    assert of([therapist(), AWAY] * 3, small_talk(10)).kind is None


def test_without_strain_there_is_nothing_to_tell():
    found = of(small_talk(20))
    assert (found.kind, found.withdrawal, found.confrontation, found.codes, found.helped) == (None, 0.0, 0.0, (), ())


def test_a_case_of_which_nothing_was_read_has_none_either():
    assert straining(a_case({1: None})).kind is None


def test_the_commonest_codes_come_with_their_expected_count():
    (code, count), *_ = of([therapist(), AWAY] * 6).codes
    assert code == "denial"
    assert count == pytest.approx(6 * 0.9, abs=0.01)


def test_what_was_followed_by_ease_comes_before_what_was_not():
    found = of([AWAY, SORRY, *EASED, therapist()] * 5, [AWAY, ADVICE, *STRAINED_ON, therapist()] * 5)
    helped, did_not = response(found, "acknowledge_part"), response(found, "advice")
    assert helped.rate > 0.8 > 0.4 > did_not.rate
    codes = [each.code for each in found.helped]
    assert codes.index("acknowledge_part") < codes.index("advice")


def test_a_response_shows_the_clients_turn_and_the_reply():
    found = response(of([AWAY, SORRY, *EASED, therapist()] * 5), "acknowledge_part")
    assert found.evidence[0].turns[1] == found.evidence[0].turns[0] + 1


def test_a_response_under_three_times_has_no_rate():
    found = response(of([AWAY, SORRY, *EASED, therapist()] * 2), "acknowledge_part")
    assert found.times < 3
    assert (found.rate, found.interval) == (None, None)


def test_missing_the_client_is_no_help_even_when_strain_is_gone_afterwards():
    missed = therapist("Anyway.", misattuned=0.9, redirect=0.9)
    assert {each.code for each in of([AWAY, missed, *EASED, therapist()] * 5).helped} == set()


def test_strain_at_the_very_end_has_no_answer():
    assert of(small_talk(3), therapist(), AWAY).helped == ()


@given(st.lists(st.sampled_from([AWAY, AGAINST, SORRY, ADVICE, *EASED]), max_size=30))
def test_shares_and_rates_stay_within_their_bounds(said):
    found = of(said)
    assert 0 <= found.withdrawal <= 1
    assert 0 <= found.confrontation <= 1
    for each in found.helped:
        assert 0 <= each.eased <= each.times
        if each.interval:
            assert 0 <= each.interval[0] <= each.rate <= each.interval[1] <= 1
