"""What a column holds, by its name: whose row it is, when, or which item or score of which instrument."""

# ruff: noqa: SIM905 (lists of words read better as text)
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from attunement.measures.answers.moment import Target
from attunement.measures.instruments.catalogue import plain
from attunement.measures.instruments.model import Instrument

# Names are compared without case, blanks and signs, in order of preference.
CLIENT = "client clientid clientcode case caseid patient patientid participant participantid subject subjectid".split()
CLIENT += "recordid record id code pseudonym klient patientin".split()
SESSION = "session sessionnumber sessionnr sessionno sessionid visit visitnumber appointment sitzung termin".split()
DATE = "date sessiondate datum dateofsession completed completedat completedon answeredat authored timestamp".split()
INSTRUMENT = "instrument measure questionnaire scale test form fragebogen".split()
ITEM = "item itemnumber question subscale itemid linkid".split()
VALUE = "value score answer response result rating wert".split()

TOTAL = frozenset("total totalscore score sum sumscore gesamt summe".split())
ITEM_NUMBER = re.compile(r"(?:item|question|frage|q|i)?0*(\d{1,4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Roles:
    """Which column holds what, as its place in the row; None where there is none."""

    client: int | None
    session: int | None
    date: int | None
    instrument: int | None
    item: int | None
    value: int | None

    @property
    def is_long(self) -> bool:
        """True when every row holds one answer: a value, and what it is the answer to."""
        return self.value is not None and (self.instrument is not None or self.item is not None)

    @property
    def taken(self) -> frozenset[int]:
        """The columns that say whose row it is and when."""
        return frozenset(place for place in (self.client, self.session, self.date) if place is not None)


def find_roles(header: Sequence[str]) -> Roles:
    """Assign columns by name; each to one role at most."""
    places: dict[str, int] = {}
    for place, name in enumerate(header):
        places.setdefault(plain(name), place)
    lists = (CLIENT, SESSION, DATE, INSTRUMENT, ITEM, VALUE)
    return Roles(*(next((places[name] for name in names if name in places), None) for names in lists))


class Unknown(str):
    """Why a name is no target, in words."""


def find_target(name: str, instruments: Iterable[Instrument]) -> Target | Unknown:
    """The item or score that a name such as `phq9`, `PHQ-9 total`, `phq9_1` or `core_om_risk` means.

    The items of a check-in may stand without its name: `understood`, `safe`.
    """
    known = tuple(instruments)
    for names in (lambda each: (each.name,), lambda each: each.other_names):
        for instrument in known:
            for own in names(instrument):
                rest = _rest(name, own)
                if rest is not None:
                    return find_part(instrument, rest)
    for instrument in known:
        if instrument.domain == "check-in" and plain(name) in (plain(item.name) for item in instrument.items):
            return find_part(instrument, name)
    return Unknown("not a known instrument, item or score, so left out")


def find_part(instrument: Instrument, part: str) -> Target | Unknown:
    """The item or score of an instrument that a name means; the total for no name."""
    wanted = plain(part)
    if not wanted or wanted in TOTAL:
        return Target(instrument, instrument.total)
    if item := _item(instrument, part.strip(" _"), wanted):
        return Target(instrument, instrument.total, instrument.item(item))
    for scale in (instrument.total, *instrument.subscales):
        if wanted in (plain(each) for each in (scale.name or "", *scale.other_names)):
            return Target(instrument, scale)
    return Unknown(f"{instrument.name} has no item or subscale of that name")


def _item(instrument: Instrument, exact: str, wanted: str) -> str | None:
    """The item of that name, else of that number; items named by words are counted in their order."""
    names = [item.name for item in instrument.items]
    number = ITEM_NUMBER.fullmatch(wanted)
    named = (name for name in names if name == exact)
    alike = (name for name in names if plain(name) == wanted)
    numbered = (name for name, place in zip(names, _numbers(names), strict=True) if number and place == number[1])
    return next(chain(named, alike, numbered), None)


def _numbers(names: list[str]) -> list[str]:
    if any(re.search(r"\d", name) for name in names):
        return names
    return [str(place) for place in range(1, len(names) + 1)]


def _rest(name: str, own: str) -> str | None:
    """What follows an instrument's name in a column's; None when the column does not begin with it.

    `phq9_1` is item 1 of phq9, but `phq91` is not: where a name ends and an item begins must be seen.
    """
    letters = plain(own)
    found = re.match(r"[\W_]*" + r"[\W_]*".join(map(re.escape, letters)), name, re.IGNORECASE)
    if found is None:
        return None
    rest = name[found.end() :]
    if rest and rest[0].isalnum() and rest[0].isdigit() == letters[-1].isdigit():
        return None
    return rest
