"""Where a session gives too little to tell: nothing is claimed then, and the reason is said."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from attunement.episodes.model import Attunement, SessionReading
from attunement.transcripts.roles import SURE
from attunement.transcripts.session import Session

Reason = Literal["too_short", "roles_unsure"]

FEWEST_TURNS = 15


def cannot_tell(session: Session) -> Reason | None:
    """Why nothing can be said of the session as a whole: under 15 turns, or roles guessed with less than 90 %."""
    sure = session.roles.confidence
    if sure is not None and sure < SURE:
        return "roles_unsure"
    return "too_short" if len(session.turns) < FEWEST_TURNS else None


def without_claims(reading: SessionReading) -> SessionReading:
    """The same reading without what cannot be told: no episodes and no rate, and no moments where roles are unsure.

    The codes of each turn stay.
    """
    reason = cannot_tell(reading.session)
    if reason is None:
        return reading
    moments = reading.attunement.moments if reason == "too_short" else ()
    return replace(
        reading,
        ruptures=(),
        repairs=(),
        correctives=(),
        insights=reading.insights if reason == "too_short" else (),
        attunement=Attunement(None, None, moments, (None,) * len(reading.session.turns)),
    )
