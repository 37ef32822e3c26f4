"""The instruments that come with Attunement, one file an entry in `entries/`."""

from __future__ import annotations

import difflib
import re
from functools import cache
from importlib.resources import files

from attunement.errors import InputError
from attunement.measures.instruments.entry import read_entry
from attunement.measures.instruments.model import Instrument
from attunement.measures.instruments.own import parse_yaml


def plain(name: str) -> str:
    """A name without case, blanks and signs: `PHQ-9` and `phq_9` are both `phq9`."""
    return re.sub(r"[\W_]+", "", name.casefold())


@cache
def instruments() -> tuple[Instrument, ...]:
    """All instruments of the catalogue, in the order of their names."""
    folder = files("attunement.measures.instruments") / "entries"
    texts = {
        entry.name: entry.read_text(encoding="utf-8") for entry in folder.iterdir() if entry.name.endswith(".yaml")
    }
    read = [read_entry(parse_yaml(text, name), name) for name, text in texts.items()]
    return tuple(sorted(read, key=lambda each: each.name))


def find(name: str, known: tuple[Instrument, ...]) -> Instrument | None:
    """The instrument of that name or one of its other names, in any spelling; None when there is none."""
    wanted = plain(name)
    return next((each for each in known if wanted in map(plain, (each.name, *each.other_names))), None)


def instrument(name: str) -> Instrument:
    """The catalogue's instrument of that name, in any spelling (`PHQ-9`, `phq9`).

    Raises:
        InputError: when the catalogue has none of that name.
    """
    found = find(name, instruments())
    if found is None:
        raise InputError(unknown(name, instruments()))
    return found


def unknown(name: str, known: tuple[Instrument, ...]) -> str:
    """What to say when `name` is no known instrument: the nearest name, else all of them."""
    near = difflib.get_close_matches(plain(name), [plain(each.name) for each in known], n=1, cutoff=0.7)
    names = [each.name for each in known if plain(each.name) in near] or [each.name for each in known]
    shown = " ".join(name.split())[:40]
    hint = f"did you mean '{names[0]}'?" if near else f"known are {', '.join(names)}."
    return f"'{shown}' is no known instrument; {hint}"
