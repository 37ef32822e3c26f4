"""REDCap exports (raw data, a row a record and event): wide tables with REDCap's own columns."""

from __future__ import annotations

import re
from dataclasses import replace

from attunement.measures.answers.cells import session_number, text_of
from attunement.measures.answers.columns import Roles
from attunement.measures.answers.moment import Reading
from attunement.measures.answers.rows import cell_at
from attunement.measures.answers.table import Cells, Table
from attunement.measures.answers.wide import Options, read_wide

EVENT, INSTANCE, RECORD = "redcap_event_name", "redcap_repeat_instance", "record_id"
MARKS = frozenset((EVENT, INSTANCE, "redcap_repeat_instrument"))
BOOKKEEPING = re.compile(r"redcap_\w+|\w+_complete|\w+_timestamp")
# A week or a month is no session, so only these words before a number make an event a session.
EVENT_SESSION = re.compile(r"(?:session|visit|appointment|contact|sitzung|termin)_?0*(\d{1,4})(?!\d)")
DATES = re.compile(r"\w+_timestamp|\w+_date|date_\w+|\w+_datum")
NOT_DATES = re.compile(r"birth|dob|geb")


def is_redcap(header: tuple[str, ...]) -> bool:
    """True when the header has a column that only REDCap writes."""
    return bool(MARKS & {name.casefold() for name in header})


def read_redcap(table: Table, roles: Roles, options: Options) -> Reading:
    """The export as a wide table.

    The session is a column of that name, else the number in an event such as `session_3_arm_1`, else the number of the
    repeated instance. The date is a column of that name, else the first that ends in `_date` or `_timestamp`.

    Raises:
        InputError: as for wide tables.
    """
    names = [name.casefold() for name in table.header]
    places = {name: place for place, name in reversed(list(enumerate(names)))}
    roles = replace(roles, client=places.get(RECORD, roles.client))
    if roles.date is None:
        roles = replace(roles, date=next((place for place, name in enumerate(names) if _is_date(name)), None))

    def other_session(cells: Cells) -> int | None:
        event = EVENT_SESSION.search(text_of(cell_at(cells, places.get(EVENT))).casefold())
        return int(event[1]) if event else session_number(cell_at(cells, places.get(INSTANCE)))

    return read_wide(table, roles, options, is_bookkeeping=_is_bookkeeping, other_session=other_session)


def _is_date(name: str) -> bool:
    return bool(DATES.fullmatch(name)) and not NOT_DATES.search(name)


def _is_bookkeeping(name: str) -> bool:
    return bool(BOOKKEEPING.fullmatch(name.casefold()))
