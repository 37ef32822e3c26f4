"""Attunement over a session, ruptures, repairs and corrective experiences, found in the coder's table."""

from attunement.episodes.finder import Finder, find, shipped_finder
from attunement.episodes.model import Attunement, Corrective, Episode, Moment, Repair, Rupture, SessionReading

__all__ = [
    "Attunement",
    "Corrective",
    "Episode",
    "Finder",
    "Moment",
    "Repair",
    "Rupture",
    "SessionReading",
    "find",
    "shipped_finder",
]
