"""Bad input: each one clear line, without a word of the transcript; what can be read is read."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from test_tables import document, workbook
from transcript_strategies import spoken, write

from attunement.errors import InputError, TranscriptError
from attunement.transcripts import files, load
from attunement.transcripts.assemble import LONG_TURN_WORDS, MAX_TURN_WORDS

SECRET = "he beats me"
GOOD = "Therapist: How are you?\nClient: Fine, I guess.\n"


def refused(path: Path, match: str) -> None:
    with pytest.raises(TranscriptError, match=match) as error:
        load(path)
    message = str(error.value)
    assert "\n" not in message
    assert SECRET not in message
    assert message.startswith(f"{path}: ")


@pytest.mark.parametrize("content", [b"", b"  \n\r\n\t ", b"\xef\xbb\xbf", b"\xff\xfe", b"\x00\x00\x00"])
def test_an_empty_file(content: bytes, tmp_path: Path) -> None:
    refused(write(tmp_path, "a.vtt", content), "the file is empty")


def test_a_binary_file(tmp_path: Path) -> None:
    refused(write(tmp_path, "a.txt", bytes(range(256)) * 40), "this is not text; the file is binary or damaged")


@pytest.mark.parametrize(
    "content, message",
    [
        (b"%PDF-1.7 \x00\x01", "a PDF; copy its text"),
        (b"{\\rtf1 hello}", "an RTF document; save it as"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Word or Excel file"),
        (b"RIFF\x24\x08\x00\x00WAVEfmt ", "a recording, not a transcript"),
        (b"ID3\x03\x00\x00", "a recording, not a transcript"),
        (b"\x00\x00\x00\x20ftypM4A \x00", "a recording, not a transcript"),
        (b"\x1f\x8b\x08\x00abc", "compressed; unpack it first"),
        (b"PK\x03\x04 no zip at all", "damaged"),
    ],
)
def test_files_of_another_kind_are_named(content: bytes, message: str, tmp_path: Path) -> None:
    refused(write(tmp_path, "a.txt", content), message)


def test_a_zip_of_something_else(tmp_path: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.txt", GOOD)
    refused(write(tmp_path, "a.zip", target.getvalue()), "a zip archive; unpack it first")


@pytest.mark.parametrize("content", [f"{SECRET}, and then I left.\n" * 3, "<html><body>hello</body></html>", "x = 1\n"])
def test_text_that_is_no_transcript(content: str, tmp_path: Path) -> None:
    refused(
        write(tmp_path, "a.txt", content), r"not recognised as a transcript; begin each turn with a name and a colon"
    )


@pytest.mark.parametrize(
    "name, content",
    [
        ("a.txt", f"Client: {SECRET}.\nClient: Yes.\n"),
        ("a.vtt", f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Sam>{SECRET}\n"),
        ("a.csv", f"speaker,text\nC,{SECRET}\nC,yes\n"),
        ("a.json", f'[{{"speaker": "C", "text": "{SECRET}"}}]'),
        ("a.cha", f"@Begin\n*CLI:\t{SECRET} .\n@End\n"),
    ],
)
def test_only_one_speaker(name: str, content: str, tmp_path: Path) -> None:
    refused(write(tmp_path, name, content), "only one speaker is marked; both therapist and client are needed")


def test_a_file_in_which_nothing_is_said(tmp_path: Path) -> None:
    refused(write(tmp_path, "a.txt", "Therapist:\nClient:\n"), "nothing is said in this file")


@pytest.mark.parametrize(
    "encoding, shown",
    [("cp1252", "Windows-1252"), ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be"), ("cp1251", "cp1251")],
)
def test_another_encoding_is_detected_and_said(encoding: str, shown: str, tmp_path: Path) -> None:
    words = "Как вы себя чувствуете сегодня? Плохо, устал." if encoding == "cp1251" else "It’s “fine” – café."
    session = load(write(tmp_path, "a.txt", f"Therapist: {words}\nClient: {words}\n".encode(encoding)))
    assert spoken(session) == [("therapist", words), ("client", words)]
    assert (
        f"The file is not in UTF-8; it was read as {shown}. If letters look wrong, save it as UTF-8."
        in session.warnings
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_settles_the_encoding(encoding: str, tmp_path: Path) -> None:
    session = load(write(tmp_path, "a.txt", GOOD.encode(encoding)))
    assert spoken(session)[0] == ("therapist", "How are you?")
    assert not any("UTF-8" in warning for warning in session.warnings)


def test_damaged_letters_in_utf8_are_said_with_their_line(tmp_path: Path) -> None:
    data = "Therapist: Größe, naïve, café, über, müde, ähnlich?\nClient: ".encode() + b"f\xfcr mich.\n"
    session = load(write(tmp_path, "a.txt", data))
    assert "Some letters are damaged and show as \ufffd (line 2)." in session.warnings


def test_null_bytes_are_left_out_and_said_with_their_line(tmp_path: Path) -> None:
    session = load(write(tmp_path, "a.txt", GOOD.replace("Fine", "Fi\x00ne")))
    assert session.turns[1].text == "Fi ne, I guess."
    assert "Null bytes were left out (line 2); words may be missing there." in session.warnings


def test_a_file_of_mostly_null_bytes_is_binary(tmp_path: Path) -> None:
    refused(write(tmp_path, "a.txt", GOOD.encode() + b"\x00" * 4000), "the file is binary or damaged")


def test_200_megabytes_are_refused_before_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail("was read"))
    refused(path, "200 MB; a transcript is read up to 50 MB")


def test_a_turn_of_100_000_words_is_refused(tmp_path: Path) -> None:
    text = f"Therapist: Hello.\nClient: Hi.\nTherapist: {(SECRET + ' ') * 34_000}\n"
    refused(write(tmp_path, "a.txt", text), r"the turn at line 3 has 102,000 words, more than two whole sessions")


def test_a_turn_of_many_thousand_words_is_read_with_a_warning(tmp_path: Path) -> None:
    assert LONG_TURN_WORDS < 4000 < MAX_TURN_WORDS
    session = load(write(tmp_path, "a.txt", f"Therapist: Hello.\nClient: {'word ' * 4000}\n"))
    assert "The turn at line 2 has 4,000 words; names of speakers may be missing after it." in session.warnings


@pytest.mark.parametrize(
    "start, end, problem", [("-3", "2", "negative"), ("9", "2", "end before start"), ("x", "2", "unreadable")]
)
def test_impossible_times_are_left_out_and_said(start: str, end: str, problem: str, tmp_path: Path) -> None:
    text = f"speaker,text,start,end\nT,Hello.,{start},{end}\nC,Hi.,10,11\n"
    session = load(write(tmp_path, "a.csv", text))
    assert session.turns[0].start_s is None or session.turns[0].end_s is None
    assert (session.turns[1].start_s, session.turns[1].end_s) == (10.0, 11.0)
    assert f"Times left out ({problem}): line 2." in session.warnings


def test_a_two_turn_session_is_read_with_a_warning(tmp_path: Path) -> None:
    session = load(write(tmp_path, "a.txt", GOOD))
    assert "Only 2 turns: codes can be read, but hardly anything about a session." in session.warnings


def bomb(part: str, member: str, size: int, content: bytes = b"\x00") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, b"<x/>")
        with archive.open(member, "w", force_zip64=True) as stream:
            for _ in range(size // 1_000_000):
                stream.write(content * 1_000_000)
    return target.getvalue()


@pytest.mark.parametrize("part, ending", [("word/document.xml", ".docx"), ("xl/workbook.xml", ".xlsx")])
def test_a_zip_bomb_is_not_opened(part: str, ending: str, tmp_path: Path) -> None:
    data = bomb(part, "media/big.bin", files.MAX_UNPACKED_BYTES + 10_000_000)
    assert len(data) < 1_000_000
    refused(write(tmp_path, f"a{ending}", data), "unpacks to more than 50 MB, which no transcript does; not opened")


def replaced(data: bytes, part: str, change: bytes | None) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
            elif change is not None:
                new.writestr(name, change)
    return target.getvalue()


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize("change", [ENTITIES, ENTITIES.decode().encode("utf-16")])
@pytest.mark.parametrize("part, ending", [("word/document.xml", ".docx"), ("xl/workbook.xml", ".xlsx")])
def test_xml_entities_are_not_expanded(part: str, ending: str, change: bytes, tmp_path: Path) -> None:
    data = replaced(document([GOOD]) if ending == ".docx" else workbook([["speaker", "text"]]), part, change)
    refused(write(tmp_path, f"a{ending}", data), "defines XML entities")


@pytest.mark.parametrize("ending", [".docx", ".xlsx"])
def test_damaged_office_files(ending: str, tmp_path: Path) -> None:
    data = document([GOOD]) if ending == ".docx" else workbook([["speaker", "text"], ["T", "Hello."]])
    part = "word/document.xml" if ending == ".docx" else "xl/workbook.xml"
    refused(write(tmp_path, f"cut{ending}", data[: len(data) // 2]), "damaged")
    refused(write(tmp_path, f"xml{ending}", replaced(data, part, b"<w:document")), "is damaged")
    flipped = bytearray(data)
    flipped[len(data) // 3 : len(data) // 3 + 400] = bytes(400)
    with pytest.raises(TranscriptError):
        load(write(tmp_path, f"flipped{ending}", bytes(flipped)))


def test_a_sheet_that_claims_a_billion_cells_is_read_at_once(tmp_path: Path) -> None:
    data = workbook([["speaker", "text"], ["T", "Hello."], ["C", "Hi."]])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    far = sheet.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    session = load(write(tmp_path, "a.xlsx", replaced(data, "xl/worksheets/sheet1.xml", far)))
    assert len(session.turns) == 2


def test_a_folder_where_a_file_is_wanted(tmp_path: Path) -> None:
    refused(tmp_path, "this is a folder; give a file, or a folder that holds transcripts")


def test_a_missing_file(tmp_path: Path) -> None:
    refused(tmp_path / "missing.vtt", "no such file")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", GOOD)
    path.chmod(0)
    refused(path, "not permitted to read it")


def test_a_refused_permission_is_one_line_for_anyone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    refused(write(tmp_path, "a.txt", GOOD), "not permitted to read it")


def test_a_link_to_itself(tmp_path: Path) -> None:
    path = tmp_path / "loop.txt"
    path.symlink_to(path)
    refused(path, "a symbolic link that leads back to itself")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe.txt"
    os.mkfifo(path)
    refused(path, "not a regular file")


def test_an_impossible_file_name() -> None:
    refused(Path("a\x00b.txt"), "cannot be read as a file name")


def test_a_name_too_long_for_the_disk(tmp_path: Path) -> None:
    refused(tmp_path / ("a" * 300), "cannot be read|no such file")


def test_a_table_with_a_broken_row_is_one_line(tmp_path: Path) -> None:
    refused(write(tmp_path, "a.csv", f'speaker,text\nT,"{SECRET}\n' + "x\n" * 30_000), "only one speaker|words")


def test_every_refusal_is_an_input_error() -> None:
    assert issubclass(TranscriptError, InputError)
