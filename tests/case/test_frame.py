from made_up_case import a_case, a_session, rated

from attunement.case.alliance import alliance_of
from attunement.case.frame import frame_of
from attunement.case.record import Event

KEPT = Event("agreement", 1, note="weekly", kept=True)
BROKEN = Event("agreement", 2, note="send the letter", kept=False, due=4)
UNKNOWN = Event("agreement", 3, note="ring the clinic")
LATE = Event("late", 3, by="therapist", minutes=10)
CLIENT_LATE = Event("late", 4, by="client", minutes=5)
CANCELLED = Event("cancelled", 4, by="therapist")
FEE = Event("fee", 6, note="from May on")
TIRED = Event("therapist_state", 3, state="tired")
WELL = Event("therapist_state", 4, state="well")
DIP = {1: rated(7), 2: rated(8), 3: rated(8), 4: rated(5), 5: rated(8)}


def test_agreements_are_counted_as_kept_broken_and_not_known():
    frame = frame_of(a_case({1: None}, events=[KEPT, BROKEN, UNKNOWN]))
    assert frame.agreements_kept == (1, 1, 1)
    assert frame.broken == (BROKEN,)


def test_everything_of_the_frame_is_sorted_by_what_it_is():
    frame = frame_of(a_case({1: None}, events=[LATE, CLIENT_LATE, CANCELLED, FEE, TIRED, WELL]))
    assert frame.late == (LATE, CLIENT_LATE)
    assert frame.cancelled == (CANCELLED,)
    assert frame.changed == (FEE,)
    assert frame.therapist_strained == (TIRED,)


def test_events_of_the_same_session_and_the_one_before_stand_beside_a_dip():
    (beside,) = frame_of(a_case(check_ins=DIP, events=[BROKEN, LATE, FEE, TIRED])).beside_dips
    assert beside.session == 4
    assert beside.events == (LATE, TIRED, BROKEN)
    assert (beside.dip.measure, beside.dip.value) == ("check_in", 5)


def test_the_client_being_late_and_a_therapist_who_was_well_stand_beside_nothing():
    assert frame_of(a_case(check_ins=DIP, events=[CLIENT_LATE, WELL])).beside_dips == ()


def test_without_a_dip_or_without_ratings_nothing_stands_beside():
    steady = {number: rated(8) for number in range(1, 7)}
    assert frame_of(a_case(check_ins=steady, events=[LATE])).beside_dips == ()
    assert frame_of(a_case({1: a_session()}, events=[LATE])).beside_dips == ()


def test_with_ratings_enough_the_published_methods_say_what_a_dip_is():
    ratings = {number: rated(8 + (number % 2) * 0.25) for number in range(1, 9)}
    case = a_case(check_ins={**ratings, 5: rated(4)}, events=[Event("room", 5, note="the small one")])
    alliance = alliance_of(case)
    assert alliance is not None
    assert alliance.ruptures
    (beside,) = frame_of(case, alliance).beside_dips
    assert beside.session == 5


def test_nothing_written_down_is_an_empty_frame():
    frame = frame_of(a_case({1: a_session()}))
    assert frame.agreements_kept == (0, 0, 0)
    assert (frame.broken, frame.late, frame.cancelled, frame.changed, frame.beside_dips) == ((), (), (), (), ())
