"""Reading a table of scores: one row a client, one column a session."""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attunement.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "."})


def read_scores(path: Path | str, *, id_name: str, names: Sequence[str]) -> pd.DataFrame:
    """The clients of a CSV file in the order of their ids, with the named columns as numbers and missing scores NaN.

    Columns may be separated by commas, semicolons or tabs. Empty cells and NA are missing; ids are numbers when all of
    them are. Further columns are kept: as numbers where all their cells are, else as they stand.

    Raises:
        InputError: when the file cannot be read, a column is missing or there twice, a score is no number, or an id is
            missing or there twice; with the row, counted as a spreadsheet counts it.
    """
    import pandas as pd

    path = Path(path)
    header, rows = _table(path)
    _check_header(path, header, [id_name, *names])
    columns: dict[str, Any] = {}
    for name, cells in zip(header, zip(*(cells for _, cells in rows), strict=True), strict=True):
        columns[name] = list(cells)
    lines = [line for line, _ in rows]
    _check_ids(path, lines, columns[id_name], id_name)
    for name in names:
        columns[name] = [_score(path, line, name, cell) for line, cell in zip(lines, columns[name], strict=True)]
    for name in set(header) - set(names):
        columns[name] = _numbers_or_text(columns[name])
    return pd.DataFrame(columns).sort_values(id_name, kind="stable", ignore_index=True)


def _table(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The header, and each row with its number; rows without anything in them are passed over."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path}: is not UTF-8 text; save it as CSV UTF-8.") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({(error.strerror or 'unknown').lower()}).") from None
    rows = [(line, cells) for line, cells in _rows(path, text) if any(cells)]
    if len(rows) < 2:
        raise InputError(f"{path}: holds no row of scores under a header.")
    (_, header), *rest = rows
    for line, cells in rest:
        if len(cells) != len(header):
            raise InputError(f"{path}: row {line} has {len(cells)} cells, the header {len(header)}.")
    return header, rest


def _rows(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        for line, cells in enumerate(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True), start=1):
            yield line, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise InputError(f"{path}: is not a CSV table ({error}).") from None


def _check_header(path: Path, header: Sequence[str], wanted: Sequence[str]) -> None:
    counted = Counter(header)
    for name in wanted:
        if not counted[name]:
            raise InputError(f"{path}: has no column {name!r}; its columns are {', '.join(header)}.")
    twice = [name for name, count in counted.items() if count > 1]
    if twice:
        raise InputError(f"{path}: has the column {twice[0]!r} more than once.")


def _check_ids(path: Path, lines: Sequence[int], ids: Sequence[str], id_name: str) -> None:
    seen: dict[str, int] = {}
    for line, client in zip(lines, ids, strict=True):
        if client.casefold() in MISSING:
            raise InputError(f"{path}: row {line} has no {id_name!r}.")
        if client in seen:
            raise InputError(f"{path}: row {line} has the same {id_name!r} as row {seen[client]}; one row a client.")
        seen[client] = line


def _score(path: Path, line: int, name: str, cell: str) -> float:
    score = _number(cell)
    if score is None:
        raise InputError(f"{path}: row {line}, column {name!r} is not a number; leave unknown scores empty.")
    return score


def _numbers_or_text(cells: Sequence[str]) -> list[Any]:
    numbers = [_number(cell) for cell in cells]
    if None in numbers:
        return [None if cell.casefold() in MISSING else cell for cell in cells]
    if all(number.is_integer() for number in numbers if number is not None):
        return [int(number) for number in numbers if number is not None]
    return numbers


def _number(cell: str) -> float | None:
    """NaN for a missing cell, None for one that is not a number."""
    if cell.casefold() in MISSING:
        return math.nan
    try:
        number = float(cell)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
