"""What is written is read again; what a format has no place for is named here, and in docs/formats.md."""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from transcript_strategies import ANY_TEXTS, TEXTS, sessions, spoken

from attunement.errors import InputError
from attunement.transcripts import Session, load, save
from attunement.transcripts.registry import CONVOKIT, OFFICE_FORMATS, TEXT_FORMATS

WRITABLE = [each.name for each in (*TEXT_FORMATS, *OFFICE_FORMATS) if each.write is not None] + [CONVOKIT]
KEEPS_ANY_TIME = ["WebVTT", "Whisper JSON", "JSON Lines", "JSON", "CSV", "TSV", "plain text", "Word", "Excel", CONVOKIT]
KEEPS_ID = ["Whisper JSON", "JSON Lines", "JSON", "coded text", "CSV", "TSV", "Excel", CONVOKIT]
# CHAT keeps a time only as a pair; SRT needs times and makes them up where there are none.
KEEPS_TIMES_IN_PAIRS = ["CHAT", "SRT"]
# Words with characters that are CHAT's own codes.
CHAT_PIECES = (
    "I  you  don't  well, know  what?  okay.  [laughs]  [pause]  [inaudible]  [phone buzzes]  [Client: mm]  because..."
    "  no—  naïve  Dr.  它  and:  £20  uh"
)
CHAT_TEXTS = st.lists(st.sampled_from(re.split("  ", CHAT_PIECES)), min_size=1, max_size=12).map(" ".join)


def round_trip(session: Session, format: str) -> Session:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "written"
        save(session, path, format)
        return load(path)


@pytest.mark.parametrize("format", [name for name in WRITABLE if name not in ("CHAT", "coded text")])
@settings(deadline=None, max_examples=20)
@given(data=st.data())
def test_words_speakers_names_and_roles_come_back(format: str, data: st.DataObject) -> None:
    session = data.draw(sessions())
    read = round_trip(session, format)
    assert spoken(read) == spoken(session)
    assert [turn.name for turn in read.turns] == [turn.name for turn in session.turns]
    assert (read.roles.therapist, read.roles.client) == (session.roles.therapist, session.roles.client)
    assert read.roles.others == session.roles.others
    assert read.format == format


@pytest.mark.parametrize("format", KEEPS_ANY_TIME)
@settings(deadline=None, max_examples=12)
@given(data=st.data())
def test_times_come_back_even_where_some_are_missing(format: str, data: st.DataObject) -> None:
    session = data.draw(sessions())
    assert times(round_trip(session, format)) == times(session)


@pytest.mark.parametrize("format", KEEPS_TIMES_IN_PAIRS)
@settings(deadline=None, max_examples=12)
@given(data=st.data())
def test_times_come_back_where_every_turn_has_both(format: str, data: st.DataObject) -> None:
    session = data.draw(sessions(CHAT_TEXTS, times="all"))
    assert times(round_trip(session, format)) == times(session)


@settings(deadline=None, max_examples=40)
@given(sessions(CHAT_TEXTS))
def test_chat_keeps_ordinary_writing(session: Session) -> None:
    read = round_trip(session, "CHAT")
    assert spoken(read) == spoken(session)
    assert [turn.name for turn in read.turns] == [(turn.name or "").replace("_", " ") for turn in session.turns]
    assert list(read.roles.others.values()) == list(session.roles.others.values())


@settings(deadline=None, max_examples=30)
@given(sessions())
def test_coded_text_keeps_words_and_roles(session: Session) -> None:
    read = round_trip(session, "coded text")
    assert [turn.text for turn in read.turns] == joined_by_role(session)


@pytest.mark.parametrize("format", ["WebVTT", "Whisper JSON", "JSON Lines", "JSON", "CSV", "Excel", CONVOKIT])
@settings(deadline=None, max_examples=20)
@given(data=st.data())
def test_formats_with_an_escape_keep_any_words_at_all(format: str, data: st.DataObject) -> None:
    session = data.draw(sessions(ANY_TEXTS))
    assert spoken(round_trip(session, format)) == spoken(session)


@pytest.mark.parametrize("format", KEEPS_ID)
@settings(deadline=None, max_examples=5)
@given(data=st.data())
def test_the_session_keeps_its_id_where_there_is_a_place_for_it(format: str, data: st.DataObject) -> None:
    assert round_trip(data.draw(sessions(TEXTS)), format).id == "session-7"


@pytest.mark.parametrize("format", WRITABLE)
def test_turns_without_names_are_written_with_their_roles(format: str) -> None:
    session = _plain_session()
    assert spoken(round_trip(session, format)) == spoken(session)


def test_an_unknown_format_is_refused_with_the_list_of_formats(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot write \.pdf; formats are WebVTT, SRT"):
        save(_plain_session(), tmp_path / "session.pdf")


def test_a_reading_is_not_written_here(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot write reading"):
        save(_plain_session(), tmp_path / "session.json", "reading")


def test_excel_does_not_cut_a_turn_in_silence(tmp_path: Path) -> None:
    session = _plain_session()
    long = replace(session, turns=(replace(session.turns[0], text="word " * 7000), session.turns[1]))
    with pytest.raises(InputError, match="turn 1 is longer than an Excel cell"):
        save(long, tmp_path / "session.xlsx")


def test_a_path_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        save(_plain_session(), tmp_path / "missing" / "session.vtt")


def _plain_session() -> Session:
    from attunement.transcripts import Roles, Turn

    turns = (Turn(1, "therapist", "How was it?"), Turn(2, "client", "Fine. I don't know."))
    return Session("plain", turns, Roles("Therapist", "Client", "labelled"))


def times(session: Session) -> list[tuple[float | None, float | None]]:
    return [(turn.start_s, turn.end_s) for turn in session.turns]


def joined_by_role(session: Session) -> list[str]:
    joined: list[tuple[str, str]] = []
    for speaker, text in spoken(session):
        if joined and joined[-1][0] == speaker:
            joined[-1] = (speaker, f"{joined[-1][1]} {text}")
        else:
            joined.append((speaker, text))
    return [text for _, text in joined]
