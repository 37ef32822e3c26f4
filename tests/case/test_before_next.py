import pytest
from made_up_case import (
    NO_THREADS,
    a_case,
    a_corrective,
    a_moment,
    a_rupture,
    a_session,
    client,
    good,
    rated,
    small_talk,
    therapist,
)

from attunement.case.before_next import before_next_of
from attunement.case.findings import (
    Belief,
    CarryOver,
    Evidence,
    HiddenStrain,
    Point,
    Response,
    RuptureFate,
    Straining,
    Threads,
)
from attunement.case.record import Event


def threads(*fates, carried=(), helped=()):
    return Threads(fates, carried, (), Straining(None, 0.0, 0.0, (), helped))


def fate(session, rupture, noticed="open"):
    return RuptureFate(session, rupture, noticed, None, 0.8)


def a_belief(loosened="none", *, turn=3, confidence=0.8, now=0.6):
    words = Evidence(2, (turn,))
    return Belief(words, (words,), confidence, (Point(2, now),), (), (), (), (), loosened)


def a_response(code, rate):
    return Response(code, 3.0, 2.0, rate, None, ())


def titles(case, of=NO_THREADS, beliefs=(), **more):
    return [each.title for each in before_next_of(case, of, beliefs, **more).left_open]


def test_it_is_for_the_session_after_the_last_one_known():
    assert (
        before_next_of(a_case({4: a_session()}, events=[Event("cancelled", 5, by="client")]), NO_THREADS, ()).session
        == 6
    )


def test_nothing_left_open_is_an_empty_page():
    page = before_next_of(a_case({1: a_session()}, check_ins={1: good()}), NO_THREADS, ())
    assert (page.left_open, page.helped_before, page.strengths) == ((), (), ())
    assert before_next_of(a_case(), NO_THREADS, ()).session == 1


def test_an_open_rupture_is_quoted_in_the_clients_own_words():
    session = a_session(small_talk(2), therapist(), client("It's fine, honestly.", denial=0.9), small_talk(2))
    page = before_next_of(a_case({3: session}), threads(fate(3, a_rupture(5, 9, evidence=(5, 6)))), ())
    (thread,) = page.left_open
    assert thread.words == Evidence(3, (6,))
    assert "session 3, turns 5–9" in thread.title


@pytest.mark.parametrize("noticed", ["late", "in_session"])
def test_a_rupture_seen_to_is_not_left_open(noticed):
    mended = a_rupture(noticed="in_session", resolution="full")
    assert titles(a_case({3: a_session()}), threads(fate(3, mended, noticed))) == []


def test_a_rupture_before_the_last_three_sessions_read_is_history():
    case = a_case({number: a_session() for number in (1, 4, 6, 9)})
    assert titles(case, threads(fate(1, a_rupture(), "missed"))) == []
    assert len(titles(case, threads(fate(4, a_rupture(), "missed")))) == 1


@pytest.mark.parametrize(
    "agreed, is_due",
    [
        (Event("agreement", 2, note="ring the school", due=5), True),
        (Event("agreement", 4, note="ring the school"), True),
        (Event("agreement", 2, note="ring the school", due=9), False),
        (Event("agreement", 2, note="ring the school"), False),
        (Event("agreement", 4, note="ring the school", kept=True), False),
    ],
)
def test_promises_that_are_due_or_were_made_last_time_come_first(agreed, is_due):
    found = titles(a_case({4: a_session()}, events=[agreed]), threads(fate(4, a_rupture())))
    assert (found[0] == "Agreed: ring the school") is is_due


def test_an_opening_near_the_end_that_was_passed_by_is_left_open():
    missed_late, missed_early, met = a_moment(20, met=0.1), a_moment(4, met=0.1), a_moment(22)
    session = a_session(small_talk(12), moments=[missed_early, missed_late, met])
    (thread,) = before_next_of(a_case({2: session}), NO_THREADS, ()).left_open
    assert thread.words == Evidence(2, (20,))


