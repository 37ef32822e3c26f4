"""What a reader should know before believing a reading of this session."""

from __future__ import annotations

from attunement.episodes.model import SessionReading
from attunement.reports.summary import TOO_SHORT


def warnings(reading: SessionReading) -> list[str]:
    """The warnings of the file (roles guessed, others who spoke, parts not read), and that of a session too short."""
    found = list(reading.session.warnings)
    short = f"Only {len(reading.session.turns)} turns"
    # A file so short brings this warning with it; a session made in memory does not.
    if len(reading.session.turns) < TOO_SHORT and not any(warning.startswith(short) for warning in found):
        found.append(f"{short}: too few for episodes or a rate of attunement to be found.")
    return found
