"""Transcripts without what tells who somebody is: names, places, dates, numbers. On one's own machine, English only."""

from attunement.deidentify.deidentify import Deidentified, Spoken, deidentify
from attunement.deidentify.kinds import WORDS, Kind
from attunement.deidentify.report import PROMISE, Replacement, Report, review
from attunement.deidentify.wishes import Wishes, read_wishes, secret_days

__all__ = [
    "PROMISE",
    "WORDS",
    "Deidentified",
    "Kind",
    "Replacement",
    "Report",
    "Spoken",
    "Wishes",
    "deidentify",
    "read_wishes",
    "review",
    "secret_days",
]
