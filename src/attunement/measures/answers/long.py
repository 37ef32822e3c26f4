"""Long tables: a row an answer (`client, date, session, instrument, item, value`)."""

from __future__ import annotations

from attunement.measures.answers.cells import is_missing, number, text_of
from attunement.measures.answers.columns import Roles, Unknown, find_part, find_target
from attunement.measures.answers.moment import Answer, Reading, Target
from attunement.measures.answers.rows import Rows, cell_at
from attunement.measures.answers.table import Table
from attunement.measures.answers.wide import NOT_A_NUMBER, Options
from attunement.measures.instruments.catalogue import find, unknown
from attunement.measures.instruments.model import Instrument


def read_long(table: Table, roles: Roles, options: Options) -> Reading:
    """Every row's value; a row without an item holds the total, and an empty value is no answer.

    Raises:
        InputError: when nothing says when the answers were given.
    """
    reading = Reading()
    for row, cells, moment in Rows(table, roles, reading, options.name, options.client):
        target = _target(
            text_of(cell_at(cells, roles.instrument)), text_of(cell_at(cells, roles.item)), options.instruments
        )
        cell = cell_at(cells, roles.value)
        value = number(cell)
        if isinstance(target, Unknown):
            reading.refuse(row, None, str(target))
        elif value is not None:
            reading.answers.append(Answer(moment, target, value, row, _column(table, roles)))
        elif not is_missing(cell):
            reading.refuse(row, _column(table, roles), NOT_A_NUMBER)
    return reading


def _target(instrument: str, item: str, known: tuple[Instrument, ...]) -> Target | Unknown:
    """`phq9` and `3`; or `phq9_3` in either column, or a check-in's item by itself."""
    if not instrument:
        return find_target(item, known) if item else Unknown("the row says no instrument")
    found = find(instrument, known)
    if found is None:
        target = find_target(f"{instrument} {item}".strip(), known)
        return Unknown(unknown(instrument, known)) if isinstance(target, Unknown) else target
    part = find_part(found, item)
    whole = find_target(item, known) if isinstance(part, Unknown) else part
    return part if isinstance(whole, Unknown) or whole.instrument.name != found.name else whole


def _column(table: Table, roles: Roles) -> str | None:
    return None if roles.value is None else table.header[roles.value]
