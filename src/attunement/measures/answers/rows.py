"""Whose row it is, and of which session or date: what long, wide and REDCap tables have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from attunement.errors import InputError
from attunement.measures.answers.cells import is_missing, session_number, text_of
from attunement.measures.answers.columns import Roles
from attunement.measures.answers.dates import DateReader
from attunement.measures.answers.moment import Moment, Reading
from attunement.measures.answers.table import Cells, Table

NO_TIME = "neither a session number nor a date; without one of them a score has no place in the course"

# From a row, the session where its column does not say it.
SessionOf = Callable[[Cells], int | None]


def cell_at(cells: Cells, place: int | None) -> object:
    """The cell in a column; None where the row is shorter or there is no such column."""
    return cells[place] if place is not None and place < len(cells) else None


@dataclass
class Rows:
    """Goes through a table's rows, refusing those that have no client or no time."""

    table: Table
    roles: Roles
    reading: Reading
    name: str
    client: str | None = None
    other_session: SessionOf | None = None
    dates: DateReader = field(init=False)
    clients: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        if self.roles.session is None and self.roles.date is None and self.other_session is None:
            raise InputError(f"{self.name}: has neither a column 'session' nor a column 'date'; add one of them.")
        self.dates = DateReader.of(cell_at(cells, self.roles.date) for _, cells in self.table.rows)

    def __iter__(self) -> Iterator[tuple[int, Cells, Moment]]:
        for row, cells in self.table.rows:
            if any(not is_missing(cell) for cell in cells[len(self.table.header) :]):
                self.reading.refuse(row, None, "more cells than the header has; check commas and quotation marks")
                continue
            client, is_theirs = self._client(row, cells)
            moment = self._moment(row, cells, client) if is_theirs else None
            if moment is not None:
                yield row, cells, moment
        if self.client is not None and self.roles.client is not None and self.client not in self.clients:
            raise InputError(f"{self.name}: no row of client '{self.client}'; it holds {len(self.clients)} clients.")

    def _client(self, row: int, cells: Cells) -> tuple[str | None, bool]:
        """Whose row it is, and whether it is to be read."""
        if self.roles.client is None:
            return self.client, True
        client = text_of(cell_at(cells, self.roles.client))
        if not client:
            self.reading.refuse(row, self.table.header[self.roles.client], "the row says no client")
            return None, False
        self.clients.add(client)
        return client, self.client in (None, client)

    def _moment(self, row: int, cells: Cells, client: str | None) -> Moment | None:
        session_cell, date_cell = cell_at(cells, self.roles.session), cell_at(cells, self.roles.date)
        session = session_number(session_cell)
        if session is None and not is_missing(session_cell):
            self._refuse(row, self.roles.session, "not a session number; write 1, 2, 3, …")
            return None
        if session is None and self.other_session is not None:
            session = self.other_session(cells)
        found = None if is_missing(date_cell) else self.dates.read(date_cell)
        if isinstance(found, str):
            self._refuse(row, self.roles.date, found if session is None else f"{found}; the row counts by its session")
            return None if session is None else Moment(client, session, None)
        if session is None and found is None:
            self.reading.refuse(row, None, NO_TIME)
            return None
        return Moment(client, session, found)

    def _refuse(self, row: int, place: int | None, reason: str) -> None:
        self.reading.refuse(row, None if place is None else self.table.header[place], reason)
