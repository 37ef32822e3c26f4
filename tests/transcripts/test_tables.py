"""CSV, TSV, Excel and tables in Word documents."""

from __future__ import annotations

import datetime
import io
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from transcript_strategies import spoken, write

from attunement.errors import TranscriptError
from attunement.transcripts import load, load_all
from attunement.transcripts.formats import excel

EXPECTED = [("therapist", "How are you, then?"), ("client", "I don't know.")]
HEADERS = [
    "speaker,text",
    "Interlocutor,Utterance_Text",
    "role,content",
    "Who,What was said,Text",
    "Speaker Name,Transcript",
    "participant,utterance",
]


@pytest.mark.parametrize("header", HEADERS)
def test_common_column_names_are_known(header: str, tmp_path: Path) -> None:
    middle = ",x" if header.count(",") == 2 else ""
    text = f'{header}\nTherapist{middle},"How are you, then?"\nClient{middle},I don\'t know.\n'
    session = load(write(tmp_path, "a.csv", text))
    assert spoken(session) == EXPECTED
    assert session.format == "CSV"


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_found_out(delimiter: str, tmp_path: Path) -> None:
    rows = [["speaker", "text"], ["T", '"How are you, then?"'], ["C", "I don't know."]]
    text = "\n".join(delimiter.join(row) for row in rows)
    assert spoken(load(write(tmp_path, "a.data", text))) == EXPECTED


def test_quotation_marks_in_tab_separated_speech_are_words(tmp_path: Path) -> None:
    text = 'speaker\ttext\nT\tHe said "no\nC\t"Yes" I said\n'
    assert spoken(load(write(tmp_path, "a.tsv", text))) == [("therapist", 'He said "no'), ("client", '"Yes" I said')]


def test_times_are_read_in_seconds_milliseconds_and_clocks(tmp_path: Path) -> None:
    clocks = "speaker,text,start,end\nT,Hello,00:00:01.5,0:02\nC,Hi,3,4.25\n"
    milliseconds = "speaker,text,start_ms,end_ms\nT,Hello,1500,2000\nC,Hi,3000,4250\n"
    for text in (clocks, milliseconds):
        turns = load(write(tmp_path, "a.csv", text)).turns
        assert [(turn.start_s, turn.end_s) for turn in turns] == [(1.5, 2.0), (3.0, 4.25)]


def test_a_session_column_makes_several_sessions(tmp_path: Path) -> None:
    text = (
        "transcript_id,interlocutor,timestamp,utterance_text\n0,therapist,00:00:13,Hello.\n0,client,00:00:24,Hi.\n"
        "1,client,00:00:01,Well.\n1,therapist,00:00:02,Well?\n0,therapist,00:01:00,Go on.\n"
    )
    path = write(tmp_path, "annomi.csv", text)
    first, second = load_all(path)
    assert (first.id, len(first.turns), second.id, len(second.turns)) == ("0", 3, "1", 2)
    assert first.turns[0].start_s == 13.0
    with pytest.raises(TranscriptError, match="holds 2 sessions; read them with load_all"):
        load(path)


def test_one_bad_session_does_not_keep_the_others_from_being_read(tmp_path: Path) -> None:
    text = "session,speaker,text\na,T,Hello.\nb,T,Hello.\nb,C,Hi.\n"
    (session,) = load_all(write(tmp_path, "a.csv", text))
    assert session.id == "b"
    assert session.warnings[0].startswith("1 of 2 sessions were not read (a: only one speaker is marked")


def test_what_is_said_of_the_file_is_kept_though_its_first_session_is_not(tmp_path: Path) -> None:
    text = "session,speaker,text\na,T,Café.\nb,T,Hello.\nb,C,Hi.\n"
    (session,) = load_all(write(tmp_path, "a.csv", text.encode("cp1252")))
    assert any("Windows-1252" in warning for warning in session.warnings)


def test_an_utterance_that_stands_twice_for_two_annotators_is_read_once(tmp_path: Path) -> None:
    text = "speaker,utterance_id,text,annotator\nT,0,Hello.,1\nT,0,Hello.,2\nC,1,Hi.,1\nC,1,Hi.,2\n"
    session = load(write(tmp_path, "a.csv", text))
    assert spoken(session) == [("therapist", "Hello."), ("client", "Hi.")]
    assert "Read once although they stand twice: lines 3, 5." in session.warnings


def test_rows_without_words_are_said_with_their_lines(tmp_path: Path) -> None:
    session = load(write(tmp_path, "a.csv", "speaker,text\nT,Hello.\nC,\nT,  \nC,Hi.\n"))
    assert "Without words, so left out: lines 3–4." in session.warnings


def test_a_column_a_speaker_is_read_row_by_row(tmp_path: Path) -> None:
    text = 'Therapist,Client\n"How are you, then?",\n,I don\'t know.\n'
    assert spoken(load(write(tmp_path, "a.csv", text))) == EXPECTED


def test_a_table_without_header_is_read_where_a_column_names_roles(tmp_path: Path) -> None:
    text = '1,T:,"How are you, then?"\n2,C:,I don\'t know.\n'
    assert spoken(load(write(tmp_path, "a.csv", text))) == EXPECTED


