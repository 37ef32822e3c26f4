"""JSON that may be cut off, and JSON Lines of which some lines may be broken."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from attunement.errors import TranscriptError
from attunement.transcripts.utterance import places

TURN_LISTS = (
    *("segments", "turns", "utterances", "transcription", "transcript"),
    *("messages", "dialogue", "dialog", "conversation"),
)
LIST_START = re.compile(rf'"({"|".join(TURN_LISTS)})"\s*:\s*\[|\A\s*(\[)')
BETWEEN = re.compile(r"[\s,]*")
# An object cut off is worth reading when it still holds a pair of turns.
MIN_RECOVERED = 2


def looks_like_json(text: str) -> bool:
    """True for text that opens an object or a list of objects, and not for `[00:01:23] Anna:`."""
    return re.match(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\]])", text[:10_000]) is not None


def read_document(text: str) -> tuple[object, list[str]]:
    """One JSON value; from a document that breaks off, what can be read, with a warning that says so.

    Raises:
        TranscriptError: when nothing of use can be read.
    """
    try:
        return json.loads(text), []
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        return _recovered(text, line)


def _recovered(text: str, line: int) -> tuple[object, list[str]]:
    start = LIST_START.search(text)
    items = list(_items(text, start.end())) if start else []
    if start is None or len(items) < MIN_RECOVERED:
        raise TranscriptError(f"not valid JSON, or cut off (line {line}); export it again.")
    warning = f"The JSON breaks off or is damaged (line {line}); the {len(items)} entries before that were read."
    return ({start[1]: items} if start[1] else items), [warning]


def _items(text: str, position: int) -> Iterator[object]:
    decoder = json.JSONDecoder()
    while True:
        position = BETWEEN.match(text, position).end()  # type: ignore[union-attr]
        try:
            item, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            return
        yield item


def read_lines(text: str) -> tuple[list[tuple[int, object]], list[str]]:
    """The values of JSON Lines with their line numbers, and a warning about lines that are no JSON."""
    values: list[tuple[int, object]] = []
    broken: list[int] = []
    for place, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            values.append((place, json.loads(line)))
        except (ValueError, RecursionError):
            broken.append(place)
    if not values:
        raise TranscriptError(f"not valid JSON, or cut off (line {broken[0] if broken else 1}); export it again.")
    return values, [f"Not valid JSON, or cut off, so left out: {places('line', broken)}."] if broken else []


def is_lines(text: str) -> bool:
    """True for one JSON object a line (a single object on a single line counts as a document)."""
    lines = [line for line in text[:2_000_000].split("\n", 3)[:3] if line.strip()]
    if len(lines) < 2 or not lines[0].lstrip().startswith("{"):
        return False
    # The first may be damaged; two whole objects in a row stand in no document spread over lines.
    return _is_object(lines[0]) or (len(lines) == 3 and all(_is_object(line) for line in lines[1:]))


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def read_values(text: str) -> tuple[list[tuple[int, object]], list[str]]:
    """The lines of JSON Lines, or a document as a single value, each with its line number."""
    if is_lines(text):
        return read_lines(text)
    value, warnings = read_document(text)
    return [(1, value)], warnings
