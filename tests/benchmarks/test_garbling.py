"""Text is garbled for measuring as a recogniser would, and always in the same way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from attunement.transcripts.session import Roles, Session, Turn
from benchmarks.garbling import garbled, shuffled

WORDS = "and then I told her that I would really rather not go there again with him on a Sunday"


def session(turns: int, name: str = "made-up") -> Session:
    speakers = ("therapist", "client")
    said = tuple(Turn(n, speakers[(n - 1) % 2], f"Well, {n}: {WORDS}.") for n in range(1, turns + 1))
    return Session(name, said, Roles("therapist", "client", "labelled"))


def test_case_and_punctuation_go_and_about_a_seventh_of_the_words_is_wrong():
    clean, noisy = session(200), garbled(session(200), swapped=0.0)
    assert all(turn.text == turn.text.lower() and "." not in turn.text for turn in noisy.turns)
    before = sum(len(turn.text.split()) for turn in clean.turns)
    both = zip(clean.turns, noisy.turns, strict=True)
    kept = sum(len(set(a.text.lower().rstrip(".").split()) & set(b.text.split())) for a, b in both)
    assert 0.75 < kept / before < 0.95


def test_about_one_turn_in_twenty_is_given_to_the_other_and_no_turn_is_lost():
    clean, noisy = session(2000), garbled(session(2000), word_errors=0.0)
    swaps = sum(a.speaker != b.speaker for a, b in zip(clean.turns, noisy.turns, strict=True))
    assert 70 < swaps < 130
    assert [turn.text for turn in clean.turns] == [turn.text for turn in noisy.turns]


def test_a_session_is_always_garbled_in_the_same_way_and_another_in_another():
    assert garbled(session(40)) == garbled(session(40))
    assert garbled(session(40)).turns != garbled(session(40, "another")).turns


@given(st.integers(1, 60))
def test_shuffling_keeps_every_turn_and_who_speaks_when(turns):
    clean = session(turns)
    mixed, order = shuffled(clean)
    assert sorted(order) == list(range(turns))
    assert [clean.turns[row] for row in order] == list(mixed.turns)
    assert [turn.speaker for turn in mixed.turns] == [turn.speaker for turn in clean.turns]