def test_what_the_client_says_stayed_unsaid_is_named_with_a_turn_that_may_be_near_it():
    session = a_session(therapist(), client("You'd think I'm silly.", fear_of_response=0.7), small_talk())
    (thread,) = before_next_of(a_case({2: session}, check_ins={2: rated(5, unsaid=8)}), NO_THREADS, ()).left_open
    assert thread.words == Evidence(2, (2,))
    assert "a guess" in thread.why


def test_unsaid_without_such_a_turn_quotes_nothing_and_an_old_answer_is_not_repeated():
    (thread,) = before_next_of(a_case({2: a_session()}, check_ins={2: rated(5, unsaid=8)}), NO_THREADS, ()).left_open
    assert thread.words is None
    assert titles(a_case({3: a_session()}, check_ins={2: rated(5, unsaid=8)})) == []


def test_a_question_that_an_alert_asks_already_is_not_asked_twice():
    hidden = HiddenStrain("deferring", 2, "Would they tell you?", (Evidence(2, (4,)),), 0.6)
    case = a_case({2: a_session()})
    assert titles(case, hidden=[hidden]) == ["A question to hold"]

    class Asked:
        evidence = (Evidence(2, (4,)),)

    assert titles(case, hidden=[hidden], alerts=[Asked()]) == []


@pytest.mark.parametrize("loosened, is_alive", [("none", True), ("insight", True), (None, True), ("experience", False)])
def test_an_expectation_that_no_experience_has_loosened_is_alive(loosened, is_alive):
    case = a_case({2: a_session()})
    assert (titles(case, beliefs=[a_belief(loosened)]) == ["An old expectation that is alive"]) is is_alive


def test_of_several_expectations_the_one_that_shows_most_now_is_named():
    page = before_next_of(
        a_case({2: a_session()}),
        NO_THREADS,
        [a_belief(turn=1, now=0.3), a_belief(turn=5, now=0.7), a_belief(confidence=0.2)],
    )
    assert [thread.words for thread in page.left_open] == [Evidence(2, (5,))]


def test_no_words_are_quoted_twice_and_it_stays_one_page():
    session = a_session(small_talk(8), client("Never mind.", denial=0.9), moments=[a_moment(17, met=0.1)])
    events = [Event("agreement", 3, note=f"promise {number}") for number in range(9)]
    page = before_next_of(a_case({3: session}), threads(fate(3, a_rupture(15, 17))), ())
    assert [thread.words for thread in page.left_open] == [Evidence(3, (17,))]
    assert len(before_next_of(a_case({3: session}, events=events), NO_THREADS, ()).left_open) == 6


def test_a_session_cancelled_or_planned_since_does_not_hide_what_the_last_one_left_open():
    session = a_session(small_talk(12), moments=[a_moment(20, met=0.1)])
    events = [Event("cancelled", 3, by="client"), Event("break", 6, note="summer")]
    page = before_next_of(a_case({2: session}, check_ins={2: rated(5, unsaid=8)}, events=events), NO_THREADS, ())
    assert [thread.words for thread in page.left_open] == [Evidence(2, (20,)), None]
    assert page.session == 4


def test_what_helped_most_often_comes_first_and_what_seldom_helped_is_left_out():
    helped = [a_response("warmth", None), a_response("validation", 0.7), a_response("advice", 0.2)]
    helped += [a_response("acknowledge_part", 0.8)]
    page = before_next_of(a_case({2: a_session()}), threads(helped=tuple(helped)), ())
    assert [each.code for each in page.helped_before] == ["acknowledge_part", "validation"]


def test_strengths_are_what_lives_on_outside_and_what_was_new_in_the_room():
    carried = CarryOver(1, a_corrective(), (Evidence(3, (8,)),), 0.7)
    case = a_case(
        {1: a_session(correctives=[a_corrective()]), 3: a_session(correctives=[a_corrective(confidence=0.2)])}
    )
    page = before_next_of(case, threads(carried=(carried,)), ())
    assert page.strengths == (Evidence(3, (8,)), Evidence(1, (2,)))
