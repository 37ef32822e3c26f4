"""One entry of a catalogue (fields from YAML) made into an `Instrument`, checked on the way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from attunement.measures.instruments.fields import Fields, shown
from attunement.measures.instruments.model import (
    DOMAINS,
    GROUPS,
    SIDES,
    Band,
    Cutoff,
    Instrument,
    Item,
    MissingRule,
    Norm,
    Reliability,
    ReliableChange,
    Scale,
)
from attunement.measures.instruments.questionnaire import load_questionnaire

MOST_ITEMS = 1_000
OWN = "own"


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
    total = _scale(whole, None, items, sources)
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
        source=_source(fields, sources),
        sources=sources,
        is_validated=fields.flag("validated", False),
        other_names=fields.texts("other_names"),
        url=questionnaire.url if questionnaire else fields.text("url", "") or None,
        notes=fields.texts("notes"),
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


def _source(fields: Fields, sources: dict[str, str]) -> str:
    """The key of the source that a number names; an entry without a list of sources is its author's own."""
    key = fields.text("source", OWN if not sources else None)
    if sources and key not in sources:
        raise fields.wrong("source", f"names '{shown(key)}', which is not under sources")
    return key


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
        scales.append(_scale(own, str(name), items, sources))
    return tuple(scales)


def _scale(fields: Fields, name: str | None, items: Sequence[Item], sources: dict[str, str]) -> Scale:
    used = _named_items(fields, items)
    combine = fields.choice("combine", ("sum", "mean"), "sum")
    times = fields.number("times", 1)
    low, high = _ends(fields, used, combine, times)
    scale = Scale(
        name=name,
        items=tuple(item.name for item in used),
        low=low,
        high=high,
        higher_is_better=fields.flag("higher_is_better"),
        combine=combine,
        times=times,
        reversed=_reversed(fields, used),
        missing=_missing(fields, len(used), sources),
        cutoffs=tuple(_cutoff(part, sources, low, high) for part in fields.parts("cutoffs")),
        bands=_bands(fields, sources),
        reliabilities=tuple(_reliability(part, sources) for part in fields.parts("reliability")),
        norms=tuple(_norm(part, sources) for part in fields.parts("norms")),
        published_reliable_change=_reliable_change(fields, sources),
        other_names=fields.texts("other_names"),
    )
    fields.done()
    return scale


def _named_items(fields: Fields, items: Sequence[Item]) -> tuple[Item, ...]:
    known = {item.name: item for item in items}
    names = fields.texts("items") or tuple(known)
    if odd := next((name for name in names if name not in known), None):
        raise fields.wrong("items", f"names '{shown(odd)}', which is no item")
    if len(set(names)) != len(names):
        raise fields.wrong("items", "names an item twice")
    return tuple(known[name] for name in names)


def _reversed(fields: Fields, items: Sequence[Item]) -> frozenset[str]:
    names = fields.texts("reversed")
    if odd := next((name for name in names if name not in {item.name for item in items}), None):
        raise fields.wrong("reversed", f"names '{shown(odd)}', which is no item of this scale")
    return frozenset(names)


def _ends(fields: Fields, items: Sequence[Item], combine: str, times: float) -> tuple[float, float]:
    """The scale's range: from its items, and the same as `range` where both are there."""
    if times <= 0:
        raise fields.wrong("times", "must be above 0")
    stated = fields.range("range")
    if not items:
        if stated is None:
            raise fields.wrong("range", "is missing; give it, or the items")
        return stated
    share = 1 if combine == "sum" else len(items)
    ends = sum(item.low for item in items) / share * times, sum(item.high for item in items) / share * times
    if stated is not None and any(abs(a - b) > 1e-9 for a, b in zip(stated, ends, strict=True)):
        raise fields.wrong("range", f"is [{stated[0]:g}, {stated[1]:g}] but the items give [{ends[0]:g}, {ends[1]:g}]")
    return ends


def _missing(fields: Fields, items: int, sources: dict[str, str]) -> MissingRule | None:
    part = fields.part("missing")
    if part is None:
        return None
    share = part.number("share", 0)
    at_most = int(share * items + 1e-9) if share else part.whole("at_most")
    if not 0 <= share < 1 or (items and at_most >= items):
        raise part.wrong("share" if share else "at_most", "must leave at least one item")
    source = _source(part, sources)
    part.done()
    return MissingRule(at_most, source)


def _cutoff(part: Fields, sources: dict[str, str], low: float, high: float) -> Cutoff:
    value = part.number("value")
    if not low <= value <= high:
        raise part.wrong("value", f"is outside the range of the scale, {low:g} to {high:g}")
    cutoff = Cutoff(value, part.choice("clinical", SIDES), part.text("meaning", "clinical"), _source(part, sources))
    part.done()
    return cutoff


def _bands(fields: Fields, sources: dict[str, str]) -> tuple[Band, ...]:
    part = fields.part("bands")
    if part is None:
        return ()
    source = _source(part, sources)
    ranges = {str(label): part.range(label) for label in part.content if label != "source"}
    return tuple(Band(label, ends[0], ends[1], source) for label, ends in ranges.items() if ends is not None)


def _reliability(part: Fields, sources: dict[str, str]) -> Reliability:
    value = part.number("value")
    if not 0 < value < 1:
        raise part.wrong("value", "must lie between 0 and 1")
    kind = part.choice("kind", ("alpha", "retest"), "alpha")
    found = Reliability(value, kind, part.text("sample", "not said"), _source(part, sources))
    part.done()
    return found


def _norm(part: Fields, sources: dict[str, str]) -> Norm:
    sd = part.number("sd")
    if sd <= 0:
        raise part.wrong("sd", "must be above 0")
    group, sample = part.choice("group", GROUPS), part.text("sample", "not said")
    norm = Norm(group, sample, part.number("mean"), sd, _source(part, sources))
    part.done()
    return norm


def _reliable_change(fields: Fields, sources: dict[str, str]) -> ReliableChange | None:
    part = fields.part("reliable_change")
    if part is None:
        return None
    points = part.number("points")
    if points <= 0:
        raise part.wrong("points", "must be above 0")
    found = ReliableChange(points, _source(part, sources))
    part.done()
    return found
