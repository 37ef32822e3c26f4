"""How each quantity moves over the sessions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_up_case import a_case, a_moment, a_session, client, good, small_talk, therapist

from attunement.case.record import Case
from attunement.case.trajectories import trajectories_of
from attunement.measures.instruments import instruments


def known(case: Case) -> Case:
    return replace(case, instruments=instruments())


def of(case: Case, name: str):
    return next((each for each in trajectories_of(known(case)) if each.name == name), None)


def test_questionnaires_and_ratings_are_shown_as_answered_with_their_direction():
    case = a_case(check_ins={1: good(safe=6), 3: good(safe=8)}, scores={"phq9": {1: 14.0, 2: None, 3: 9.0}})
    phq9, safe, unsaid = of(case, "phq9"), of(case, "safe"), of(case, "unsaid")
    assert [(point.session, point.value) for point in phq9.points] == [(1, 14.0), (3, 9.0)]
    assert (phq9.kind, phq9.higher_is_better, phq9.range) == ("distress", False, (0, 27))
    assert [(point.session, point.value) for point in safe.points] == [(1, 6.0), (3, 8.0)]
    assert safe.higher_is_better
    assert not unsaid.higher_is_better


def test_strain_and_openness_are_expected_shares_of_the_clients_turns():
    strained = [client(denial=0.5) for _ in range(5)]
    open_ = [client(feeling=0.5) for _ in range(5)]
    said = [turn for pair in zip([therapist()] * 10, strained + open_, strict=True) for turn in pair]
    case = a_case({1: a_session(*said)})
    strain, openness = of(case, "strain").points[0], of(case, "openness").points[0]
    assert strain.value == pytest.approx(0.25 + 0.04, abs=0.05)
    assert openness.value == pytest.approx(0.25 + 0.02, abs=0.03)
    assert strain.low < strain.value < strain.high


def test_attunement_has_its_interval_and_no_point_where_too_few_moments_called_for_it():
    few = a_session(*small_talk(), moments=[a_moment(2)])
    enough = a_session(*small_talk(), moments=[a_moment(2), a_moment(4), a_moment(6)])
    trajectory = of(a_case({1: few, 2: enough}), "attunement")
    assert [point.session for point in trajectory.points] == [2]
    assert trajectory.points[0].low is not None


def test_a_session_of_a_few_words_gives_no_share():
    case = a_case({1: a_session(therapist(), client(), therapist(), client())})
    assert of(case, "strain") is None


def test_without_anything_there_is_nothing_to_show():
    assert trajectories_of(a_case({1: None})) == ()
