"""Rows of the audit record as CSV, a row at a time, however many there are."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from attunement.web.audit.models import Record

COLUMNS = ("at", "who", "action", "what", "case", "row", "chain")
# A spreadsheet would run a cell that begins with one of these.
RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """What the writer writes to: gives each line back."""

    def write(self, line: str) -> str:
        return line


def lines(rows: Iterable[Record]) -> Iterator[str]:
    """The head and a line for each row; `chain` is the keyed hash by which a change would show."""
    writer = csv.writer(_Line())
    yield writer.writerow(COLUMNS)
    for row in rows:
        values = (row.at.isoformat(), row.actor_name, row.action, row.what, row.client or "", row.pk, row.chain)
        yield writer.writerow([harmless(value) for value in values])


def harmless(value: Any) -> Any:
    """The value, with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(RUN_BY_SPREADSHEETS) else value
