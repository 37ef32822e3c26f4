"""From utterances to turns: merged, in order, with what time is known."""

from __future__ import annotations

from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attunement.errors import TranscriptError
from attunement.transcripts import Session
from attunement.transcripts.assemble import merge, session_of
from attunement.transcripts.utterance import Transcript, Utterance

UTTERANCES = st.lists(
    st.builds(
        Utterance,
        text=st.sampled_from(["a", "b c", "d [laughs]", ""]),
        speaker=st.sampled_from(["Ann", "ann ", "Bo", "Cy", None]),
        start_s=st.one_of(st.none(), st.floats(-10, 100), st.just(float("nan"))),
        end_s=st.one_of(st.none(), st.floats(-10, 100), st.just(float("inf"))),
        place=st.integers(1, 50),
    ),
    max_size=15,
)


def assembled(*utterances: Utterance) -> Session:
    return session_of(Transcript(list(utterances), unit="row"), therapist=None, name="a.csv", format="CSV")


@settings(deadline=None)
@given(UTTERANCES)
def test_merging_keeps_every_word_in_order(utterances: list[Utterance]) -> None:
    merged = merge(utterances)
    assert " ".join(each.text for each in merged).split() == " ".join(each.text for each in utterances).split()
    assert [each.speaker for each in merged] == [speaker for speaker, _ in groupby(each.speaker for each in utterances)]


@settings(deadline=None)
@given(UTTERANCES)
def test_a_session_holds_what_was_said_once_anyone_is_named(utterances: list[Utterance]) -> None:
    try:
        session = assembled(*utterances)
    except TranscriptError:
        return
    said = [each for each in utterances if each.text]
    first = next(index for index, each in enumerate(said) if each.speaker)
    words = sorted(" ".join(each.text for each in said[first:]).split())
    assert sorted(" ".join(turn.text for turn in session.turns).split()) == words
    assert all(turn.start_s is None or turn.end_s is None or turn.start_s <= turn.end_s for turn in session.turns)


def test_a_turn_runs_from_its_first_start_to_its_last_end() -> None:
    session = assembled(
        Utterance("Hello.", "T", 1.0, 2.0), Utterance("There?", "t", 2.5, 3.0), Utterance("Hi.", "C", 4.0, 5.0)
    )
    assert [(turn.name, turn.text, turn.start_s, turn.end_s) for turn in session.turns] == [
        ("T", "Hello. There?", 1.0, 3.0),
        ("C", "Hi.", 4.0, 5.0),
    ]
    assert session.has_times


def test_two_people_of_one_role_are_not_merged() -> None:
    session = assembled(
        Utterance("Hello.", "Therapist"), Utterance("Hi.", "Client 1"), Utterance("Hi too.", "Client 2")
    )
    assert [turn.name for turn in session.turns] == ["Therapist", "Client 1", "Client 2"]


def test_one_speaker_after_the_other_is_put_in_order_of_time() -> None:
    session = assembled(
        Utterance("one", "T", 0.0),
        Utterance("three", "T", 20.0),
        Utterance("two", "C", 10.0),
        Utterance("four", "C", 30.0),
    )
    assert [turn.text for turn in session.turns] == ["one", "two", "three", "four"]
    assert "The file gives one speaker after the other; turns were put in order of time." in session.warnings


def test_a_second_part_that_starts_at_zero_stays_where_it_is() -> None:
    session = assembled(
        *(
            Utterance(f"{name}{start}", name, float(start), place=place)
            for place, (name, start) in enumerate([("T", 0), ("C", 100), ("T", 200), ("C", 0), ("T", 100)], start=1)
        ),
    )
    assert [turn.text for turn in session.turns] == ["T0", "C100", "T200", "C0", "T100"]
    assert "Times jump back (row 4); turns were left in the order of the file." in session.warnings


def test_a_session_is_named_after_its_file_unless_it_has_an_id() -> None:
    utterances = [Utterance("Hello.", "T"), Utterance("Hi.", "C")]
    assert assembled(*utterances).id == "a"
    named = session_of(Transcript(utterances, id=" x\n1 "), therapist=None, name="a.csv", format="CSV")
    assert (named.id, named.source, named.format) == ("x 1", "a.csv", "CSV")


def test_a_file_in_which_nobody_is_named_is_refused() -> None:
    with pytest.raises(TranscriptError, match="nothing says who speaks"):
        assembled(Utterance("Hello."), Utterance("Hi."))
