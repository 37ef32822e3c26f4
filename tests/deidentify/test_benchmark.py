"""The marked sessions and what is made of them."""

from __future__ import annotations

import pytest

from benchmarks.deidentify import in_small_letters, marked_sessions, renamed
from benchmarks.names_of_origins import ORIGINS

MARKED = marked_sessions()


def test_both_halves_are_of_different_cases_and_large_enough() -> None:
    halves = {
        half: {each.name.rsplit("-", 1)[0] for each in MARKED if each.half == half} for half in ("develop", "test")
    }
    assert halves["develop"].isdisjoint(halves["test"])
    assert len(MARKED) >= 40
    assert len(halves["develop"] | halves["test"]) >= 25


@pytest.mark.parametrize("origin", ORIGINS, ids=lambda origin: origin.name)
def test_a_renamed_session_has_the_new_names_where_the_old_ones_were(origin: object) -> None:
    for each in (renamed(marked, origin) for marked in MARKED[:6]):  # type: ignore[arg-type]
        for mention in each.mentions:
            assert each.turns[mention.turn - 1][1][mention.start : mention.end] == mention.words


def test_small_letters_keep_every_place() -> None:
    for marked in MARKED[:6]:
        small = in_small_letters(marked)
        for mention in small.mentions:
            text = small.turns[mention.turn - 1][1]
            assert text[mention.start : mention.end] == mention.words.lower().replace(".", " ").replace("&", " ")
