"""What a reader should know before believing a reading of this session."""

from __future__ import annotations

from attunement.episodes.limits import FEWEST_TURNS
from attunement.episodes.model import SessionReading


def warnings(reading: SessionReading) -> list[str]:
    """The warnings of the file (roles guessed, others who spoke, parts not read), and that of a session too short."""
    found = list(reading.session.warnings)
    short = f"Only {len(reading.session.turns)} turns"
    # A file so short brings this warning with it; a session made in memory does not.
    if len(reading.session.turns) < FEWEST_TURNS and not any(warning.startswith(short) for warning in found):
        found.append(f"{short}: too few to find episodes or give a rate of attunement.")
    return found
