"""How many turns show strain, and how many take it up, as one sentence: counts put right for the coder's errors."""

from __future__ import annotations

from attunement.coder.counts import Count, counts
from attunement.episodes.limits import cannot_tell
from attunement.episodes.model import SessionReading


def how_many(reading: SessionReading) -> str | None:
    """The sentence; None where it cannot be told."""
    if cannot_tell(reading.session):
        return None
    found = counts(reading.table)
    strain, repair = found["strain"], found["repair"]
    return (
        f"{_about(strain)} of the client's {strain.turns} turns, {_range(strain)}, move away or push back; "
        f"{_about(repair).lower()} of the therapist's {repair.turns}, {_range(repair)}, take strain up."
    )


def _about(count: Count) -> str:
    rounded = round(count.estimate)
    return f"About {rounded}" if rounded else "Hardly any"


def _range(count: Count) -> str:
    return f"plausibly {count.low} to {count.high}" if count.high > count.low else f"plausibly {count.low}"
