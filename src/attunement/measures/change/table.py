"""A CSV file as people keep it: commas, semicolons or tabs, with quotes, blanks, and NA for what is missing."""

from __future__ import annotations

import csv
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
    from io import StringIO

    header = next(csv.reader(StringIO(text), delimiter=delimiter), [])
    names = [name.strip() for name in header]
    if not any(names):
        raise InputError(f"{path}: has no header; the first line names the columns.")
    twice = {name for name in names if name and names.count(name) > 1}
    if twice:
        raise InputError(f"{path}: has two columns called {min(twice)}; give each its own name.")
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
            on_bad_lines="error",
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError) as error:
        raise InputError(f"{path}: is not a table ({_reason(error)}).") from None


def _reason(error: Exception) -> str:
    # pandas says which line and how many fields; it quotes no cell.
    text = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return text.removeprefix("Error tokenizing data. C error: ").rstrip(".").lower()


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
