"""FHIR R4 `Questionnaire` resources (JSON) as instruments: items, their answers' scores, groups as subscales.

Read are `url`, `name`, `title`, contained value sets, and of each item `linkId`, `type`, `text` of groups,
`answerOption` or `answerValueSet`, `item` and the extensions that give an answer's score (`ordinalValue`,
`itemWeight`) or a number's limits (`minValue`, `maxValue`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attunement.errors import InputError
from attunement.measures.instruments.fhir_scores import Json, codes_of, extension, listed, value_sets
from attunement.measures.instruments.fields import shown
from attunement.measures.instruments.model import Domain, Instrument, Item, Scale

LARGEST_BYTES = 10_000_000
DEEPEST = 20
NUMBERS = ("integer", "decimal")
CHOICES = ("choice", "open-choice", "coding")


def load_questionnaire(path: Path | str, *, higher_is_better: bool, domain: Domain = "distress") -> Instrument:
    """The instrument in a FHIR R4 questionnaire; the resource cannot say the score's direction, so you must.

    The total is the sum of all items that have scores. Items without (text, dates, choices without scores, numbers
    without limits) are left out and named in `notes`. The name is the resource's `name`, in small letters.

    Raises:
        InputError: when the file is no questionnaire, or none of its items has a score.
    """
    path = Path(path)
    content = read_json(path)
    if not isinstance(content, Mapping) or content.get("resourceType") != "Questionnaire":
        raise InputError(f"{path.name}: not a FHIR Questionnaire; its resourceType must be 'Questionnaire'.")
    return from_resource(content, path.name, higher_is_better=higher_is_better, domain=domain)


def read_json(path: Path) -> Any:
    """What a JSON file holds.

    Raises:
        InputError: when it cannot be read, is larger than 10 MB, or is no JSON.
    """
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise InputError(f"{path.name}: larger than 10 MB; split it.")
        return json.loads(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path.name}: cannot be read ({error.strerror}).") from None
    except (ValueError, RecursionError):
        raise InputError(f"{path.name}: not well-formed JSON.") from None


def from_resource(content: Json, name: str, *, higher_is_better: bool, domain: Domain) -> Instrument:
    """The instrument that a `Questionnaire` resource describes; `name` is the file, for messages.

    Raises:
        InputError: when none of its items has a score, or a linkId stands twice.
    """
    items, left_out, groups = _gathered(content, name)
    if not items:
        raise InputError(f"{name}: no item has a score; add ordinalValue to the answers, or minValue and maxValue.")
    title = content.get("title") or content.get("name") or Path(name).stem
    return Instrument(
        name=_plain(content.get("name") or content.get("title") or Path(name).stem),
        title=shown(title),
        measures="not said",
        domain=domain,
        items=tuple(items.values()),
        total=_sum(None, list(items.values()), higher_is_better),
        subscales=tuple(_sum(group, members, higher_is_better) for group, members in groups.items() if members),
        usual="not said",
        licence=shown(content.get("copyright") or "not said"),
        source="own",
        sources={},
        is_validated=False,
        url=str(content["url"]) if content.get("url") else None,
        notes=(f"Without a score, so left out: {', '.join(left_out)}.",) if left_out else (),
    )


def _gathered(content: Json, name: str) -> tuple[dict[str, Item], list[str], dict[str, list[Item]]]:
    """Items that have scores, the linkIds of those that have none, and the items of each outermost group."""
    sets = value_sets(content)
    items: dict[str, Item] = {}
    left_out: list[str] = []
    groups: dict[str, list[Item]] = {}
    for entry, group in _walk(listed(content.get("item")), None, 0):
        link = str(entry.get("linkId") or "")
        if entry.get("type") in ("group", "display"):
            continue
        options = listed(entry.get("answerOption")) or sets.get(str(entry.get("answerValueSet")), [])
        item = _item(link, entry, options)
        if item is None or not link:
            left_out.append(f"'{shown(link)}'")
            continue
        if link in items:
            raise InputError(f"{name}: the linkId '{shown(link)}' stands twice.")
        items[link] = item
        if group is not None:
            groups.setdefault(group, []).append(item)
    return items, left_out, groups if len(groups) > 1 else {}


def _walk(entries: list[Json], group: str | None, depth: int) -> Iterator[tuple[Json, str | None]]:
    """Every item with the outermost group it is in."""
    if depth > DEEPEST:
        return
    for entry in entries:
        yield entry, group
        is_group = entry.get("type") == "group" and group is None
        inner = _plain(entry.get("text") or entry.get("linkId")) if is_group else group
        yield from _walk(listed(entry.get("item")), inner, depth + 1)


def _item(link: str, entry: Json, options: list[Json]) -> Item | None:
    if entry.get("type") not in (*NUMBERS, *CHOICES):
        return None
    low, high = extension(entry, "minValue"), extension(entry, "maxValue")
    if entry["type"] in NUMBERS and low is not None and high is not None and low < high:
        return Item(link, low, high, is_whole=entry["type"] == "integer")
    codes = codes_of(options)
    if len(set(codes.values())) < 2:
        return None
    scores = codes.values()
    return Item(link, min(scores), max(scores), all(score == int(score) for score in scores), codes)


def _plain(name: object) -> str:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", str(name))
    return re.sub(r"[\W_]+", "_", spaced.casefold()).strip("_")[:40] or "questionnaire"


def _sum(name: str | None, items: list[Item], higher_is_better: bool) -> Scale:
    low, high = sum(item.low for item in items), sum(item.high for item in items)
    return Scale(name, tuple(item.name for item in items), low, high, higher_is_better)
