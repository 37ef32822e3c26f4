"""Whatever is in a file, only a line that says why comes out, and what is read is sound."""

from __future__ import annotations

import json
import math
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_tables import document, workbook
from transcript_strategies import sessions

from attunement.errors import InputError, TranscriptError
from attunement.transcripts import Session, load_all, save
from attunement.transcripts.formats import convokit, excel, word
from attunement.transcripts.registry import OFFICE_FORMATS, TEXT_FORMATS, TextFormat, by_name

LINES = st.sampled_from(
    [
        *(
            "WEBVTT",
            "",
            "1",
            "00:00:01.000 --> 00:00:02.000",
            "00:00:03,000 --> 00:00:01,000",
            "-->",
            "NOTE x",
            "STYLE",
        ),
        *("<v Anna>hi", "<v Bo>", "Anna: hi", "T: hello {question_open}", "C: hm {exp=0", "# id: x", "## rupture 1-2"),
        *(
            "@Begin",
            "@Participants:\tTHE Therapist, CLI Client",
            "*THE:\thi . \x151_2\x15",
            "*CLI:\t&=laughs [/] <xx",
            "%mor:\tx",
        ),
        *("speaker,text", "speaker\ttext\tstart", "T,hi", 'C,"hi', "T\thi\t-1", "Therapist;Client", "a;b", "|||"),
        *(
            '{"speaker": "T", "text": "hi"}',
            '{"speaker": "C", "text": "yo", "start": 1e999}',
            '{"text": ',
            "[",
            "]",
            "{}",
        ),
        *(
            '{"segments": [',
            '{"start": -1, "end": "x", "text": "hi", "speaker": 1},',
            "]}",
            '"turns": [',
            "null",
            "NaN",
        ),
        *(
            '{"schema": "attunement/reading/1", "session": 3, "turns": [{"speaker": "client", "text": "hi"}, 1]}',
            "1e400",
        ),
        *(
            "Anna  0:03",
            "[00:00:01] T: hi",
            "00:05:00",
            "Therapist",
            "\x00",
            "\ufeff",
            "\ud800",
            "\u2028",
            "\r",
            "::",
            "治疗师：你好",
        ),
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.one_of(LINES, st.text(max_size=20)), max_size=14).map("\n".join))
KEYS = [
    *("speaker", "text", "start", "end", "words", "word", "segments", "turns", "schema", "session", "id", "role"),
    *("offsets", "from", "to", "meta", "conversation_id", "timestamp", "messages"),
]
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.one_of(st.sampled_from(KEYS), st.text(max_size=5)),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=20,
)


def check_message(error: InputError) -> None:
    assert "\n" not in str(error)


def check(path: Path) -> None:
    """Read a file; either it is refused in one line or its sessions are sound."""
    try:
        found = load_all(path)
    except InputError as error:  # a TranscriptError, or that nothing in it is English
        check_message(error)
        return
    assert found
    for session in found:
        check_session(session)


def check_session(session: Session) -> None:
    assert [turn.number for turn in session.turns] == list(range(1, len(session.turns) + 1))
    assert {turn.speaker for turn in session.turns} == {"therapist", "client"}
    for turn in session.turns:
        assert turn.text == " ".join(turn.text.split()) != ""
        assert all(time is None or (time >= 0 and math.isfinite(time)) for time in (turn.start_s, turn.end_s))
        turn.text.encode("utf-8")
    assert all(first.name != second.name for first, second in zip(session.turns, session.turns[1:], strict=False))
    assert all("\n" not in warning for warning in session.warnings)


def check_content(content: bytes, name: str = "a.txt") -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        check(path)


@pytest.mark.parametrize(
    "ending", [".txt", ".vtt", ".csv", ".tsv", ".json", ".jsonl", ".cha", ".docx", ".xlsx", ".srt"]
)
@settings(deadline=None, max_examples=25)
@given(content=st.binary(max_size=300))
def test_any_bytes_under_any_ending(ending: str, content: bytes) -> None:
    check_content(content, f"a{ending}")


@settings(deadline=None, max_examples=300)
@given(TEXTS)
def test_any_text(text: str) -> None:
    check_content(text.encode("utf-8", errors="surrogatepass"))


@pytest.mark.parametrize("format", TEXT_FORMATS, ids=lambda format: format.name)
@settings(deadline=None, max_examples=80)
@given(text=TEXTS)
def test_every_parser_takes_text_that_is_not_its_own(format: TextFormat, text: str) -> None:
    assert format.recognises(text) in (True, False)
    try:
        transcripts = format.parse(text)
    except TranscriptError as error:
        check_message(error)
        return
    assert transcripts


@settings(deadline=None, max_examples=150)
@given(JSON)
def test_any_json(value: object) -> None:
    check_content(json.dumps(value).encode(), "a.json")


@settings(deadline=None, max_examples=60)
@given(st.lists(JSON, max_size=5), JSON)
def test_any_convokit_corpus(lines: list[object], speakers: object) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / convokit.UTTERANCES).write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
        (Path(folder) / convokit.SPEAKERS).write_text(json.dumps(speakers), encoding="utf-8")
        check(Path(folder))


@pytest.mark.parametrize("parse, whole", [(word.parse, document(["T: hi", "C: yo"])), (excel.parse, workbook([["a"]]))])
@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_office_files_with_flipped_bytes(parse: object, whole: bytes, data: st.DataObject) -> None:
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        parse(bytes(damaged))  # type: ignore[operator]
    except TranscriptError as error:
        check_message(error)


@pytest.mark.parametrize("name", [each.name for each in (*TEXT_FORMATS, *OFFICE_FORMATS) if each.write is not None])
@settings(deadline=None, max_examples=15)
@given(session=sessions(), cut=st.floats(0, 1))
def test_a_file_cut_off_anywhere(name: str, session: Session, cut: float) -> None:
    format = by_name(name)
    assert format is not None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{(format.endings or ('.txt',))[0]}"
        save(session, path, name)
        content = path.read_bytes()
        path.write_bytes(content[: int(len(content) * cut)])
        check(path)
