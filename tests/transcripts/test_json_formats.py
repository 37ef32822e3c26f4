"""JSON of turns, of speech recognisers, and our own readings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from transcript_strategies import spoken, write

from attunement.errors import TranscriptError
from attunement.transcripts import Session, load, load_all

TURNS = [{"speaker": "Therapist", "text": "Hello.", "start": 1, "end": 2.5}, {"speaker": "Client", "text": "Hi."}]
EXPECTED = [("therapist", "Hello."), ("client", "Hi.")]


def read(tmp_path: Path, value: object) -> Session:
    return load(write(tmp_path, "a.json", value if isinstance(value, str) else json.dumps(value)))


@pytest.mark.parametrize("key", ["turns", "utterances", "messages", "dialogue", "transcript"])
def test_turns_may_stand_alone_or_under_a_key(key: str, tmp_path: Path) -> None:
    assert spoken(read(tmp_path, TURNS)) == EXPECTED
    session = read(tmp_path, {"id": "s1", key: TURNS})
    assert (session.id, spoken(session), session.format) == ("s1", EXPECTED, "JSON")
    assert (session.turns[0].start_s, session.turns[0].end_s) == (1.0, 2.5)


def test_a_speaker_may_be_an_object(tmp_path: Path) -> None:
    turns = [{"speaker": {"id": 1, "name": "Therapist"}, "text": "Hello."}, {"speaker": {"id": 2}, "text": "Hi."}]
    assert [turn.name for turn in read(tmp_path, turns).turns] == ["Therapist", "2"]


def test_chat_messages_have_roles(tmp_path: Path) -> None:
    assert (
        spoken(read(tmp_path, [{"role": "assistant", "content": "Hello."}, {"role": "user", "content": "Hi."}]))
        == EXPECTED
    )


def test_json_lines_of_turns_and_of_sessions(tmp_path: Path) -> None:
    turns = "\n".join(json.dumps({"session": "s1", **turn}) for turn in TURNS)
    session = read(tmp_path, turns)
    assert (session.id, session.format, spoken(session)) == ("s1", "JSON Lines", EXPECTED)
    several = "\n".join(json.dumps({"id": name, "turns": TURNS}) for name in ("s1", "s2"))
    assert [each.id for each in load_all(write(tmp_path, "b.jsonl", several))] == ["s1", "s2"]


def test_broken_json_lines_are_said_and_the_others_read(tmp_path: Path) -> None:
    lines = [json.dumps(TURNS[0]), '{"speaker": "Cli', json.dumps(TURNS[1]), '"only a string"']
    session = read(tmp_path, "\n".join(lines))
    assert spoken(session) == EXPECTED
    assert "Not valid JSON, or cut off, so left out: line 2." in session.warnings
    assert "Not a turn, so left out: line 4." in session.warnings


def test_json_lines_may_begin_with_a_broken_one(tmp_path: Path) -> None:
    session = read(tmp_path, "\n".join(['{"speaker": "Cli', *(json.dumps(turn) for turn in TURNS)]))
    assert (session.format, spoken(session)) == ("JSON Lines", EXPECTED)


def test_a_document_with_a_turn_on_each_line_is_no_json_lines(tmp_path: Path) -> None:
    text = '{"id": "s1", "turns": [\n' + ",\n".join(json.dumps(turn) for turn in TURNS) + "\n]}"
    session = read(tmp_path, text)
    assert (session.format, session.id, spoken(session)) == ("JSON", "s1", EXPECTED)


def test_a_document_that_breaks_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    text = json.dumps({"turns": TURNS * 3}, indent=1)
    session = read(tmp_path, text[: text.rindex('"Client"')])
    assert len(session.turns) == 5
    assert any(
        "breaks off or is damaged" in warning and "the 5 entries before" in warning for warning in session.warnings
    )


@pytest.mark.parametrize("text", ['{"turns": [{"speaker": "T", "te', '{"a', "[{", "[" * 100_000, '{"a":' * 100_000])
def test_a_document_of_which_nothing_is_left_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match=r"not valid JSON, or cut off \(line 1\)"):
        read(tmp_path, text)


def test_json_without_turns_says_what_to_write(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match="no turns in it; write objects with the keys 'speaker' and 'text'"):
        read(tmp_path, {"name": "package", "version": 1})


def test_whisper_segments_with_speakers(tmp_path: Path) -> None:
    segments = [
        {"id": 0, "start": 0.0, "end": 1.5, "text": " How was your week?", "speaker": "SPEAKER_01"},
        {"id": 1, "start": 1.5, "end": 2.0, "text": " I was"},
        {"id": 2, "start": 2.0, "end": 3.0, "text": " fine, I guess.", "speaker": "SPEAKER_00"},
        {"id": 3, "start": 3.0, "end": 3.0, "text": 7},
    ]
    session = read(tmp_path, {"text": "…", "segments": segments, "language": "en"})
    assert session.format == "Whisper JSON"
    assert [(turn.name, turn.text) for turn in session.turns] == [
        ("SPEAKER_01", "How was your week? I was"),
        ("SPEAKER_00", "fine, I guess."),
    ]
    assert "No speaker named, so read as the speaker before: segment 2." in session.warnings
    assert "Segments without text were left out (segment 4)." in session.warnings


def test_whisperx_words_split_a_segment_between_speakers(tmp_path: Path) -> None:
    def word(text: str, start: float, speaker: str | None) -> dict[str, object]:
        return {"word": text, "start": start, "end": start + 0.4, **({"speaker": speaker} if speaker else {})}

    words = [
        word("How", 0, "A"),
        word("are", 1, None),
        word("you?", 2, "A"),
        word("I'm", 3, "B"),
        word("fine.", 4, "B"),
    ]
    segment = {"start": 0, "end": 5, "text": "How are you? I'm fine.", "speaker": "A", "words": words}
    session = read(tmp_path, {"segments": [segment]})
    assert [(turn.name, turn.text, turn.start_s, turn.end_s) for turn in session.turns] == [
        ("A", "How are you?", 0.0, 2.4),
        ("B", "I'm fine.", 3.0, 4.4),
    ]


def test_a_single_word_that_flips_speaker_stays_with_its_neighbours(tmp_path: Path) -> None:
    spoken_words = ["How", "are", "you", "now"]
    words = [{"word": text, "speaker": speaker} for text, speaker in zip(spoken_words, "ABAA", strict=True)]
    segments = [{"text": "How are you now", "words": words}, {"text": "I don't know", "speaker": "B"}]
    session = read(tmp_path, {"segments": segments})
    assert [turn.text for turn in session.turns] == ["How are you now", "I don't know"]


def test_whisper_cpp_offsets_are_milliseconds(tmp_path: Path) -> None:
    pieces = [
        {"offsets": {"from": 0, "to": 1500}, "text": " T: Hello."},
        {"offsets": {"from": 1500, "to": 2500}, "text": " C: Hi."},
    ]
    session = read(tmp_path, {"transcription": pieces})
    assert (session.turns[1].start_s, session.turns[1].end_s) == (1.5, 2.5)


def test_recogniser_output_without_diarisation_says_what_to_do(tmp_path: Path) -> None:
    segments = [{"start": 0, "end": 1, "text": "hello"}, {"start": 1, "end": 2, "text": "hi"}]
    with pytest.raises(TranscriptError, match="diarisation"):
        read(tmp_path, {"segments": segments})


def reading(name: str, others: dict[str, str] | None = None) -> dict[str, object]:
    turns = [
        {"turn": 1, "speaker": "therapist", "name": "Bell", "text": "Hello.", "codes": {"warmth": 0.9}, "start_s": 1.5},
        {"turn": 2, "speaker": "client", "name": "Sam", "text": "Hi.", "codes": {"feeling": 0.1}, "end_s": None},
        {"turn": 3, "speaker": "client", "name": "Mum", "text": "Hello to you too, both of you.", "codes": {}},
    ]
    return {
        "schema": "attunement/reading/1",
        "session": {"id": name, "roles": {"therapist": "Bell", "client": "Sam", "others": others or {"Mum": "client"}}},
        "turns": turns,
        "episodes": [{"type": "rupture", "start": 1, "end": 2}],
    }


def test_our_own_reading_is_read_back_as_the_transcript(tmp_path: Path) -> None:
    session = read(tmp_path, reading("s1"))
    assert (session.format, session.id) == ("reading", "s1")
    assert [turn.text for turn in session.turns] == ["Hello.", "Hi.", "Hello to you too, both of you."]
    assert (session.roles.therapist, session.roles.client, session.roles.others) == ("Bell", "Sam", {"Mum": "client"})
    assert session.turns[0].start_s == 1.5


def test_what_is_no_turn_in_a_reading_is_said(tmp_path: Path) -> None:
    damaged = reading("s1")
    damaged["turns"] = [*damaged["turns"], 7, {"turn": 5}]  # type: ignore[misc]
    assert "Without a text, so left out: turns 4–5." in read(tmp_path, damaged).warnings


def test_readings_as_lines_are_several_sessions(tmp_path: Path) -> None:
    text = "\n".join(json.dumps(reading(name)) for name in ("s1", "s2"))
    assert [session.id for session in load_all(write(tmp_path, "a.jsonl", text))] == ["s1", "s2"]
