"""Turns under the wrong speaker's name, and roles exchanged as a whole, are found and said."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from transcript_strategies import write

from attunement.evaluation.coded import read_coded
from attunement.examples import transcripts
from attunement.transcripts import load
from attunement.transcripts.swaps import FEWEST, chances_wrong, doubtful
from attunement.transcripts.turn_words import TurnWords, terms_of

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "sessions"
# Unmistakable words, so that only the arithmetic is tested.
WORDS = TurnWords({"how": 4.0, "my": -4.0})
TALK = ["How was it?", "My week was long."] * 12
SPEAKERS = ["therapist", "client"] * 12


def other(speakers: list[str], *places: int) -> list[str]:
    swap = {"therapist": "client", "client": "therapist"}
    return [swap[who] if place in places else who for place, who in enumerate(speakers)]


def text(lines: list[str], speakers: list[str]) -> str:
    return "\n".join(f"{who.title()}: {line}" for who, line in zip(speakers, lines, strict=True))


def spoken(name: str) -> tuple[list[str], list[str]]:
    turns = read_coded(CORPUS / f"{name}.txt").session.turns
    return [turn.text for turn in turns], [turn.speaker for turn in turns]


def test_a_turn_that_is_plainly_the_other_s_is_pointed_out():
    assert doubtful(TALK, other(SPEAKERS, 5, 14), WORDS) == [5, 14]


def test_right_names_are_left_alone():
    assert doubtful(TALK, SPEAKERS, WORDS) == []


def test_a_word_of_the_other_s_is_not_enough_where_turns_are_taken_strictly():
    lines = [*TALK]
    lines[8], lines[11] = "My, my.", "How I hated that."
    assert doubtful(lines, SPEAKERS, WORDS) == []


def test_a_wrong_stretch_is_found_whole():
    lines = ["How was it?", "My week was long."] * 4 + ["How was it?"] * 2 + ["My week was long.", "How was it?"] * 6
    speakers = [*SPEAKERS[:8], "client", "client", *["client", "therapist"] * 6]
    assert doubtful(lines, speakers, WORDS) == [8, 9]


def test_captions_are_not_judged():
    lines = ["How was it?"] * 6 + ["My week was long."] * 6 + ["How was it?"] * 6
    assert doubtful(lines, ["therapist"] * 6 + ["client"] * 3 + ["therapist"] * 9, WORDS) == []


def test_too_few_turns_say_nothing():
    assert doubtful(TALK[: FEWEST - 1], other(SPEAKERS, 5)[: FEWEST - 1], WORDS) == []


@given(st.lists(st.tuples(st.floats(-30, 30), st.sampled_from(["therapist", "client"])), min_size=1, max_size=60))
def test_any_session_gets_chances(entries):
    words = TurnWords({str(place): weight for place, (weight, _) in enumerate(entries)})

    class Numbered(TurnWords):
        def log_odds(self, text: str) -> float:
            return self.weights[text]

    chances = chances_wrong([str(p) for p in range(len(entries))], [who for _, who in entries], Numbered(words.weights))
    assert len(chances) == len(entries)
    assert all(0 <= chance <= 1 for chance in chances)


def test_notes_are_not_words_and_case_does_not_matter():
    assert terms_of("HOW are you? [laughs]") == terms_of("How are YOU?")
    assert {"how", "how are", "<first> how", "?"} <= terms_of("How are you?")


def test_the_warning_names_the_turns(tmp_path: Path) -> None:
    lines, speakers = spoken("aiko-02")
    wrong = other(speakers, 14, 33)
    session = load(write(tmp_path, "a.txt", text(lines, wrong)))
    (warning,) = (each for each in session.warnings if "wrong speaker" in each)
    # Two turns melt with their neighbours, so that what was turn 15 is within turn 14, and so on.
    assert warning.startswith("Turns 14, 31 may have the wrong speaker, wholly or in part")
    assert lines[14].split()[0] in session.turns[13].text


@pytest.mark.parametrize("name", ["aiko-02", "arthur-01", "nadia-02", "owen-01"])
def test_a_session_as_it_was_written_is_not_suspected(tmp_path: Path, name: str) -> None:
    assert load(write(tmp_path, "a.txt", text(*spoken(name)))).warnings == ()


def test_bundled_sessions_are_not_suspected() -> None:
    for path in transcripts():
        assert load(path).warnings == ()


def test_roles_exchanged_as_a_whole_are_said(tmp_path: Path) -> None:
    lines, speakers = spoken("aiko-02")
    path = write(tmp_path, "a.txt", text(lines, other(speakers, *range(len(speakers)))))
    (warning,) = load(path).warnings
    assert warning.startswith("By the words, Client is the therapist and not Therapist (")
    assert warning.endswith("if the two were exchanged, name the therapist and read again.")
    assert load(path, therapist="Client").warnings == ()
