"""Files as text and as rows of text, with a plain word when that cannot be."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from attunement.errors import TranscriptError

LARGEST_BYTES = 100_000_000
SEPARATORS = (",", ";", "\t")

Row = dict[str, str]


def read_text(path: Path) -> str:
    """The file's text (UTF-8).

    Raises:
        TranscriptError: when the file is missing, too large, binary, or in another encoding.
    """
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise TranscriptError(f"{path.name}: larger than 100 MB; split it into several files.")
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TranscriptError(f"{path.name}: not UTF-8 text; save it again as UTF-8.") from None
    except OSError as error:
        raise TranscriptError(f"{path.name}: cannot be read ({error.strerror}).") from None
    if "\0" in text:
        raise TranscriptError(f"{path.name}: a binary file, not a coded set; see docs/evaluate.md for the formats.")
    return text


def columns_of(text: str) -> tuple[str, ...]:
    """The names in the first line, read as the head of a table: lower case, without blanks around them."""
    head = text.lstrip().split("\n", 1)[0]
    return tuple(name.strip(" \"'\r").lower() for name in head.split(_separator(head)))


def read_rows(text: str, *, name: str) -> list[Row]:
    """A table's rows, each a cell of text by column; columns are named as in `columns_of`.

    Raises:
        TranscriptError: when a row has not as many cells as the head, or a quotation mark is left open.
    """
    columns = columns_of(text)
    lines = csv.reader(io.StringIO(text.lstrip(), newline=""), delimiter=_separator(text.lstrip()), strict=True)
    rows: list[Row] = []
    try:
        next(lines, None)
        for cells in lines:
            if not any(cells):
                continue
            if len(cells) != len(columns):
                raise TranscriptError(
                    f"{name}, line {lines.line_num}: {len(cells)} cells where the head has {len(columns)}."
                )
            rows.append(dict(zip(columns, cells, strict=True)))
    except csv.Error as error:
        raise TranscriptError(f"{name}, line {lines.line_num}: not a well-formed table ({error}).") from None
    if not rows:
        raise TranscriptError(f"{name}: a head without rows.")
    return rows


def shown(cell: str) -> str:
    """A cell as it may stand in a message: one line, not long."""
    return " ".join(cell.split())[:40]


def whole_number(cell: str) -> int | None:
    """The number in a cell, None when there is none (or an absurdly long one)."""
    digits = cell.strip()
    return int(digits) if digits.isdecimal() and len(digits) < 10 else None


def _separator(text: str) -> str:
    head = text.split("\n", 1)[0]
    return max(SEPARATORS, key=head.count)
