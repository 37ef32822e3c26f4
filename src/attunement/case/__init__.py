"""The sessions and measures of one client, read together."""

from attunement.case.findings import CaseFindings
from attunement.case.folder import read_case
from attunement.case.follow import follow_case
from attunement.case.record import Case, CaseSession, Event

__all__ = ["Case", "CaseFindings", "CaseSession", "Event", "follow_case", "read_case"]
