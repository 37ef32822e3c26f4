from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_case import (
    NO_THREADS,
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

from attunement.case.alerts import alerts_of, looked_at
from attunement.case.alliance import alliance_of
from attunement.case.changes import changes_of
from attunement.case.findings import RuptureFate, Threads
from attunement.case.fit import fit_of
from attunement.case.frame import frame_of
from attunement.case.hidden_strain import hidden_strain_of
from attunement.case.record import Event
from attunement.case.threads import threads_of
from attunement.measures.course import bundled_reference

BID = client("Maybe I should stop coming.", ending_bid=0.8)
STRAINED = a_session(small_talk(), ruptures=[a_rupture(4, 10, evidence=(4, 6))])


def raised(case, threads=None):
    """The alerts of a case, from the same parts that `follow` puts together."""
    alliance = alliance_of(case)
    return alerts_of(
        case,
        changes_of(case),
        alliance,
        threads_of(case) if threads is None else threads,
        hidden_strain_of(case, alliance),
        frame_of(case, alliance),
        fit_of(case, alliance),
    )


def kinds(case, threads=None):
    return [alert.kind for alert in raised(case, threads)]


def fate(session, rupture, noticed="open", confidence=0.8):
    return RuptureFate(session, rupture, noticed, None, confidence)


def threads(*fates):
    return Threads(fates, (), (), NO_THREADS.straining)


def only(case, kind, of=None):
    return next(alert for alert in raised(case, of) if alert.kind == kind)


# --- nothing wrong, nothing raised ---


def test_an_empty_case_and_a_single_good_session_raise_nothing():
    assert raised(a_case()) == ()
    assert raised(a_case({1: a_session()}, check_ins={1: good()}, scores={"phq9": {1: 14}})) == ()


def test_a_good_therapy_raises_nothing():
    case = a_case(
        {number: a_session() for number in range(1, 9)},
        check_ins={number: rated(min(9, 6 + number / 2), unsaid=2) for number in range(1, 9)},
        scores={"phq9": {number: 18 - number for number in range(1, 9)}},
    )
    assert raised(case) == ()


def test_one_bad_day_in_a_good_therapy_that_came_back_raises_nothing():
    ratings = {number: good() for number in range(1, 9)} | {4: rated(3, unsaid=8)}
    phq = {number: 18 - number for number in range(1, 9)} | {4: 24}
    assert raised(a_case({n: a_session() for n in range(1, 9)}, check_ins=ratings, scores={"phq9": phq})) == ()


def test_ratings_at_the_ceiling_raise_nothing():
    assert raised(a_case(check_ins={number: rated(10, unsaid=0) for number in range(1, 9)})) == ()


def test_missing_ratings_raise_nothing():
    gaps = {1: good(), 4: {"safe": 9}, 7: {}, 8: {"unsaid": 2}}
    assert raised(a_case({number: a_session() for number in range(1, 9)}, check_ins=gaps)) == ()


def test_an_ending_that_both_agreed_on_raises_nothing():
    events = [Event("agreement", 10, note="we end with session 12", due=12)]
    events += [Event("cancelled", number, by="client", note="holiday") for number in (10, 11)]
    case = a_case({number: a_session(BID, small_talk()) for number in (9, 11, 12)}, events=events)
    assert "ending_risk" not in kinds(a_case({12: a_session(BID, small_talk())}, events=events))
    assert "ending_risk" in kinds(a_case({12: a_session(BID, small_talk())}))
    assert "ending_risk" not in kinds(case)


# --- deterioration ---


def test_a_reliably_worse_score_is_said_with_both_answers():
    alert = only(a_case(scores={"phq9": {1: 9, 3: 14, 6: 19}}), "deterioration")
    assert alert.says == "PHQ-9 went from 9 after session 1 to 19 after session 6 and so is worse by more than its " + (
        "measurement error."
    )
    assert [(piece.session, piece.value) for piece in alert.evidence] == [(6, 19), (1, 9)]
    assert 0.97 < alert.confidence <= 1


def test_a_small_change_for_the_worse_and_any_change_for_the_better_raise_nothing():
    assert raised(a_case(scores={"phq9": {1: 9, 3: 10, 6: 11}})) == ()
    assert raised(a_case(scores={"phq9": {1: 19, 6: 3}})) == ()


def test_one_bad_answer_after_better_ones_is_less_urgent_and_says_so():
    once = only(a_case(scores={"phq9": {1: 9, 3: 7, 6: 19}}), "deterioration")
    often = only(a_case(scores={"phq9": {1: 9, 3: 15, 6: 19}}), "deterioration")
    assert once.urgency < often.urgency
    assert "the answer before was not" in once.says
    assert "bad day" in once.basis


def test_two_questionnaires_that_got_worse_are_one_alert():
    alert = only(a_case(scores={"phq9": {1: 5, 4: 20}, "gad7": {1: 4, 4: 15}}), "deterioration")
    assert "PHQ-9" in alert.says
    assert "GAD-7" in alert.says


def test_a_scale_on_which_higher_is_better_is_worse_when_it_falls():
    assert kinds(a_case(scores={"ors": {1: 30, 4: 12}})) == ["deterioration"]


# --- not on track ---


def compared(is_made_up=False, **scores):
    """A case with a reference course of its own, as a clinic would have one; better is lower, 0 to 27."""
    reference = replace(bundled_reference("phq9"), is_made_up=is_made_up, name="our clinic")
    return replace(a_case(scores={"phq9": scores["phq9"]}), reference=reference)


OFF = {1: 12, 2: 13, 3: 14, 4: 15, 5: 15, 6: 15}


def test_a_course_worse_than_expected_is_raised_with_since_when_and_the_false_alarms():
    alert = only(compared(phq9=OFF), "not_on_track")
    assert alert.says.startswith("PHQ-9 has been higher than expected since session")
    assert "15 after session 6" in alert.says
    assert alert.confidence is None
    assert "our clinic" in alert.basis
    assert "%" in alert.basis


def test_nothing_is_raised_from_a_made_up_reference_and_that_is_said():
    case = compared(is_made_up=True, phq9=OFF)
    assert "not_on_track" not in kinds(case)
    assert "no expected course from real clients" in " ".join(looked_at(case, changes_of(case), None))


def test_who_is_reliably_worse_is_not_called_off_track_as_well():
    assert kinds(compared(phq9={1: 9, 2: 12, 3: 15, 4: 18, 5: 20, 6: 22})) == ["deterioration"]


def test_a_course_as_expected_is_not_raised():
    assert kinds(compared(phq9={1: 15, 2: 13, 3: 11, 4: 10, 5: 9, 6: 8})) == []


# --- ruptures ---


def test_a_rupture_that_nobody_took_up_is_raised_with_its_turns():
    alert = only(a_case({5: STRAINED}), "unrepaired_rupture", threads(fate(5, a_rupture(4, 10, evidence=(4, 6)))))
    assert "session 5 (turns 4–10)" in alert.says
    assert alert.evidence[0].turns == (4, 6)
    assert alert.confidence == pytest.approx(0.8 * 0.8)


@pytest.mark.parametrize(
    "of",
    [
        fate(5, a_rupture(noticed="in_session", resolution="full"), "in_session"),
        fate(5, a_rupture(), "late"),
        fate(5, a_rupture(confidence=0.3)),
        fate(1, a_rupture(), "missed"),
    ],
    ids=["mended", "taken up later", "doubtful", "long ago"],
)
def test_a_rupture_that_is_mended_seen_to_doubtful_or_long_ago_is_not_raised(of):
    assert kinds(a_case({number: a_session() for number in range(1, 6)}), threads(of)) == []


def test_a_rupture_half_mended_is_raised_less_surely():
    half = fate(5, a_rupture(noticed="in_session", resolution="partial"), "in_session")
    alert = only(a_case({5: a_session()}), "unrepaired_rupture", threads(half))
    assert "taken up" in alert.says
    assert alert.confidence < 0.8 * 0.8


def test_several_open_ruptures_are_one_alert_that_shows_them_all():
    fates = threads(fate(4, a_rupture(confidence=0.6), "missed"), fate(5, a_rupture(confidence=0.9)))
    (alert,) = raised(a_case({4: a_session(), 5: a_session()}), fates)
    assert "session 5" in alert.says
    assert "1 other rupture" in alert.says
    assert [piece.session for piece in alert.evidence] == [5, 4]


def test_the_step_after_a_rupture_follows_its_kind():
    back = only(a_case({5: a_session()}), "unrepaired_rupture", threads(fate(5, a_rupture())))
    against = only(a_case({5: a_session()}), "unrepaired_rupture", threads(fate(5, a_rupture(kind="confrontation"))))
    assert "make room" in back.next_step
    assert "own your part" in against.next_step


STEADY = {number: rated(8 + number % 2 / 4) for number in range(1, 10)}


def test_a_dip_of_the_alliance_that_lasts_is_a_probable_rupture_and_says_how_unreliable_that_is():
    alert = only(a_case(check_ins=STEADY | {8: rated(4), 9: rated(4)}), "probable_rupture")
    assert "fell from 8.2 to 4" in alert.says
    assert alert.confidence is None
    assert "Probable only" in alert.basis


def test_a_dip_that_came_back_or_is_long_past_is_not_raised():
    assert kinds(a_case(check_ins=STEADY | {7: rated(4)})) == []
    assert kinds(a_case({20: a_session()}, check_ins=STEADY | {8: rated(4), 9: rated(4)})) == []


def test_a_rupture_in_the_transcript_and_the_dip_after_it_are_one_alert():
    case = a_case({9: STRAINED}, check_ins=STEADY | {9: rated(4)})
    (alert,) = raised(case, threads(fate(9, a_rupture(4, 10, evidence=(4, 6)))))
    assert alert.kind == "unrepaired_rupture"
    assert [piece.measure for piece in alert.evidence] == [None, "check_in"]


# --- ending risk ---


def test_a_bid_to_end_in_the_last_session_is_raised_with_its_turn():
    alert = only(a_case({3: a_session(small_talk(2), BID)}), "ending_risk")
    assert "session 3" in alert.says
    assert alert.evidence[0].turns == (5,)
    assert alert.confidence is None


def test_a_bid_that_was_followed_by_two_more_sessions_is_past():
    assert kinds(a_case({3: a_session(BID, small_talk()), 4: a_session(), 5: a_session()})) == []


def test_two_sessions_cancelled_by_the_client_are_raised_and_one_is_not():
    twice = [Event("cancelled", number, by="client") for number in (5, 7)]
    assert kinds(a_case({8: None}, events=twice)) == ["ending_risk"]
    assert kinds(a_case({8: None}, events=twice[:1])) == []
    assert kinds(a_case({8: None}, events=[Event("cancelled", n, by="therapist") for n in (5, 7)])) == []


def test_ratings_that_fall_twice_raise_a_risk_only_together_with_strain():
    falling = {1: rated(8), 2: rated(7), 3: rated(5)}
    assert "ending_risk" in kinds(a_case({3: STRAINED}, check_ins=falling))
    assert "ending_risk" not in kinds(a_case({3: a_session()}, check_ins=falling))


def test_all_signs_of_an_ending_are_one_alert():
    events = [Event("cancelled", number, by="client") for number in (5, 7)]
    (alert,) = raised(a_case({8: a_session(BID, small_talk())}, events=events))
    assert "2 cancellations" in alert.says
    assert len(alert.evidence) == 3


def test_what_is_planned_for_later_does_not_make_the_last_session_an_old_one():
    planned = [Event("break", 9, note="summer")]
    assert kinds(a_case({3: a_session(small_talk(2), BID)}, events=planned)) == ["ending_risk"]


# --- hidden strain and safety ---


def test_hidden_strain_is_raised_as_a_question_to_hold():
    alert = only(a_case({4: None}, check_ins={4: rated(9, unsaid=9)}), "hidden_strain")
    assert "Session 4 got a fair rating" in alert.says
    assert alert.confidence is None
    assert "Do not put it to them" in alert.next_step


def test_hidden_strain_of_long_ago_is_not_raised():
    assert kinds(a_case({9: a_session()}, check_ins={4: rated(9, unsaid=9)})) == []


def test_the_same_turns_do_not_raise_hidden_strain_beside_a_rupture():
    hidden = a_case({5: STRAINED}, check_ins={5: good()})
    assert kinds(hidden, threads(fate(5, a_rupture(4, 10, evidence=(4, 6))))) == ["unrepaired_rupture"]


def test_a_bid_after_closeness_is_one_alert_of_an_ending():
    close = a_session(small_talk(), correctives=[a_corrective()])
    assert kinds(a_case({6: close, 7: a_session(small_talk(2), BID)})) == ["ending_risk"]


def test_safety_that_is_low_and_does_not_grow_is_raised_from_the_third_rating_on():
    low = {number: {**rated(7), "safe": 4} for number in range(1, 4)}
    assert "no_gain_in_safety" in kinds(a_case(check_ins=low))
    assert "no_gain_in_safety" not in kinds(a_case(check_ins={1: low[1], 2: low[2]}))


@pytest.mark.parametrize("safe", [(3, 4, 5), (8, 8, 8), (8, 3, 8, 8), (6, 2, 4, 6)])
def test_safety_that_grows_or_is_there_is_not_raised(safe):
    given = {number: {**rated(8), "safe": value} for number, value in enumerate(safe, start=1)}
    assert "no_gain_in_safety" not in kinds(a_case(check_ins=given))


def test_when_nothing_has_helped_safety_another_therapist_is_named_kindly():
    alert = only(a_case(check_ins={number: rated(4, unsaid=2) for number in range(1, 8)}), "no_gain_in_safety")
    assert "another therapist may suit them better" in alert.next_step


# --- all of them ---

RATING = st.one_of(st.none(), st.integers(0, 10))
CANCELLING = st.lists(st.tuples(st.integers(1, 9), st.sampled_from(["client", "therapist"])), max_size=4)


@settings(deadline=None, max_examples=40)
@given(
    st.dictionaries(st.integers(1, 9), st.tuples(RATING, RATING), max_size=9),
    st.dictionaries(st.integers(1, 9), st.integers(0, 27), max_size=9),
    st.sets(st.integers(1, 9), max_size=4),
    CANCELLING,
)
def test_any_case_gets_alerts_of_different_kinds_about_what_is_in_it(ratings, phq, read, cancelling):
    check_ins = {
        number: {name: value for name, value in {**rated(rating), "unsaid": unsaid}.items() if value is not None}
        for number, (rating, unsaid) in ratings.items()
    }
    case = a_case(
        {number: a_session(BID, small_talk(2), BID, ruptures=[a_rupture()]) for number in read},
        check_ins=check_ins,
        scores={"phq9": phq},
        events=[Event("cancelled", number, by=by) for number, by in cancelling],
    )
    found = raised(case)
    assert len({alert.kind for alert in found}) == len(found) <= 7
    known = {session.number for session in case.sessions}
    assert {piece.session for alert in found for piece in alert.evidence} <= known


@pytest.fixture(scope="module")
def everything():
    """A case in which nearly everything goes wrong at once."""
    ratings = {1: good(), 2: good(), 3: good(), 4: good(), 5: good(safe=6), 6: rated(8, unsaid=9)}
    ratings |= {number: {**rated(5), "safe": 4} for number in (7, 8, 9)}
    return a_case(
        {
            6: a_session(small_talk(), therapist(), client(deferential=0.9), therapist(), client(deferential=0.9)),
            8: STRAINED,
            9: a_session(small_talk(2), BID, small_talk()),
        },
        check_ins=ratings | {8: rated(3, unsaid=9)},
        scores={"phq9": {1: 6, 4: 14, 9: 20}},
        events=[Event("cancelled", 7, by="client"), Event("cancelled", 8, by="client")],
    )


def test_there_is_at_most_one_alert_a_kind_and_the_most_urgent_comes_first(everything):
    found = raised(everything)
    assert len(found) >= 4
    assert len({alert.kind for alert in found}) == len(found)
    assert [alert.urgency for alert in found] == sorted((alert.urgency for alert in found), reverse=True)
    assert found[0].kind in ("ending_risk", "deterioration")


def test_no_two_alerts_are_raised_by_the_same_evidence(everything):
    firsts = [alert.evidence[0] for alert in raised(everything)]
    assert len(set(firsts)) == len(firsts)


def test_every_alert_is_one_sentence_with_evidence_a_basis_and_one_step(everything):
    for alert in raised(everything):
        assert alert.says.endswith(".")
        assert ". " not in alert.says
        assert alert.evidence
        assert alert.basis
        assert alert.next_step.endswith(".")
        assert 0 <= alert.urgency <= 1
        assert alert.confidence is None or 0 <= alert.confidence <= 1


def test_no_alert_diagnoses_or_blames(everything):
    words = " ".join(f"{alert.says} {alert.next_step}" for alert in raised(everything)).lower()
    for word in (
        "disorder",
        "resistan",
        "manipulat",
        "you failed",
        "your fault",
        "must",
        "non-compliant",
        "borderline",
    ):
        assert word not in words


def test_when_nothing_is_raised_it_is_said_what_was_looked_at():
    said = looked_at(a_case({1: a_session()}, check_ins={1: good()}), (), None)
    assert "1 transcript:" in said[0]
    assert "1 rating of the alliance (check-in): too few" in said[1]
    assert "No questionnaire answered twice" in said[2]
    assert "No events" in said[3]
    assert "suicide" in said[-1]


def test_what_could_be_looked_at_is_named_as_people_call_it():
    case = a_case(scores={"phq9": {1: 9, 4: 8}, "srs": dict.fromkeys(range(1, 7), 37)}, events=[Event("fee", 2)])
    said = " ".join(looked_at(case, changes_of(case), alliance_of(case)))
    assert "No transcript" in said
    assert "6 ratings of the alliance (SRS): dips" in said
    assert "reliable change of PHQ-9" in said
    assert "1 event" in said