def test_one_name_with_two_roles_is_two_people(tmp_path: Path) -> None:
    text = "speaker,role,text\nP12,therapist,Hello.\nP12,client,Hi.\n"
    assert spoken(load(write(tmp_path, "a.csv", text))) == [("therapist", "Hello."), ("client", "Hi.")]


def test_unknown_columns_are_refused_without_quoting_them(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match="which column holds the speaker") as error:
        load(write(tmp_path, "a.csv", "my secret,other secret\na,b\n"))
    assert "secret" not in str(error.value)


def test_words_that_spreadsheets_would_run_are_marked_and_unmarked(tmp_path: Path) -> None:
    from attunement.transcripts import Roles, Session, Turn, save

    turns = (Turn(1, "therapist", "=cmd()"), Turn(2, "client", "-and I left"))
    save(Session("a", turns, Roles("Therapist", "Client", "labelled")), tmp_path / "a.csv")
    assert ",'=cmd()" in (tmp_path / "a.csv").read_text(encoding="utf-8")
    assert spoken(load(tmp_path / "a.csv")) == [("therapist", "=cmd()"), ("client", "-and I left")]


def workbook(*sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_excel_takes_the_sheet_that_is_a_transcript(tmp_path: Path) -> None:
    cover = [["Session 3"], ["for supervision"]]
    talk = [
        ["Speaker", "Text", "Start"],
        ["T", "How are you, then?", datetime.time(0, 0, 5)],
        ["C", "I don't know.", 7],
    ]
    session = load(write(tmp_path, "a.bin", workbook(cover, talk)))
    assert session.format == "Excel"
    assert spoken(session) == EXPECTED
    assert [turn.start_s for turn in session.turns] == [5.0, 7.0]


def test_an_empty_workbook_says_so(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match="the workbook is empty"):
        load(write(tmp_path, "a.xlsx", workbook([])))


def test_rows_beyond_the_limit_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "MAX_ROWS", 3)
    data = workbook([["speaker", "text"], ["T", "Hello."], ["C", "Hi."], ["T", "Well."]])
    session = load(write(tmp_path, "a.xlsx", data))
    assert spoken(session) == [("therapist", "Hello."), ("client", "Hi.")]
    assert "Rows beyond 3 were left out." in session.warnings


def document(paragraphs: list[str], table: list[list[str]] | None = None) -> bytes:
    made = docx.Document()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    if table:
        grid = made.add_table(rows=0, cols=len(table[0]))
        for row in table:
            for cell, text in zip(grid.add_row().cells, row, strict=True):
                cell.text = text
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def test_word_paragraphs_are_read_as_plain_text(tmp_path: Path) -> None:
    data = document(["Session 3", "", "Anna Bell   0:03\nHow are you, then?", "Sam Field   0:07\nI don't know."])
    session = load(write(tmp_path, "teams.docx", data))
    assert session.format == "Word"
    assert [(turn.name, turn.start_s) for turn in session.turns] == [("Anna Bell", 3.0), ("Sam Field", 7.0)]
    assert "What stands before the first speaker was left out (line 1)." in session.warnings


def test_a_word_table_is_read(tmp_path: Path) -> None:
    table = [["Nr", "Speaker", "Text"], ["1", "T", "How are you, then?"], ["2", "C", "I don't know."]]
    assert spoken(load(write(tmp_path, "a.docx", document(["Transcript"], table)))) == EXPECTED


def test_tables_that_go_on_on_the_next_page_are_one(tmp_path: Path) -> None:
    made = docx.Document(io.BytesIO(document(["Transcript"], [["T", "Hello."], ["C", "Hi."]])))
    second = made.add_table(rows=0, cols=2)
    for row in (["T", "Well."], ["C", "Yes."]):
        for cell, text in zip(second.add_row().cells, row, strict=True):
            cell.text = text
    target = io.BytesIO()
    made.save(target)
    session = load(write(tmp_path, "a.docx", target.getvalue()))
    assert [turn.text for turn in session.turns] == ["Hello.", "Hi.", "Well.", "Yes."]
    assert "Only the table was read, not what stands around it." in session.warnings


def test_tracked_insertions_are_words_and_tab_stops_are_not(tmp_path: Path) -> None:
    made = docx.Document()
    first, second = made.add_paragraph("T: Hello "), made.add_paragraph("C: Hi.")
    first.paragraph_format.tab_stops.add_tab_stop(docx.shared.Cm(2))
    inserted = parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>there</w:t></w:r></w:ins>")
    first._p.append(inserted)
    second._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>no</w:delText></w:r></w:del>"))
    target = io.BytesIO()
    made.save(target)
    session = load(write(tmp_path, "a.docx", target.getvalue()))
    assert spoken(session) == [("therapist", "Hello there"), ("client", "Hi.")]


def test_a_word_document_without_speakers_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match="no speakers found in the document"):
        load(write(tmp_path, "a.docx", document(["A letter to a colleague."])))
    with pytest.raises(TranscriptError, match="the document holds no text"):
        load(write(tmp_path, "b.docx", document([])))
