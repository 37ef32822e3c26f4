"""A case as CSV for R and other statistics programs: `NA` where nothing is known, ISO dates, names in snake case.

`sessions_csv` has one row a session, `values_csv` one row a value (session, measure, value and its bounds).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from attunement.case.findings import CaseFindings
from attunement.reports.case.rows import session_columns, session_rows, value_rows
from attunement.reports.csv_format import FORMULA_STARTS

MISSING = "NA"
VALUE_COLUMNS = (
    *("client", "session", "date", "measure", "kind", "value", "low", "high"),
    *("range_low", "range_high", "higher_is_better"),
)


def sessions_csv(findings: CaseFindings) -> str:
    """One row a session: number, date, every measure, what was read with its bounds, what was marked.

    Marks are counts or, where a session may have several kinds, names parted by semicolons. A count is `NA` where
    there is no transcript, or too few ratings, to count from. Text that a spreadsheet would run as a formula is marked
    with an apostrophe.
    """
    return _table(session_columns(findings), session_rows(findings))


def values_csv(findings: CaseFindings) -> str:
    """The long format: one row for each value of each measure."""
    return _table(VALUE_COLUMNS, value_rows(findings))


def _table(columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> str:
    buffer = io.StringIO()
    names = list(columns)
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_cell(row.get(name)) for name in names] for row in rows)
    return buffer.getvalue()


def _cell(value: Any) -> Any:
    if value is None:
        return MISSING
    if isinstance(value, bool):
        return str(value).upper()  # as R writes it
    if not isinstance(value, str):
        return value
    text = " ".join(value.split())
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
