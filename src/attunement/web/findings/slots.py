"""What the clinic puts into a report: verdicts at findings, comments at turns.

The report's template leaves a slot after each card and each turn, an empty comment that names its place. Whatever
people said is escaped there, so that no transcript can write a slot.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils.safestring import SafeString, mark_safe

from attunement.web.findings.judging import Place

SLOT = re.compile(r"<!-- (?:finding (\w+) (\d+) (\d+)|turn (\d+)) -->")


def filled(page: str, *, at_finding: Callable[[Place], str], at_turn: Callable[[int], str]) -> SafeString:
    """The page with HTML in its slots; an empty answer leaves nothing there."""

    def fill(slot: re.Match[str]) -> str:
        kind, start, end, turn = slot.groups()
        return at_finding(Place(kind, int(start), int(end))) if turn is None else at_turn(int(turn))

    return mark_safe(SLOT.sub(fill, page))
