import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_case import a_case, a_rupture, a_session, client, small_talk, therapist

from attunement.case.threads import rupture_fates

LEFT_OPEN = a_session(small_talk(6), ruptures=[a_rupture()])
ORDINARY = a_session(small_talk(12))
SORRY = [
    therapist("Last week I went too fast.", acknowledge_part=0.95),
    client("It did sting.", names_rupture=0.93),
    therapist("I would like to hear about it.", invite_feedback=0.95),
    client(),
    therapist("No wonder you went quiet.", validate_defence=0.9),
    client(),
]
TAKEN_UP_AT_ONCE = a_session(SORRY, small_talk(9))


def fate_in(readings):
    (fate,) = rupture_fates(a_case(readings))
    return fate


def test_a_rupture_taken_up_in_its_session_needs_no_later_one():
    fate = fate_in({1: a_session(small_talk(), ruptures=[a_rupture(noticed="in_session")]), 2: TAKEN_UP_AT_ONCE})
    assert (fate.noticed, fate.taken_up) == ("in_session", None)


def test_before_a_later_session_is_read_its_fate_is_open():
    fate = fate_in({1: ORDINARY, 4: LEFT_OPEN, 5: None})
    assert (fate.session, fate.noticed, fate.taken_up) == (4, "open", None)


def test_an_apology_at_the_beginning_of_the_next_session_takes_it_up_late_and_is_shown():
    fate = fate_in({1: LEFT_OPEN, 2: TAKEN_UP_AT_ONCE})
    assert fate.noticed == "late"
    assert fate.taken_up.session == 2
    assert fate.taken_up.turns == (1, 3, 2, 5)


def test_a_session_whose_beginning_says_nothing_of_it_misses_it():
    fate = fate_in({1: LEFT_OPEN, 2: ORDINARY})
    assert (fate.noticed, fate.taken_up) == ("missed", None)


def test_a_repair_at_the_end_of_the_next_session_answers_what_happened_there():
    assert fate_in({1: LEFT_OPEN, 2: a_session(small_talk(9), SORRY)}).noticed == "missed"


def test_a_session_later_the_same_words_speak_less_for_an_old_rupture():
    assert fate_in({1: LEFT_OPEN, 2: ORDINARY, 3: TAKEN_UP_AT_ONCE}).noticed == "missed"
    at_length = a_session(SORRY, SORRY, small_talk(12))
    assert fate_in({1: LEFT_OPEN, 2: ORDINARY, 3: at_length}).taken_up.session == 3


def test_a_session_that_was_not_read_is_passed_over():
    assert fate_in({1: LEFT_OPEN, 2: None, 3: TAKEN_UP_AT_ONCE}).taken_up.session == 3


def test_earlier_sessions_take_nothing_up():
    assert fate_in({1: TAKEN_UP_AT_ONCE, 2: LEFT_OPEN}).noticed == "open"


def test_every_rupture_has_its_own_fate():
    two = a_session(small_talk(8), ruptures=[a_rupture(2, 6), a_rupture(8, 12, noticed="in_session")])
    fates = rupture_fates(a_case({1: two, 2: ORDINARY, 3: LEFT_OPEN}))
    assert [(fate.session, fate.noticed) for fate in fates] == [(1, "missed"), (1, "in_session"), (3, "open")]


@given(st.floats(0, 1), st.integers(0, 12))
def test_confidence_is_a_chance_and_never_certain(chance, turns):
    opening = [therapist("About last time.", acknowledge_part=chance) for _ in range(turns)]
    fate = fate_in({1: LEFT_OPEN, 2: a_session(opening, small_talk(12))})
    assert 0 < fate.confidence < 1
    assert (fate.noticed == "late") == (fate.taken_up is not None)


@pytest.mark.parametrize("weaker,stronger", [(0.0, 0.1), (0.6, 0.9)])
def test_the_surer_the_words_the_surer_the_fate(weaker, stronger):
    def confidence(chance):
        opening = [therapist("About last time.", acknowledge_part=chance) for _ in range(5)]
        return fate_in({1: LEFT_OPEN, 2: a_session(opening, small_talk(12))}).confidence

    if stronger < 0.5:  # missed: surer the less is said
        assert confidence(weaker) > confidence(stronger)
    else:
        assert confidence(weaker) < confidence(stronger)
