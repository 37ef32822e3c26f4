"""WebVTT and SRT, as meeting software and players write them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import srt
import webvtt
from transcript_strategies import spoken, write

from attunement.errors import TranscriptError
from attunement.transcripts import Roles, Session, Turn, load, save

TEAMS = """WEBVTT

1d7a0c1e-6c1b-4f0e-9d2d-0c9b5a3d0001/12-0
00:00:03.120 --> 00:00:05.400
<v Connie Marsh>How was your week?</v>

1d7a0c1e-6c1b-4f0e-9d2d-0c9b5a3d0001/14-0
00:00:06.000 --> 00:00:09.250
<v Leander Voss>It was fine, I just
&amp; I don&#39;t know.</v>

00:00:09.300 --> 00:00:10.000
<v Connie Marsh>You don't know?</v>
"""
ZOOM = """WEBVTT

1
00:00:03.120 --> 00:00:05.400
Connie Marsh: How was your week?

2
00:00:06.000 --> 00:00:07.000
Leander Voss: It was fine. I think:

3
00:00:07.100 --> 00:00:09.250
mostly fine.

4
00:00:09.300 --> 00:00:10.000
Connie Marsh: You think?
"""


def test_teams_voices_are_speakers(tmp_path: Path) -> None:
    session = load(write(tmp_path, "meeting.vtt", TEAMS))
    assert session.format == "WebVTT"
    assert [turn.name for turn in session.turns] == ["Connie Marsh", "Leander Voss", "Connie Marsh"]
    assert session.turns[1].text == "It was fine, I just & I don't know."
    assert (session.turns[1].start_s, session.turns[1].end_s) == (6.0, 9.25)


def test_zoom_names_before_a_colon_are_speakers_and_nameless_cues_go_on(tmp_path: Path) -> None:
    session = load(write(tmp_path, "zoom.vtt", ZOOM))
    assert [turn.name for turn in session.turns] == ["Connie Marsh", "Leander Voss", "Connie Marsh"]
    assert session.turns[1].text == "It was fine. I think: mostly fine."
    assert (session.turns[1].start_s, session.turns[1].end_s) == (6.0, 9.25)
    assert "No speaker named, so read as the speaker before: line 12." in session.warnings


def test_two_voices_in_one_cue_are_two_turns(tmp_path: Path) -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:04.000\n<v T>Hello.</v>\n<v.loud C>Hi, <i>you</i>.\n"
    assert spoken(load(write(tmp_path, "a.vtt", text))) == [("therapist", "Hello."), ("client", "Hi, you.")]


def test_notes_styles_and_header_lines_are_not_speech(tmp_path: Path) -> None:
    text = (
        "WEBVTT - a session\nKind: captions\nLanguage: en\n\nNOTE T: not spoken\n\nSTYLE\n::cue { color: red }\n\n"
        "00:01.000 --> 00:02.000 align:start\nT: Hello.\n\n00:03.000 --> 00:04.000\nC: Hi.\n"
    )
    session = load(write(tmp_path, "a.vtt", text))
    assert spoken(session) == [("therapist", "Hello."), ("client", "Hi.")]
    assert not any("left out" in warning for warning in session.warnings)


def test_words_after_a_blank_line_inside_a_cue_stay(tmp_path: Path) -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\nT: Hello.\n\nAre you there?\n\n2\n00:00:03,000 --> 00:00:04,000\nC: Yes.\n"
    )
    assert spoken(load(write(tmp_path, "a.srt", text))) == [("therapist", "Hello. Are you there?"), ("client", "Yes.")]


@pytest.mark.parametrize("times", ["-00:00:01.000 --> 00:00:02.000", "xx:01 --> 00:99:zz", "00:05.000 --> 00:02.000"])
def test_a_cue_with_a_bad_time_keeps_its_words_and_says_which_line(tmp_path: Path, times: str) -> None:
    text = f"WEBVTT\n\n{times}\nT: Hello.\n\n00:00:03.000 --> 00:00:04.000\nC: Hi.\n"
    session = load(write(tmp_path, "a.vtt", text))
    assert spoken(session) == [("therapist", "Hello."), ("client", "Hi.")]
    assert session.turns[0].end_s is None or session.turns[0].start_s is None
    assert any(warning.startswith("Times left out (") and warning.endswith("line 3.") for warning in session.warnings)


def test_whisperx_names_in_brackets_are_speakers(tmp_path: Path) -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\n[SPEAKER_00]: How was your week?\n\n"
        "2\n00:00:03,000 --> 00:00:04,000\n[SPEAKER_01]: I was fine, I guess.\n"
    )
    session = load(write(tmp_path, "a.srt", text))
    assert session.format == "SRT"
    assert session.roles.therapist == "SPEAKER_00"


def test_markup_of_players_goes_and_other_brackets_stay(tmp_path: Path) -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\nT: <i>Hello</i> {\\an8}you <3\n\n"
        '2\n00:00:03,000 --> 00:00:04,000\nC: <font color="red">Hi</font> there\n'
    )
    assert spoken(load(write(tmp_path, "a.srt", text))) == [("therapist", "Hello you <3"), ("client", "Hi there")]


def test_two_names_in_one_cue_are_two_turns(tmp_path: Path) -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nT: Hello.\nAre you there?\nC: Yes.\nI am.\n"
    assert spoken(load(write(tmp_path, "a.srt", text))) == [
        ("therapist", "Hello. Are you there?"),
        ("client", "Yes. I am."),
    ]


def test_captions_without_speakers_say_what_to_do(tmp_path: Path) -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nhello there\n\n00:03.000 --> 00:04.000\nhi\n"
    with pytest.raises(TranscriptError, match="nothing says who speaks; use a recogniser that tells speakers apart"):
        load(write(tmp_path, "a.vtt", text))


def test_what_is_said_before_the_first_name_is_said_to_be_left_out(tmp_path: Path) -> None:
    text = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nhello\n\n00:03.000 --> 00:04.000\n<v T>Hi.\n\n"
        "00:05.000 --> 00:06.000\n<v C>Hi.\n"
    )
    session = load(write(tmp_path, "a.vtt", text))
    assert len(session.turns) == 2
    assert "Said before anyone is named, so left out: line 3." in session.warnings


def _session(*times: float | None) -> Session:
    turns = (
        Turn(1, "therapist", "How <was> it & why --> now?", times[0], times[1], "Dr Bell"),
        Turn(2, "client", "Fine.", times[2], times[3], "Sam"),
    )
    return Session("a", turns, Roles("Dr Bell", "Sam", "named"))


def test_the_libraries_read_what_is_written(tmp_path: Path) -> None:
    save(_session(1.0, 2.5, 3.0, 4.25), tmp_path / "a.vtt")
    captions = webvtt.read(str(tmp_path / "a.vtt")).captions
    assert [(caption.voice, caption.start, caption.end) for caption in captions] == [
        ("Dr Bell (therapist)", "00:00:01.000", "00:00:02.500"),
        ("Sam (client)", "00:00:03.000", "00:00:04.250"),
    ]
    save(_session(1.0, 2.5, 3.0, 4.25), tmp_path / "a.srt")
    subtitles = list(srt.parse(io.StringIO((tmp_path / "a.srt").read_text(encoding="utf-8"))))
    assert subtitles[1].content == "Sam (client): Fine."
    assert subtitles[1].end.total_seconds() == 4.25


def test_made_up_times_are_marked_in_webvtt_and_not_read_back(tmp_path: Path) -> None:
    save(_session(None, None, 3.0, None), tmp_path / "a.vtt")
    text = (tmp_path / "a.vtt").read_text(encoding="utf-8")
    assert "1 (start and end made up)\n00:00:00.000 --> 00:00:01.000" in text
    assert "2 (end made up)\n00:00:03.000 --> 00:00:04.000" in text
    read = load(tmp_path / "a.vtt")
    assert [(turn.start_s, turn.end_s) for turn in read.turns] == [(None, None), (3.0, None)]


def test_our_cutting_agrees_with_the_library_on_sound_files(tmp_path: Path) -> None:
    ours = load(write(tmp_path, "a.vtt", TEAMS))
    theirs = webvtt.from_string(TEAMS).captions
    assert [turn.name for turn in ours.turns] == [caption.voice for caption in theirs]
