"""What is known beforehand: ordinary words, names people bear, places, peoples, words that give a name's kind away.

First names and surnames are those of the package Faker, short forms those of nicknames, English words those of
pyspellchecker; places and ordinary words lie beside this file, with their sources.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from attunement.errors import InputError

NOT_INSTALLED = "De-identifying needs lists of names; install them with: pip install 'attunement[deidentify]'"
# What the dictionary counts for words that nobody was heard to say: among them are names of people and towns.
NEVER_HEARD = 50
LATIN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@cache
def _words() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((files(__package__) / "words.yaml").read_text(encoding="utf-8"))
    return content


def words(name: str) -> frozenset[str]:
    """The words under this name in `words.yaml`."""
    return frozenset(_words()[name].split())


CAPITALS = words("capitals")
ACRONYMS = words("acronyms")
TITLES = words("titles")
KIN = words("kin")
PLACE_WORDS = words("place_words")
ORGANISATION_WORDS = words("organisation_words")
SHOPS = words("shops")
BEFORE_PLACES = words("before_places")
HOLIDAYS = "|".join(_words()["holidays"])
PEOPLES = words("peoples")


def folded(word: str) -> str:
    """Small, without accents and without an owner's 's: what makes two spellings one word."""
    word = word.replace("’", "'").casefold()
    word = word.removesuffix("'s").removesuffix("'")
    plain = unicodedata.normalize("NFKD", word.replace("ł", "l").replace("ø", "o").replace("đ", "d").replace("ı", "i"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@cache
def ordinary_words() -> frozenset[str]:
    """Words that occur in small letters in talk."""
    return frozenset(_lines("ordinary.txt"))


@cache
def places() -> frozenset[str]:
    """Towns, countries, regions."""
    return frozenset(_lines("places.txt"))


@cache
def first_names() -> frozenset[str]:
    """First names of many countries, with their short forms."""
    short = (name for pair in _nicknames() for name in pair)
    return frozenset({folded(name) for name in (*_of_faker("first_name"), *short) if LATIN.fullmatch(name)})


@cache
def surnames() -> frozenset[str]:
    """Surnames of many countries."""
    return frozenset({folded(name) for name in _of_faker("last_name") if LATIN.fullmatch(name)})


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """The full names that a short one may stand for."""
    full: dict[str, set[str]] = {}
    for name, short in _nicknames():
        full.setdefault(short, set()).add(name)
    return {short: frozenset(names) for short, names in full.items()}


@cache
def english_words() -> frozenset[str]:
    """Words of a dictionary of spoken English that are nobody's name and no place; with the ordinary ones."""
    counted = _needed("spellchecker").SpellChecker().word_frequency
    found = frozenset(word for word in counted.words() if counted[word] > NEVER_HEARD)
    return (found - first_names() - surnames() - places()) | ordinary_words()


def is_name(word: str) -> bool:
    """Whether people are called so."""
    return word in first_names() or word in surnames()


def _lines(name: str) -> Iterator[str]:
    content = (files(__package__) / name).read_text(encoding="utf-8")
    return (line for line in content.splitlines() if line and not line.startswith("#"))


def _nicknames() -> Iterator[tuple[str, str]]:
    table = (files(_needed("nicknames")) / "names.csv").read_text(encoding="utf-8")
    for line in table.splitlines()[1:]:
        name, _relation, short = line.split(",")[:3]
        yield name.casefold(), short.casefold()


def _of_faker(beginning: str) -> Iterator[str]:
    for found in pkgutil.iter_modules(_needed("faker.providers.person").__path__):
        provider = importlib.import_module(f"faker.providers.person.{found.name}").Provider
        for attribute in dir(provider):
            names = getattr(provider, attribute)
            if attribute.startswith(beginning) and isinstance(names, list | tuple | dict | set):
                yield from map(str, names)


def _needed(package: str) -> Any:
    try:
        return importlib.import_module(package)
    except ModuleNotFoundError:
        raise InputError(NOT_INSTALLED) from None
