"""CSV and Excel files as a header and rows, each row with its number in the file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from attunement.errors import InputError, TranscriptError
from attunement.transcripts.files import decode, office_part, open_office_file

DELIMITERS = (",", ";", "\t", "|")
WORKBOOK = "xl/workbook.xml"
MAX_ROWS, MAX_COLUMNS = 1_000_000, 5_000

Cells = Sequence[object]


Numbered = list[tuple[int, Cells]]


@dataclass(frozen=True, slots=True)
class Table:
    """A header with its row number, the rows below that hold anything, and what to mind about how they were read."""

    header: tuple[str, ...]
    header_row: int
    rows: tuple[tuple[int, Cells], ...]
    warnings: tuple[str, ...] = ()


def read_table(data: bytes, name: str) -> Table:
    """The table in a file: the first row that holds anything is its header.

    Raises:
        InputError: when the bytes are neither text nor a workbook, or there is no row under a header.
    """
    rows, warnings = _workbook_rows(data, name) if _is_workbook(data, name) else _text_rows(data, name)
    filled = [(number, cells) for number, cells in rows if any(cell not in (None, "") for cell in cells)]
    if len(filled) < 2:
        raise InputError(f"{name}: a table needs a header and at least one row under it.")
    header_row, header = filled[0]
    names = tuple(" ".join(str(cell or "").split()) for cell in header)
    return Table(names, header_row, tuple(filled[1:]), tuple(warnings))


def _is_workbook(data: bytes, name: str) -> bool:
    try:
        part = office_part(data)
    except TranscriptError:
        part = ""
    if part is not None and part != WORKBOOK:
        raise InputError(f"{name}: not a table; save it as .csv or .xlsx.")
    return part is not None


def _text_rows(data: bytes, name: str) -> tuple[Numbered, list[str]]:
    try:
        text, warnings = decode(data)
    except TranscriptError:
        raise InputError(f"{name}: not a table of text; save it as .csv (UTF-8) or .xlsx.") from None
    text = text.lstrip("\ufeff")
    head = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=head.count))
    rows: Numbered = []
    before = 0
    try:
        for cells in reader:
            rows.append((before + 1, [cell.strip() for cell in cells]))
            before = reader.line_num
            _check_size(len(rows), len(cells), name)
    except csv.Error:
        raise InputError(f"{name}, row {reader.line_num}: not a row of a table; check the quotation marks.") from None
    return rows, warnings


def _workbook_rows(data: bytes, name: str) -> tuple[Numbered, list[str]]:
    """The rows of the first sheet that holds anything; that others do too is a warning."""
    try:
        file = open_office_file(data, WORKBOOK)
    except TranscriptError:
        raise InputError(f"{name}: the workbook is damaged, encrypted or too large; save it again as .xlsx.") from None
    try:
        sheets = [_sheet_rows(sheet, name) for sheet in _open(file)]
    except InputError:
        raise
    except Exception:  # the library raises whatever its parts do on a damaged file
        raise InputError(f"{name}: the workbook is damaged; save it again as .xlsx.") from None
    filled = [rows for rows in sheets if rows]
    more = f"Only the first sheet that holds anything was read; {len(filled) - 1} more do."
    return filled[0] if filled else [], [more] if len(filled) > 1 else []


def _open(file: io.BytesIO) -> Any:
    """The sheets; formulas count as their last value."""
    import openpyxl  # type: ignore[import-untyped]

    return openpyxl.load_workbook(file, read_only=True, data_only=True).worksheets


def _sheet_rows(sheet: Any, name: str) -> Numbered:
    cells = sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS + 1, values_only=True)
    rows = [(place, row) for place, row in enumerate(cells, start=1) if any(cell is not None for cell in row)]
    widths = (max(index for index, cell in enumerate(row, start=1) if cell is not None) for _, row in rows)
    if rows:
        _check_size(rows[-1][0], max(widths), name)
    return rows


def _check_size(rows: int, columns: int, name: str) -> None:
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        raise InputError(f"{name}: more than {MAX_ROWS:,} rows or {MAX_COLUMNS:,} columns; split it.")
