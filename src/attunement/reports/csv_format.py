"""The reading as a CSV table, one row a turn, for spreadsheets and statistics programs."""

from __future__ import annotations

import csv
import io
from typing import Any

from attunement.codebook import CODES, EMPATHY_MECHANISMS
from attunement.episodes.model import SessionReading
from attunement.reports.json_format import turn_record

# A cell that begins so is run as a formula by spreadsheets; an apostrophe makes it text.
FORMULA_STARTS = ("=", "+", "-", "@", "\t")
COLUMNS = (
    *("session", "turn", "speaker", "name", "start_s", "end_s", "text", "decided", "experiencing"),
    *(f"empathy_{mechanism}" for mechanism in EMPATHY_MECHANISMS),
    *("therapist_behaviour", "client_talk", "episodes"),
    *(f"p_{code}" for code in CODES),
)


def to_csv(reading: SessionReading, *, header: bool = True) -> str:
    """Rows of `COLUMNS`; a cell is empty where it does not apply. Without `header`, to append to another table.

    `decided` and `episodes` (types of those the turn lies in) hold names parted by semicolons; `p_…` the probability
    of each code. Text that a spreadsheet would run as a formula is marked with an apostrophe.
    """
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n")
    if header:
        writer.writeheader()
    for row in turn_rows(reading):
        writer.writerow({key: _cell(value) for key, value in row.items()})
    return buffer.getvalue()


def turn_rows(reading: SessionReading) -> list[dict[str, Any]]:
    """One flat row a turn, with the keys of `COLUMNS` that apply to it."""
    return [_row(reading, index) for index in range(len(reading.session.turns))]


def _row(reading: SessionReading, index: int) -> dict[str, Any]:
    record = turn_record(reading.session.turns[index], reading.table)
    number = index + 1
    lanes = {"rupture": reading.ruptures, "repair": reading.repairs, "corrective": reading.correctives}
    inside = [name for name, spans in lanes.items() if any(span.start <= number <= span.end for span in spans)]
    row: dict[str, Any] = {"session": reading.session.id}
    row |= {key: record[key] for key in ("turn", "speaker", "name", "start_s", "end_s", "text")}
    row |= {"decided": ";".join(record["decided"]), "episodes": ";".join(inside)}
    row |= {f"p_{code}": probability for code, probability in record["codes"].items()}
    row |= {f"empathy_{name}": level for name, level in record.get("empathy", {}).items()}
    if "experiencing" in record:
        row["experiencing"] = record["experiencing"]
    return row | {name: label for name, label in record["mi"].items() if name != "probabilities"}


def _cell(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    # A lone carriage return would end the row, since the csv module does not quote it.
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
