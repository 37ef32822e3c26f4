"""Excel workbooks (.xlsx): the first sheet that is laid out as a transcript."""

from __future__ import annotations

import io

from attunement.errors import InputError, TranscriptError
from attunement.transcripts.files import open_office_file
from attunement.transcripts.formats import grid
from attunement.transcripts.session import Session
from attunement.transcripts.utterance import Transcript

PART = "xl/workbook.xml"
# A sheet can claim a billion empty cells in a few bytes.
MAX_ROWS, MAX_COLUMNS = 200_000, 200
MAX_CELL_LETTERS = 32_767


def parse(data: bytes) -> list[Transcript]:
    """One transcript for each session in the sheet; formulas count as their last value."""
    file = open_office_file(data, PART)
    import openpyxl  # type: ignore[import-untyped]

    try:
        workbook = openpyxl.load_workbook(file, read_only=True, data_only=True)
        sheets = [_rows(sheet) for sheet in workbook.worksheets]
    except Exception as error:  # the library raises whatever its parts do on a damaged file
        raise TranscriptError(f"the workbook is damaged ({type(error).__name__}); save it again from Excel.") from None
    filled = [rows for rows in sheets if rows]
    if not filled:
        raise TranscriptError("the workbook is empty.")
    rows = next((rows for rows in filled if grid.is_transcript(rows)), filled[0])
    transcripts = grid.read([row for row in rows if row[0] <= MAX_ROWS], "row")
    if rows[-1][0] > MAX_ROWS:
        transcripts[0].warnings.append(f"Rows beyond {MAX_ROWS:,} were left out.")
    return transcripts


def _rows(sheet: object) -> list[grid.Row]:
    # One row more than is read, to know whether there are more.
    cells = sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS, values_only=True)  # type: ignore[attr-defined]
    return [(place, row) for place, row in enumerate(cells, start=1) if any(cell not in (None, "") for cell in row)]


def write(session: Session) -> bytes:
    """One sheet under the header of `grid.HEADER`.

    Raises:
        InputError: when a turn is longer than a cell may be, which Excel would cut.
    """
    rows = grid.write(session)
    for row in rows:
        if any(isinstance(value, str) and len(value) > MAX_CELL_LETTERS for value in row):
            raise InputError(f"turn {row[1]} is longer than an Excel cell may be; write .csv instead.")
    import openpyxl
    from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]

    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("transcript")
    for row in rows:
        cells = [WriteOnlyCell(sheet, value) for value in row]
        for cell in cells:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # words that begin with '=' are no formula
        sheet.append(cells)
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()
