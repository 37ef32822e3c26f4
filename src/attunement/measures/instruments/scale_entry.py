"""One score of an entry made into a `Scale`, with everything published about it."""

from __future__ import annotations

from collections.abc import Sequence

from attunement.measures.instruments.facts import (
    GROUPS,
    SIDES,
    Band,
    Cutoff,
    MissingRule,
    Norm,
    Reliability,
    ReliableChange,
)
from attunement.measures.instruments.fields import Fields, shown
from attunement.measures.instruments.model import Item, Scale

# The source of numbers in an entry that lists none.
OWN = "own"


def read_scale(fields: Fields, name: str | None, items: Sequence[Item], sources: dict[str, str]) -> Scale:
    """The score that an entry describes, over the `items` it names (all of them unless said); `name` None is the total.

    Raises:
        InputError: when a field is missing, misspelt or contradicts another.
    """
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
    source = source_of(part, sources)
    part.done()
    return MissingRule(at_most, source)


def _cutoff(part: Fields, sources: dict[str, str], low: float, high: float) -> Cutoff:
    value = part.number("value")
    if not low <= value <= high:
        raise part.wrong("value", f"is outside the range of the scale, {low:g} to {high:g}")
    cutoff = Cutoff(value, part.choice("clinical", SIDES), part.text("meaning", "clinical"), source_of(part, sources))
    part.done()
    return cutoff


def _bands(fields: Fields, sources: dict[str, str]) -> tuple[Band, ...]:
    part = fields.part("bands")
    if part is None:
        return ()
    source = source_of(part, sources)
    ranges = {str(label): part.range(label) for label in part.content if label != "source"}
    return tuple(Band(label, ends[0], ends[1], source) for label, ends in ranges.items() if ends is not None)


def _reliability(part: Fields, sources: dict[str, str]) -> Reliability:
    value = part.number("value")
    if not 0 < value < 1:
        raise part.wrong("value", "must lie between 0 and 1")
    kind = part.choice("kind", ("alpha", "retest"), "alpha")
    found = Reliability(value, kind, part.text("sample", "not said"), source_of(part, sources))
    part.done()
    return found


def _norm(part: Fields, sources: dict[str, str]) -> Norm:
    sd = part.number("sd")
    if sd <= 0:
        raise part.wrong("sd", "must be above 0")
    group, sample = part.choice("group", GROUPS), part.text("sample", "not said")
    norm = Norm(group, sample, part.number("mean"), sd, source_of(part, sources))
    part.done()
    return norm


def _reliable_change(fields: Fields, sources: dict[str, str]) -> ReliableChange | None:
    part = fields.part("reliable_change")
    if part is None:
        return None
    points = part.number("points")
    if points <= 0:
        raise part.wrong("points", "must be above 0")
    found = ReliableChange(points, source_of(part, sources))
    part.done()
    return found


def source_of(fields: Fields, sources: dict[str, str]) -> str:
    """The key of the source that a number names; an entry without a list of sources is its author's own."""
    key = fields.text("source", OWN if not sources else None)
    if sources and key not in sources:
        raise fields.wrong("source", f"names '{shown(key)}', which is not under sources")
    return key
