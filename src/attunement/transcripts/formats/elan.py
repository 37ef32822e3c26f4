"""ELAN (`.eaf`), for looking at codes beside the recording: a tier a speaker, and further tiers from outside.

Written without `pympi-ling`, which keeps a copy of any file it replaces: of a transcript there should be no second
one that nobody knows of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from attunement.errors import InputError
from attunement.transcripts.notation import canonical
from attunement.transcripts.role_names import name_with_role
from attunement.transcripts.session import Session
from attunement.transcripts.times import Slot, slots
from attunement.transcripts.utterance import places

NOTE_TIER = "note"
SCHEMA = "http://www.mpi.nl/tools/elan/EAFv3.0.xsd"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"


class Annotation(NamedTuple):
    """A value over a span of turns, first and last inclusive, counted from 1."""

    first: int
    last: int
    value: str


@dataclass
class _Tier:
    name: str
    spans: list[tuple[int, int, str]] = field(default_factory=list)

    def has_room(self, start_ms: int) -> bool:
        return not self.spans or self.spans[-1][1] <= start_ms


def write_elan(session: Session, path: Path | str, tiers: Mapping[str, Sequence[Annotation]] | None = None) -> None:
    """Write the words on a tier a speaker, and `tiers` below them, by name.

    A tier of ELAN holds no two annotations at once: where those of one tier overlap, the later go to "name (2)" and so
    on. Turns without times get a made-up second each, and a tier "note" says which.

    Raises:
        InputError: when an annotation lies outside the session's turns, or the path cannot be written.
    """
    path = Path(path)
    document = _document([*_tiers(session, tiers or {})])
    try:
        path.write_bytes(ElementTree.tostring(document, encoding="UTF-8", xml_declaration=True))
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({(error.strerror or 'unknown').lower()}).") from None


def _tiers(session: Session, given: Mapping[str, Sequence[Annotation]]) -> Iterator[_Tier]:
    placed = list(slots(session.turns))
    spoken: dict[str, list[tuple[int, int, str]]] = {}
    for slot in placed:
        spoken.setdefault(name_with_role(slot.turn, session), []).append((*_span(slot, slot), slot.turn.text))
    for name, wanted in given.items():
        spans = []
        for first, last, value in wanted:
            if not 1 <= first <= last <= len(placed):
                raise InputError(f"tier '{name}': turns {first}–{last} lie outside 1–{len(placed)}.")
            spans.append((*_span(placed[first - 1], placed[last - 1]), value))
        spoken.setdefault(f"{name} (codes)" if name in spoken else name, []).extend(spans)
    if note := _note(placed):
        spoken[NOTE_TIER] = [(*_span(placed[0], placed[-1]), note)]
    for name, spans in spoken.items():
        yield from _without_overlap(canonical(name) or "tier", sorted(spans, key=lambda span: span[:2]))


def _span(first: Slot, last: Slot) -> tuple[int, int]:
    start = round(first.start_s * 1000)
    return start, max(round(last.end_s * 1000), start + 1)


def _without_overlap(name: str, spans: Sequence[tuple[int, int, str]]) -> list[_Tier]:
    found = [_Tier(name)]
    for span in spans:
        tier = next((tier for tier in found if tier.has_room(span[0])), None)
        if tier is None:
            tier = _Tier(f"{name} ({len(found) + 1})")
            found.append(tier)
        tier.spans.append(span)
    return found


def _note(placed: Sequence[Slot]) -> str | None:
    both = [slot.turn.number for slot in placed if slot.made_up]
    if not both:
        return None
    return f"The transcript does not give all times; those of {places('turn', both)} are made up, one second each."


def _document(tiers: Sequence[_Tier]) -> ElementTree.Element:
    root = ElementTree.Element(
        "ANNOTATION_DOCUMENT",
        {
            "AUTHOR": "attunement",
            "DATE": datetime.now().astimezone().isoformat(timespec="seconds"),
            "FORMAT": "3.0",
            "VERSION": "3.0",
            "xmlns:xsi": INSTANCE,
            "xsi:noNamespaceSchemaLocation": SCHEMA,
        },
    )
    header = ElementTree.SubElement(root, "HEADER", MEDIA_FILE="", TIME_UNITS="milliseconds")
    order = ElementTree.SubElement(root, "TIME_ORDER")
    times = sorted({time for tier in tiers for start, end, _ in tier.spans for time in (start, end)})
    slot_id = {time: f"ts{number}" for number, time in enumerate(times, start=1)}
    for time in times:
        ElementTree.SubElement(order, "TIME_SLOT", TIME_SLOT_ID=slot_id[time], TIME_VALUE=str(time))
    numbers = count(1)
    for tier in tiers:
        _append_tier(root, tier, slot_id, numbers)
    last_used = ElementTree.SubElement(header, "PROPERTY", NAME="lastUsedAnnotationId")
    last_used.text = str(next(numbers) - 1)
    ElementTree.SubElement(
        root, "LINGUISTIC_TYPE", GRAPHIC_REFERENCES="false", LINGUISTIC_TYPE_ID="default-lt", TIME_ALIGNABLE="true"
    )
    return root


def _append_tier(root: ElementTree.Element, tier: _Tier, slot_id: Mapping[int, str], numbers: count[int]) -> None:
    element = ElementTree.SubElement(root, "TIER", LINGUISTIC_TYPE_REF="default-lt", TIER_ID=tier.name)
    for start, end, value in tier.spans:
        annotation = ElementTree.SubElement(
            ElementTree.SubElement(element, "ANNOTATION"),
            "ALIGNABLE_ANNOTATION",
            ANNOTATION_ID=f"a{next(numbers)}",
            TIME_SLOT_REF1=slot_id[start],
            TIME_SLOT_REF2=slot_id[end],
        )
        ElementTree.SubElement(annotation, "ANNOTATION_VALUE").text = canonical(value)
