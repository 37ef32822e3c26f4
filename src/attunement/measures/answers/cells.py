"""Single cells of a table: numbers, session numbers, and what counts as no answer."""

from __future__ import annotations

import math
import re
from datetime import date

MISSING = frozenset(("", "na", "n/a", "nan", "null", "none", "nil", "-", "--", ".", "missing", "k.a.", "#n/a"))
SESSION = re.compile(r"[^\W\d]{0,20}[\s_#.:-]{0,3}0*(\d{1,4})(?:\.0+)?")
NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,15})?")


def text_of(cell: object) -> str:
    """A cell's content as text without blanks around it; a whole number without its decimal point."""
    if cell is None or isinstance(cell, bool):
        return "" if cell is None else str(cell)
    if isinstance(cell, float) and math.isfinite(cell) and cell == int(cell):
        return str(int(cell))
    if isinstance(cell, date):
        return cell.isoformat()
    return " ".join(str(cell).split())


def is_missing(cell: object) -> bool:
    """True for an empty cell and for what people write instead: NA, n/a, -, …"""
    return text_of(cell).casefold() in MISSING


def number(cell: object) -> float | None:
    """The number in a cell, with a decimal point or comma; None when it holds none."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        try:
            return float(cell) if math.isfinite(cell) else None
        except OverflowError:
            return None
    text = cell.strip() if isinstance(cell, str) else text_of(cell)
    return float(text.replace(",", ".")) if NUMBER.fullmatch(text) and text.isascii() else None


def session_number(cell: object) -> int | None:
    """The session in `3`, `3.0`, `S3`, `session 3`; None when the cell names none."""
    found = SESSION.fullmatch(text_of(cell))
    return int(found[1]) if found and found[1].isascii() else None
