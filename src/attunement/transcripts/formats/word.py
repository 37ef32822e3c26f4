"""Word documents (.docx): paragraphs as in plain text, or a table."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from attunement.errors import TranscriptError
from attunement.transcripts.files import open_office_file
from attunement.transcripts.formats import grid, plain
from attunement.transcripts.session import Session
from attunement.transcripts.utterance import Transcript

PART = "word/document.xml"
# Elements of lxml, which python-docx hands out untyped.
Element = Any
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What stands for itself; text is in `t`.
PIECES = {f"{W}t": "", f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


def parse(data: bytes) -> list[Transcript]:
    """The tables that are laid out as a transcript; without such, all paragraphs, also those inside other tables."""
    file = open_office_file(data, PART)
    import docx

    try:
        body = docx.Document(file).element.body
        tables: list[list[grid.Row]] = [list(enumerate(_rows(table), start=1)) for table in body.iter(f"{W}tbl")]
        paragraphs = [(_text(each), _is_inside(each, f"{W}tbl")) for each in body.iter(f"{W}p")]
    except Exception as error:  # the library raises whatever its parts do on a damaged file
        raise TranscriptError(f"the document is damaged ({type(error).__name__}); save it again from Word.") from None
    fitting = [rows for rows in tables if grid.is_transcript(rows)]
    if fitting:
        return _from_tables(fitting, any(text.strip() and not in_table for text, in_table in paragraphs))
    return _from_paragraphs([text for text, _ in paragraphs])


def _rows(table: Element) -> Iterator[list[str]]:
    for row in table.iter(f"{W}tr"):
        yield ["\n".join(_text(paragraph) for paragraph in cell.iter(f"{W}p")) for cell in row.iter(f"{W}tc")]


def _text(paragraph: Element) -> str:
    """All words, also those in tracked insertions and content controls, which `Paragraph.text` passes over."""
    shown = (piece for piece in paragraph.iter(*PIECES) if _is_shown(piece, paragraph))
    return "".join(PIECES[str(piece.tag)] or piece.text or "" for piece in shown)


def _is_shown(piece: Element, paragraph: Element) -> bool:
    # Moved text stands twice, and so do text boxes, once for old programs; a text box has paragraphs of its own.
    in_run = piece.getparent().tag == f"{W}r"
    own = next(piece.iterancestors(f"{W}p")) is paragraph
    return in_run and own and not _is_inside(piece, f"{W}moveFrom", FALLBACK)


def _is_inside(element: Element, *tags: str) -> bool:
    return next(element.iterancestors(*tags), None) is not None


def _from_tables(tables: Sequence[Sequence[grid.Row]], words_outside: bool) -> list[Transcript]:
    found: dict[str | None, Transcript] = {}
    for rows in tables:
        for transcript in grid.read(rows, "row"):
            if transcript.id in found:
                found[transcript.id].utterances += transcript.utterances
            else:
                found[transcript.id] = transcript
    transcripts = list(found.values())
    if words_outside:
        transcripts[0].warnings.append("Only the table was read, not what stands around it.")
    return transcripts


def _from_paragraphs(paragraphs: list[str]) -> list[Transcript]:
    # Line breaks inside a paragraph stay lines; numbers then count lines of the document's text.
    text = "\n".join(paragraphs)
    if not text.strip():
        raise TranscriptError("the document holds no text.")
    if not plain.recognises(text):
        raise TranscriptError(
            "no speakers found in the document; begin each turn with a name and a colon ('Therapist: …'), "
            "or use a table with the columns 'speaker' and 'text'."
        )
    return plain.parse(text)


def write(session: Session) -> bytes:
    """One paragraph a turn, as in plain text."""
    import docx

    document = docx.Document()
    for line in plain.lines(session):
        document.add_paragraph(line)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()
