from made_up_case import a_case, a_session, good

from attunement.case.latest import last_held, last_of
from attunement.case.record import Event


def test_a_session_took_place_when_it_was_transcribed_answered_or_noted_as_held():
    assert last_held(a_case({3: a_session()})) == 3
    assert last_held(a_case(check_ins={4: good()})) == 4
    assert last_held(a_case(events=[Event("late", 5, by="client")])) == 5
    assert last_held(a_case()) == 0


def test_what_is_planned_or_cancelled_has_not_taken_place():
    planned = [Event("break", 9), Event("agreement", 8, due=12), Event("cancelled", 4, by="client")]
    case = a_case({3: a_session()}, events=planned)
    assert last_held(case) == 3
    assert last_of(case) == 4
