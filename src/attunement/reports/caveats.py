"""What a reader should know before believing a reading of this session."""

from __future__ import annotations

from attunement.episodes.model import SessionReading
from attunement.reports import words
from attunement.reports.summary import TOO_SHORT

UNSURE_BELOW = 0.8  # confidence of a guess who is the therapist


def warnings(reading: SessionReading) -> list[str]:
    """The warnings of the file, then those of the reading, as sentences."""
    session = reading.session
    found = list(session.warnings)
    if len(session.turns) < TOO_SHORT:
        found.append(f"Only {len(session.turns)} turns: too few for episodes or a rate of attunement to be found.")
    roles = session.roles
    if roles.how == "guessed" and (roles.confidence or 0) < UNSURE_BELOW:
        sure = f" ({words.percent(roles.confidence)} sure)" if roles.confidence else ""
        found.append(f"{roles.therapist} was taken for the therapist by a guess from the words{sure}; please check.")
    if roles.others:
        others = words.listing(f"{name} as {role}" for name, role in sorted(roles.others.items()))
        found.append(f"More than two people speak. Read as: {others}.")
    return found
