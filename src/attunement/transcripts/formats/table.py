"""CSV, TSV and their like (`;`, `|`), with the delimiter found out."""

from __future__ import annotations

import csv
import io
import re
from typing import Literal

from attunement.errors import TranscriptError
from attunement.transcripts.files import MAX_FILE_BYTES
from attunement.transcripts.formats import grid
from attunement.transcripts.session import Session
from attunement.transcripts.utterance import Transcript

DELIMITERS = (",", "\t", ";", "|")
LINES_TO_RECOGNISE = 50


def recognises(text: str) -> bool:
    """True when the first rows, cut at one of the delimiters, are laid out as a transcript."""
    return _delimiter(text) is not None


def recognises_tabs(text: str) -> bool:
    """True where the delimiter is the tab."""
    return _delimiter(text) == "\t"


def parse(text: str) -> list[Transcript]:
    """One transcript for each session in the table."""
    return grid.read(_rows(text, _delimiter(text) or ","), "line")


def _delimiter(text: str) -> str | None:
    head = "\n".join(text[:200_000].splitlines()[:LINES_TO_RECOGNISE])
    if head.startswith(("{", "[")):
        return None
    return next((mark for mark in DELIMITERS if mark in head and _fits(head, mark)), None)


def _fits(head: str, delimiter: str) -> bool:
    try:
        return grid.is_transcript(_rows(head, delimiter))
    except TranscriptError:
        return False


def _rows(text: str, delimiter: str) -> list[grid.Row]:
    # The limit is the library's own and holds for the whole process; a turn may be longer than its default.
    csv.field_size_limit(MAX_FILE_BYTES)
    words_only = delimiter == "\t" and _quotes_are_words(text)
    quoting: Literal[0, 3] = csv.QUOTE_NONE if words_only else csv.QUOTE_MINIMAL
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)
    rows: list[grid.Row] = []
    before = 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((before + 1, [_unmarked(cell) for cell in cells]))
            before = reader.line_num
    except csv.Error:
        raise TranscriptError(f"line {reader.line_num}: not a row of a table; check the quotation marks.") from None
    return rows


def _quotes_are_words(text: str) -> bool:
    """In tab-separated text that was never quoted, a line can hold an odd number of quotation marks."""
    lines = [line for line in text.splitlines() if line]
    same_width = len({line.count("\t") for line in lines}) == 1
    return same_width and any(line.count('"') % 2 for line in lines)


# A cell that begins so is run as a formula by spreadsheets; an apostrophe before it makes it text.
FORMULA = re.compile(r"'*[=+@-]")


def _marked(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell


def _unmarked(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def write(session: Session) -> str:
    """CSV under the header of `grid.HEADER`."""
    return _written(session, ",")


def write_tabs(session: Session) -> str:
    """The same with tabs."""
    return _written(session, "\t")


def _written(session: Session, delimiter: str) -> str:
    rows = ([_marked(cell) for cell in row] for row in grid.write(session))
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return target.getvalue()
