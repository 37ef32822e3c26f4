import pytest
from made_up_case import a_case, a_rupture, a_session, rated, small_talk

from attunement.case.threads import repair_fates
from attunement.episodes.model import Repair

QUIET = a_session(small_talk(8))


def repaired(kind="withdrawal", resolution="full"):
    return a_session(
        small_talk(8),
        ruptures=[a_rupture(2, 6, kind=kind, noticed="in_session")],
        repairs=[Repair(5, 8, 0.8, (5,), "therapist", resolution)],
    )


def strained(kind="withdrawal"):
    return a_session(small_talk(8), ruptures=[a_rupture(4, 8, kind=kind, evidence=(4, 6))])


def fate_in(readings, **kwargs):
    (fate,) = repair_fates(a_case(readings, **kwargs))
    return fate


def test_a_repair_after_which_nothing_came_up_held_and_names_the_sessions_it_rests_on():
    fate = fate_in({1: repaired(), 2: QUIET, 3: QUIET})
    assert fate.held is True
    assert [each.session for each in fate.evidence] == [2, 3]


def test_a_repair_in_the_last_session_cannot_be_told():
    fate = fate_in({1: QUIET, 2: repaired(), 3: None})
    assert (fate.held, fate.evidence) == (None, ())


@pytest.mark.parametrize("kind,held", [("withdrawal", False), ("mixed", False), ("confrontation", True)])
def test_only_a_rupture_of_the_same_kind_says_that_it_did_not_hold(kind, held):
    assert fate_in({1: repaired(), 2: strained(kind)}).held is held


def test_the_new_rupture_is_the_evidence():
    fate = fate_in({1: repaired(), 2: QUIET, 5: strained()})
    assert [(each.session, each.turns) for each in fate.evidence] == [(5, (4, 6))]


def test_what_comes_after_two_more_sessions_is_another_matter():
    assert fate_in({1: repaired(), 2: QUIET, 3: QUIET, 4: strained()}).held is True


def test_a_repair_that_mended_nothing_has_nothing_to_hold():
    assert repair_fates(a_case({1: repaired(resolution="none"), 2: QUIET})) == ()


@pytest.mark.parametrize("after,held", [(9.0, True), (8.0, True), (7.5, False)])
def test_a_rating_lower_by_more_than_a_point_of_ten_speaks_against_it(after, held):
    fate = fate_in({1: repaired(), 2: QUIET}, check_ins={1: rated(9), 2: rated(after)})
    assert fate.held is held
    if not held:
        assert fate.evidence[0].value == after
        assert fate.evidence[0].measure


def test_a_session_without_a_rating_says_nothing_about_it():
    assert fate_in({1: repaired(), 2: QUIET}, check_ins={2: rated(2)}).held is True
