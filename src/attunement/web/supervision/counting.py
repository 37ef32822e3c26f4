"""What a session says about skills, as counts that can be added up over sessions."""

from __future__ import annotations

from typing import Any

from attunement.coder.counts import counts
from attunement.episodes.limits import cannot_tell
from attunement.episodes.model import SessionReading


def counts_of(reading: SessionReading) -> dict[str, Any] | None:
    """Openings with how they were answered, ruptures with how many were taken up, turns that miss or hurt.

    `called` is how many turns are expected to have called for attunement (the sum of their chances), `met`, `missed`
    and `harmed` how many of these were answered so. `failing` is corrected for the coder's errors, `low` to `high` its
    95 % interval. None where the session is too short, or it is not sure who the therapist is.
    """
    if cannot_tell(reading.session):
        return None
    moments = [moment for moment in reading.attunement.moments if moment.reply is not None]
    failure = counts(reading.table)["failure"]
    return {
        "called": round(sum(each.weight for each in moments), 3),
        "met": round(sum(each.weight * each.met for each in moments), 3),
        "missed": round(sum(each.weight * each.missed for each in moments), 3),
        "harmed": round(sum(each.weight * each.harmed for each in moments), 3),
        "ruptures": len(reading.ruptures),
        "taken_up": sum(each.noticed == "in_session" for each in reading.ruptures),
        "mended": sum(each.resolution != "none" for each in reading.ruptures),
        "turns": failure.turns,
        "failing": round(failure.estimate, 2),
        "low": failure.low,
        "high": failure.high,
    }
