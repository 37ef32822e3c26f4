"""Wide tables: a row a session, a column an item or score (`date, session, phq9, understood, safe, …`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from attunement.errors import InputError
from attunement.measures.answers.cells import is_missing, number
from attunement.measures.answers.columns import Roles, Unknown, find_target
from attunement.measures.answers.moment import Answer, Reading, Target
from attunement.measures.answers.rows import Rows, SessionOf, cell_at
from attunement.measures.answers.table import Table
from attunement.measures.instruments.model import Instrument

NOT_A_NUMBER = "not a number"


@dataclass(frozen=True, slots=True)
class Options:
    """What a reader of tables is told: the instruments it knows, the file's name, whose answers to read."""

    instruments: tuple[Instrument, ...]
    name: str
    client: str | None = None


def read_wide(
    table: Table,
    roles: Roles,
    options: Options,
    *,
    is_bookkeeping: Callable[[str], bool] = lambda name: False,
    other_session: SessionOf | None = None,
) -> Reading:
    """Every cell under a known column; columns that `is_bookkeeping` names are passed over without a word.

    Raises:
        InputError: when no column is a known instrument, item or score, or nothing says when the answers were given.
    """
    reading = Reading()
    rows = Rows(table, roles, reading, options.name, options.client, other_session)
    targets = _targets(table, roles, options, reading, is_bookkeeping)
    for row, cells, moment in rows:
        for place, target in targets.items():
            cell = cell_at(cells, place)
            value = number(cell)
            if value is not None:
                reading.answers.append(Answer(moment, target, value, row, table.header[place], sheet=row))
            elif not is_missing(cell):
                reading.refuse(row, table.header[place], NOT_A_NUMBER)
    return reading


def _targets(
    table: Table, roles: Roles, options: Options, reading: Reading, is_bookkeeping: Callable[[str], bool]
) -> dict[int, Target]:
    found: dict[int, Target] = {}
    for place, name in enumerate(table.header):
        if place in roles.taken or is_bookkeeping(name) or not name:
            continue
        target = find_target(name, options.instruments)
        if isinstance(target, Unknown):
            reading.refuse(table.header_row, name, str(target))
        elif target in found.values():
            reading.refuse(table.header_row, name, f"a second column for {target.name}; the first one is read")
        else:
            found[place] = target
    if not found:
        known = ", ".join(instrument.name for instrument in options.instruments)
        raise InputError(f"{options.name}: no column is a known instrument; name columns after one of: {known}.")
    return found
