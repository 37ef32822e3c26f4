"""One entry of a catalogue (fields from YAML) made into an `Instrument`, checked on the way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from attunement.measures.instruments.fields import Fields, shown
from attunement.measures.instruments.model import DOMAINS, Instrument, Item, Scale
from attunement.measures.instruments.questionnaire import load_questionnaire
from attunement.measures.instruments.scale_entry import read_scale, source_of

MOST_ITEMS = 1_000


def read_entry(content: object, name: str, *, folder: Path | None = None) -> Instrument:
    """The instrument that an entry describes; `folder` is where a questionnaire it names lies.

    Raises:
        InputError: when a field is missing, misspelt or contradicts another.
    """
    fields = Fields.of(content, name)
    key = fields.text("name")
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", key):
        raise fields.wrong("name", "must be small letters, digits and _, beginning with a letter")
    fields.where = f"{name}, {key}"
    sources = _sources(fields)
    questionnaire = _questionnaire(fields, folder)
    items = questionnaire.items if questionnaire else _items(fields)
    whole = fields.part("total")
    if whole is None:
        raise fields.wrong("total", "is missing")
    total = read_scale(whole, None, items, sources)
    subscales = _subscales(fields, items, sources) or _groups(questionnaire, total)
    found = Instrument(
        name=key,
        title=fields.text("title", key),
        measures=fields.text("measures", "not said"),
        domain=fields.choice("domain", DOMAINS),
        items=items,
        total=total,
        subscales=subscales,
        usual=fields.text("usual", "not said"),
        licence=fields.text("licence", "not said"),
        source=source_of(fields, sources),
        sources=sources,
        is_validated=fields.flag("validated", False),
        other_names=fields.texts("other_names"),
        url=fields.text("url", "") or (questionnaire.url if questionnaire else None),
        notes=(*fields.texts("notes"), *(questionnaire.notes if questionnaire else ())),
    )
    fields.done()
    return found


def _questionnaire(fields: Fields, folder: Path | None) -> Instrument | None:
    file = fields.text("questionnaire", "")
    if not file:
        return None
    if folder is None or Path(file).name != file:
        raise fields.wrong("questionnaire", "must be the name of a file in the same folder")
    return load_questionnaire(folder / file, higher_is_better=False)


def _groups(questionnaire: Instrument | None, total: Scale) -> tuple[Scale, ...]:
    """The groups of a questionnaire as subscales, in the direction of the total."""
    groups = questionnaire.subscales if questionnaire else ()
    return tuple(replace(group, higher_is_better=total.higher_is_better) for group in groups)


def _sources(fields: Fields) -> dict[str, str]:
    part = fields.part("sources")
    return {} if part is None else {str(key): part.text(key) for key in part.content}


def _items(fields: Fields) -> tuple[Item, ...]:
    part = fields.part("items")
    if part is None:
        return ()
    names = part.texts("names")
    count = part.whole("count") if not names else len(names)
    ends = part.range("range")
    if ends is None:
        raise part.wrong("range", "is missing")
    if not 0 < count <= MOST_ITEMS or len(set(names)) != len(names):
        raise part.wrong("names" if names else "count", f"must give 1 to {MOST_ITEMS} items, each once")
    is_whole = part.flag("whole_numbers", True)
    loinc, codes = part.texts("loinc"), _codes(part)
    if loinc and len(loinc) != count:
        raise part.wrong("loinc", "must have a code for each item")
    part.done()
    named = names or tuple(map(str, range(1, count + 1)))
    return tuple(
        Item(name, *ends, is_whole, codes, code) for name, code in zip(named, loinc or (None,) * count, strict=True)
    )


def _codes(part: Fields) -> dict[str, float]:
    codes = part.part("answer_codes")
    return {} if codes is None else {str(code): codes.number(code) for code in codes.content}


def _subscales(fields: Fields, items: Sequence[Item], sources: dict[str, str]) -> tuple[Scale, ...]:
    part = fields.part("subscales")
    if part is None:
        return ()
    scales = []
    for name in part.content:
        own = part.part(name)
        if own is None or not re.fullmatch(r"[a-z][a-z_]{0,39}", str(name)):
            raise part.wrong(shown(name), "must be small letters and _, with the fields of a scale")
        scales.append(read_scale(own, str(name), items, sources))
    return tuple(scales)
