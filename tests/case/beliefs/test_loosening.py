"""What moved: lived through, understood only, or neither; and what it is put down to."""

from __future__ import annotations

from dataclasses import replace

from made_up_case import a_case, a_corrective, a_session, client, small_talk, therapist

from attunement.case.beliefs import beliefs_of

BURDEN = client("If I ask for anything I am a burden.", belief_other=0.9)
FELT = client("You stayed. I did not think anyone would stay.", experiencing=2, new_view=0.9)
FLAT = client("So I suppose not everyone minds.", new_view=0.9)
UNDERSTOOD = client("It is what my mother did, and so I expect it.", insight=0.9)
DONE = client("I asked my brother to drive me.", change_outside=0.9)
ANSWER = therapist()
BEFORE = a_session(ANSWER, BURDEN, small_talk(3))


def met(*said):
    """A session in which the expectation is voiced, contradicted, and then this is said."""
    return a_session(ANSWER, BURDEN, ANSWER, *said, correctives=[a_corrective(2, 4)])


def only(*readings):
    (belief,) = beliefs_of(a_case(dict(enumerate(readings, start=1))))
    return belief


def test_contradicted_and_then_seen_anew_with_feeling_is_experience():
    belief = only(BEFORE, met(FELT))
    assert belief.loosened == "experience"
    assert [each.session for each in belief.contradicted] == [2]
    assert [(each.session, each.turns) for each in belief.new_views] == [(2, (4,))]


def test_being_met_with_feeling_counts_as_experience_too():
    assert only(BEFORE, met(client("Thank you.", experiencing=2, felt_met=0.9))).loosened == "experience"


def test_a_new_view_without_felt_meaning_is_insight():
    assert only(BEFORE, met(FLAT)).loosened == "insight"


def test_a_felt_new_view_that_nothing_contradicted_is_insight():
    assert only(BEFORE, a_session(ANSWER, BURDEN, ANSWER, FELT)).loosened == "insight"


def test_what_was_felt_before_the_contradiction_did_not_come_of_it():
    before = a_session(ANSWER, BURDEN, ANSWER, FELT)
    assert only(before, a_session(ANSWER, BURDEN, ANSWER, correctives=[a_corrective(2, 3)])).loosened == "insight"


def test_understanding_alone_is_insight():
    belief = only(BEFORE, a_session(ANSWER, BURDEN, ANSWER, UNDERSTOOD))
    assert belief.loosened == "insight"
    assert [(each.session, each.turns) for each in belief.understood] == [(2, (4,))]


def test_lived_outside_is_experience():
    belief = only(BEFORE, a_session(ANSWER, BURDEN, ANSWER, DONE))
    assert belief.loosened == "experience"
    assert [(each.session, each.turns) for each in belief.lived_outside] == [(2, (4,))]


def test_contradicted_without_anything_after_it_has_moved_nothing():
    belief = only(BEFORE, met(client()))
    assert belief.contradicted
    assert belief.loosened == "none"


def test_one_session_alone_can_tell_nothing():
    assert only(met(BURDEN, ANSWER, FELT)).loosened is None


def test_what_moved_far_from_any_voice_goes_with_the_belief_whose_words_it_shares():
    far = a_session(small_talk(8), ANSWER, client("I asked, and was no burden to anyone.", change_outside=0.9))
    other = client("There is nothing good in me.", belief_self=0.9)
    case = a_case({1: a_session(ANSWER, BURDEN, ANSWER, BURDEN, ANSWER, other, ANSWER, other), 2: far})
    lived = [(bool(belief.lived_outside), belief.voiced[0].turns) for belief in beliefs_of(case)]
    assert sorted(lived) == [(False, (6,)), (True, (2,))]


def test_what_shares_no_words_and_is_far_away_goes_with_none():
    far = a_session(small_talk(8), ANSWER, client("Went swimming!", change_outside=0.9))
    assert only(BEFORE, BEFORE, far).lived_outside == ()


def test_an_episode_in_a_session_where_the_belief_is_silent_is_not_its_contradiction_unless_words_tie_them():
    silent = replace(a_session(small_talk(4)), correctives=(a_corrective(2, 4),))
    assert only(BEFORE, BEFORE, silent).contradicted == ()
