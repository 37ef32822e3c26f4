"""How many clients are better, and when a new count may take the place of the one that is shown.

A count that is renewed with every answer gives away whose answer it was. So a client is counted anew only together with
at least four others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from attunement.web.lead.cells import LEAST, Line, hide_small
from attunement.web.lead.intervals import share_of
from attunement.web.lead.models import Outcome
from attunement.web.people.models import Clinic

STAGES = ("under way", "ended")
CHANGES = ("improved", "unchanged", "deteriorated", "unknown")
ENDED_DAYS = 365


def released(
    clinic: Clinic, outcomes: Sequence[Outcome], instrument: str, *, before: dict[str, Any] | None
) -> dict[str, Any] | None:
    """What is shown: `before`, until five clients or more would be counted elsewhere. None without an instrument."""
    if not instrument:
        return None
    places = {outcome: _place(outcome, instrument) for outcome in outcomes}
    is_first = before is None or before["instrument"] != instrument
    if not is_first and _moved(places, before or {}) < LEAST:
        return before
    for outcome, place in places.items():
        if outcome.shown_as != place:
            outcome.shown_as = place
            outcome.save(update_fields=["shown_as"])
    return _counted(places.values(), instrument)


def _place(outcome: Outcome, instrument: str) -> str | None:
    """Where the client is counted; None for therapies that ended long ago."""
    ended = outcome.client.ended_at
    if ended is not None and ended < timezone.now() - timedelta(days=ENDED_DAYS):
        return None
    change = (outcome.found or {}).get("changes", {}).get(instrument, "unknown")
    return f"{STAGES[ended is not None]}: {change}"


def _moved(places: dict[Outcome, str | None], before: dict[str, Any]) -> int:
    """How many clients are counted elsewhere than before, or are gone."""
    here = sum(outcome.shown_as is not None for outcome in places)
    gone = max(0, int(before["counted"]) - here)
    return gone + len([outcome for outcome, place in places.items() if outcome.shown_as != place])


def _counted(places: Any, instrument: str) -> dict[str, Any]:
    counts = Counter(places)
    lines = {stage: hide_small({change: counts[f"{stage}: {change}"] for change in CHANGES}) for stage in STAGES}
    return {
        "instrument": instrument,
        "as_of": timezone.localdate().isoformat(),
        "counted": sum(count for place, count in counts.items() if place is not None),
        "lines": {stage: {"total": line.total, "cells": _shares(line)} for stage, line in lines.items()},
    }


def _shares(line: Line) -> dict[str, dict[str, float] | None]:
    return {
        name: None if count is None or line.total is None else {"count": count, **share_of(count, line.total)}
        for name, count in line.cells.items()
    }
