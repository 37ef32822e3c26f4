"""A CSV file as people keep it: commas, semicolons or tabs, with quotes, blanks, and NA for what is missing."""

from __future__ import annotations

import csv
import warnings
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from attunement.errors import InputError
from attunement.measures.change.rows import is_missing

DELIMITERS = (",", ";", "\t")
ENCODINGS = ("utf-8-sig", "cp1252")


def read_table(path: Path) -> pd.DataFrame:
    """The file's columns, as numbers where every cell that is not empty is one, else as text.

    Cells such as 007 are text: leading zeros belong to a name. With semicolons, 7,5 is read as 7.5. A column with a
    few cells that are no numbers stays text; whoever needs numbers names the row.

    Raises:
        InputError: when the file cannot be read, is empty, or a row has more cells than the header.
    """
    text = _text(path)
    header = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=header.count)
    cells = _cells(path, delimiter, text)
    return pd.DataFrame({name: _typed(cells[name], decimal_comma=delimiter == ";") for name in cells.columns})


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file.") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({(error.strerror or 'unknown').lower()}).") from None
    if b"\0" in content:
        raise InputError(f"{path}: is not a CSV file; save the table as CSV.")
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(f"{path}: is in an unknown encoding; save it as UTF-8.")


def _cells(path: Path, delimiter: str, text: str) -> pd.DataFrame:
    header = next(csv.reader(StringIO(text), delimiter=delimiter), [])
    names = [name.strip() for name in header]
    if not any(names):
        raise InputError(f"{path}: has no header; the first line names the columns.")
    twice = {name for name in names if name and names.count(name) > 1}
    if twice:
        raise InputError(f"{path}: has two columns called {min(twice)}; give each its own name.")
    with warnings.catch_warnings():
        warnings.simplefilter("error", pd.errors.ParserWarning)
        try:
            return pd.read_csv(
                StringIO(text),
                sep=delimiter,
                header=0,
                names=names,
                index_col=False,
                dtype=str,
                keep_default_na=False,
                na_values=[""],
                skip_blank_lines=False,
                skipinitialspace=True,
            )
        except (pd.errors.ParserError, pd.errors.ParserWarning):
            raise InputError(f"{path}: {_first_uneven(text, delimiter, len(names))}") from None


def _first_uneven(text: str, delimiter: str, width: int) -> str:
    for number, cells in enumerate(csv.reader(StringIO(text), delimiter=delimiter), start=1):
        if len(cells) > width:
            return f"row {number} has {len(cells)} cells under {width} names; is a cell with {delimiter!r} in quotes?"
    return "is not a table; save it as CSV anew."


def _typed(values: pd.Series[Any], *, decimal_comma: bool) -> pd.Series[Any]:
    missing = is_missing(values)
    known = values[~missing].str.strip()
    if known.str.match(r"[+-]?0\d").any():
        return values
    if decimal_comma:
        known = known.str.replace(r"^([+-]?\d*),(\d+)$", r"\1.\2", regex=True)
    numbers = pd.to_numeric(known, errors="coerce")
    if numbers.isna().any() or known.empty:
        return values
    return pd.Series(np.nan, index=values.index, dtype=float).where(
        missing, numbers.reindex(values.index).astype(float)
    )
