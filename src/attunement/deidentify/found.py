"""Something found in a text, and how findings that overlap are settled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from attunement.deidentify.kinds import Kind


@dataclass(frozen=True, slots=True)
class Found:
    """Words from `start` to `end` of a text that could tell who somebody is.

    `instead` is what takes their place; None where a numbered placeholder does.
    """

    start: int
    end: int
    kind: Kind
    words: str
    instead: str | None = None


def settled(found: Iterable[Found]) -> list[Found]:
    """Findings in order, none over another: who comes first in `found` wins."""
    every, kept = list(found), []
    taken = bytearray(max((each.end for each in every), default=0))
    for each in every:
        if taken.find(1, each.start, each.end) < 0:
            taken[each.start : each.end] = b"\1" * (each.end - each.start)
            kept.append(each)
    return sorted(kept, key=lambda each: each.start)


def replaced(text: str, found: Iterable[tuple[Found, str]]) -> str:
    """The text with each finding's words replaced."""
    pieces, end = [], 0
    for each, instead in found:
        pieces += [text[end : each.start], instead]
        end = each.end
    return "".join([*pieces, text[end:]])
