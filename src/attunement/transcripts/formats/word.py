"""Word documents (.docx): paragraphs as in plain text, or a table."""

from __future__ import annotations

import io
from collections.abc import Iterator

from attunement.errors import TranscriptError
from attunement.transcripts.files import open_office_file
from attunement.transcripts.formats import grid, plain
from attunement.transcripts.session import Session
from attunement.transcripts.utterance import Transcript

PART = "word/document.xml"


def parse(data: bytes) -> list[Transcript]:
    """The largest table that is laid out as a transcript; else the paragraphs, with numbers counting them."""
    file = open_office_file(data, PART)
    import docx

    try:
        document = docx.Document(file)
        tables = [[(place, cells) for place, cells in enumerate(_cells(table), start=1)] for table in document.tables]
        paragraphs = [paragraph.text for paragraph in document.paragraphs]
    except Exception as error:  # the library raises whatever its parts do on a damaged file
        raise TranscriptError(f"the document is damaged ({type(error).__name__}); save it again from Word.") from None
    fitting = [rows for rows in tables if grid.is_transcript(rows)]
    if fitting:
        return grid.read(max(fitting, key=len), "row")
    return _from_paragraphs(paragraphs)


def _cells(table: object) -> Iterator[list[str]]:
    for row in table.rows:  # type: ignore[attr-defined]
        yield [cell.text for cell in row.cells]


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
