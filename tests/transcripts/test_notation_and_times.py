"""One notation for laughter, pauses and the unintelligible; times in all their spellings."""

from __future__ import annotations

import datetime
import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attunement.transcripts import Turn
from attunement.transcripts.notation import canonical
from attunement.transcripts.times import clock, read_time, slots
from attunement.transcripts.utterance import places


@pytest.mark.parametrize(
    "written, kept",
    [
        ("(laughs) no", "[laughs] no"),
        ("[LAUGHTER] no", "[laughs] no"),
        ("*laughing* no", "[laughs] no"),
        ("<laugh> no", "[laughs] no"),
        ("&=laughs no", "[laughs] no"),
        ("((chuckling)) no", "[chuckles] no"),
        ("[inaudible 00:12:33]", "[inaudible]"),
        ("(unintelligible)", "[inaudible]"),
        ("[cross talk]", "[crosstalk]"),
        ("I (.) see (2.5) yes (4s)", "I [pause] see [pause] yes [long pause]"),
        ("(long pause)", "[long pause]"),
        ("(Silence)", "[silence]"),
        ("(laughs, wipes eyes)", "[laughs, wipes eyes]"),
        ("(clears throat)", "[clears throat]"),
        ("[phone buzzes]", "[phone buzzes]"),
        ("[Client crying]", "[Client crying]"),
    ],
)
def test_what_is_not_speech_gets_one_form(written: str, kept: str) -> None:
    assert canonical(written) == kept


@pytest.mark.parametrize(
    "speech",
    [
        "(I think) so",
        "2 * 3 * 4",
        "(she laughs at me)",
        "option (2) is",
        "(s)he",
        "x < y > z",
        "I pause",
        "a (little) bit",
    ],
)
def test_words_in_brackets_that_may_be_speech_stay(speech: str) -> None:
    assert canonical(speech) == speech


def test_white_space_and_control_characters_become_spaces() -> None:
    assert canonical(" a\x00b\tc\u2028d\x85e\ufefff\ud800 ") == "a b c d e f\ufffd"


@settings(deadline=None)
@given(st.text(max_size=80))
def test_doing_it_twice_changes_nothing(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)


@settings(deadline=None)
@given(st.text(st.sampled_from("laughs()[]*<>&= .3p")), st.text(max_size=20))
def test_doing_it_twice_changes_nothing_near_brackets(brackets: str, text: str) -> None:
    once = canonical(brackets + text)
    assert canonical(once) == once


@settings(deadline=None)
@given(st.text(st.characters(exclude_characters="[]()*<>&", exclude_categories=["Cc", "Cs"]), max_size=80))
def test_words_are_neither_added_nor_dropped(text: str) -> None:
    assert canonical(text).split() == re.sub("[\ufeff\ufffe\uffff]", " ", text).split()


@pytest.mark.parametrize(
    "value, seconds",
    [
        ("1:02:03.4", 3723.4),
        ("02:03", 123.0),
        ("00:00:01,250", 1.25),
        ("-0:01", -1.0),
        ("12.5", 12.5),
        ("12.5s", 12.5),
        (7, 7.0),
        ("", None),
        ("n/a", None),
        (None, None),
        (datetime.time(0, 1, 2, 500_000), 62.5),
        (datetime.timedelta(seconds=90), 90.0),
        ("2024-01-01T00:00:10", 1_704_067_210.0),
        (datetime.datetime(2024, 1, 1, 0, 0, 10), 1_704_067_210.0),
    ],
)
def test_times_in_their_spellings(value: object, seconds: float | None) -> None:
    assert read_time(value) == seconds


@pytest.mark.parametrize("value", ["soon", "1:2:3:4", True, [1], "1e5x", 10**400])
def test_what_is_no_time_is_not_a_number(value: object) -> None:
    seconds = read_time(value)
    assert seconds is not None
    assert math.isnan(seconds)


@settings(deadline=None)
@given(st.integers(0, 10**9))
def test_a_clock_is_read_as_it_is_written(milliseconds: int) -> None:
    assert read_time(clock(milliseconds / 1000)) == milliseconds / 1000


@settings(deadline=None)
@given(st.one_of(st.text(max_size=20), st.integers(), st.floats(), st.dates(), st.none(), st.binary(max_size=3)))
def test_no_value_breaks_the_reading_of_times(value: object) -> None:
    seconds = read_time(value)
    assert seconds is None or isinstance(seconds, float)


def test_made_up_times_fill_the_gaps() -> None:
    turns = (Turn(1, "client", "a"), Turn(2, "therapist", "b", 5.0), Turn(3, "client", "c", None, 9.0))
    assert [(slot.start_s, slot.end_s, slot.made_up) for slot in slots(turns)] == [
        (0.0, 1.0, "start and end"),
        (5.0, 6.0, "end"),
        (6.0, 9.0, "start"),
    ]


def test_places_are_said_shortly() -> None:
    assert places("line", [7]) == "line 7"
    assert places("row", [5, 3, 4, 9]) == "rows 3–5, 9"
    assert places("row", range(1, 40, 2)) == "rows 1, 3, 5, 7, 9, 11, 13, 15 and 12 more"
