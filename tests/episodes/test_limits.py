"""Where a session gives too little to tell, nothing is claimed; the codes of each turn stay."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_up_finder import long_session, random_finder, random_table

from attunement.episodes.limits import FEWEST_TURNS, cannot_tell, without_claims
from attunement.episodes.model import SessionReading
from attunement.transcripts import Roles


def found(turns: int, roles: Roles | None = None) -> SessionReading:
    session = long_session(turns)
    session = replace(session, roles=roles) if roles else session
    reading = random_finder(1).find(session, random_table(session, 1))
    rate = replace(reading.attunement, rate=0.5, interval=(0.2, 0.8))
    return replace(reading, attunement=rate, insights=(2,))


@pytest.mark.parametrize("turns, reason", [(2, "too_short"), (FEWEST_TURNS - 1, "too_short"), (FEWEST_TURNS, None)])
def test_under_fifteen_turns_it_cannot_be_told(turns, reason):
    assert cannot_tell(long_session(turns)) == reason


@pytest.mark.parametrize("confidence, reason", [(0.5, "roles_unsure"), (0.89, "roles_unsure"), (0.9, None)])
def test_unsure_roles_cannot_carry_a_claim(confidence, reason):
    assert cannot_tell(found(40, Roles("A", "B", "guessed", confidence)).session) == reason


def test_named_and_labelled_roles_are_taken_at_their_word():
    for how in ("named", "labelled"):
        assert cannot_tell(found(40, Roles("A", "B", how)).session) is None


def test_of_a_short_session_the_codes_stay_and_no_more():
    before = found(FEWEST_TURNS - 1)
    after = without_claims(before)
    assert after.table is before.table
    assert (after.ruptures, after.repairs, after.correctives) == ((), (), ())
    assert (after.attunement.rate, after.attunement.interval) == (None, None)
    assert set(after.attunement.line) == {None}
    assert len(after.attunement.line) == FEWEST_TURNS - 1
    assert after.attunement.moments == before.attunement.moments
    assert after.insights == (2,)


def test_with_unsure_roles_not_even_moments_are_claimed():
    after = without_claims(found(40, Roles("A", "B", "guessed", 0.6)))
    assert after.attunement.moments == ()
    assert after.insights == ()
    assert (after.ruptures, after.repairs, after.correctives) == ((), (), ())


def test_everything_else_is_left_as_it_was():
    reading = found(40)
    assert without_claims(reading) is reading
