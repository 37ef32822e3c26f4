"""Instruments of the clinic's own: from a form, or from a file as `attunement.measures.instruments` reads it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from attunement.errors import InputError
from attunement.measures.instruments import Domain, Instrument, instruments
from attunement.measures.instruments.catalogue import find
from attunement.measures.instruments.entry import read_entry
from attunement.measures.instruments.own import parse_yaml
from attunement.measures.instruments.questionnaire import from_resource
from attunement.web.questionnaires.fhir_words import words_of
from attunement.web.questionnaires.words import Words

LARGEST_BYTES = 500_000
MOST_ITEMS = 100


def read_file(name: str, content: bytes, *, higher_is_better: bool, domain: Domain) -> tuple[Instrument, Words]:
    """The instrument and words in a FHIR R4 questionnaire (JSON), or the instrument of an entry in YAML.

    Direction and domain are for FHIR, which cannot say them.

    Raises:
        InputError: when it is neither, or is not complete.
    """
    text = text_in(name, content)
    if text.lstrip().startswith("{"):
        resource = resource_in(name, text)
        found = from_resource(resource, name, higher_is_better=higher_is_better, domain=domain)
        return _small(found, name), words_of(resource, found)
    entry = parse_yaml(text, name)
    if isinstance(entry, list):
        if len(entry) != 1:
            raise InputError(_("%(file)s: give one questionnaire at a time.") % {"file": name})
        entry = entry[0]
    return _small(read_entry(entry, name), name), Words()


def text_in(name: str, content: bytes) -> str:
    """The text in a file.

    Raises:
        InputError: when it is too large, or no text.
    """
    if len(content) > LARGEST_BYTES:
        raise InputError(_("%(file)s: larger than 500 kB; that is no questionnaire.") % {"file": name})
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(_("%(file)s: not UTF-8 text; save it again as UTF-8.") % {"file": name}) from None


def resource_in(name: str, content: str) -> Mapping[str, Any]:
    """The FHIR questionnaire in a file.

    Raises:
        InputError: when there is none.
    """
    try:
        resource = json.loads(content)
    except (ValueError, RecursionError):
        raise InputError(_("%(file)s: not well-formed JSON.") % {"file": name}) from None
    if not isinstance(resource, Mapping) or resource.get("resourceType") != "Questionnaire":
        raise InputError(_("%(file)s: not a FHIR questionnaire.") % {"file": name})
    return resource


def from_form(
    *,
    title: str,
    domain: Domain,
    higher_is_better: bool,
    combine: str,
    items: int,
    ends: tuple[float, float],
    reversed_items: Iterable[str],
    may_be_missing: int,
) -> Instrument:
    """The instrument that somebody described in a form.

    Raises:
        InputError: when something contradicts itself.
    """
    total: dict[str, Any] = {"combine": combine, "higher_is_better": higher_is_better}
    if turned := list(reversed_items):
        total["reversed"] = turned
    if may_be_missing:
        total["missing"] = {"at_most": may_be_missing}
    entry = {
        "name": name_of(title),
        "title": title,
        "domain": domain,
        "items": {"count": items, "range": list(ends)},
        "total": total,
    }
    return read_entry(entry, title)


def name_of(title: str) -> str:
    """A title as a name: small letters without accents, digits and _."""
    ascii_only = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", ascii_only).lstrip("0123456789_")[:40].strip("_") or "questionnaire"


def known_already(found: Instrument) -> Instrument | None:
    """The instrument of the program that goes by the same name; None when there is none."""
    return find(found.name, instruments())


def _small(found: Instrument, name: str) -> Instrument:
    if len(found.items) > MOST_ITEMS:
        raise InputError(_("%(file)s: more than %(most)d items; ask fewer.") % {"file": name, "most": MOST_ITEMS})
    return found
