"""What alerts are raised from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from attunement.case.findings import Fit, Frame, HiddenStrain, MeasureChange, Threads
from attunement.case.latest import last_of
from attunement.case.rapport import Rapport, rapport_of
from attunement.case.record import Case

if TYPE_CHECKING:
    from attunement.measures.alliance import AllianceCourse

# What lies further back is history: it stands in the case's threads and no longer raises an alert.
RECENT_SESSIONS = 3


@dataclass(frozen=True)
class Material:
    """The case and what was found in it."""

    case: Case
    changes: tuple[MeasureChange, ...]
    alliance: AllianceCourse | None
    threads: Threads
    hidden: tuple[HiddenStrain, ...]
    frame: Frame
    fit: Fit

    @cached_property
    def rapport(self) -> Rapport | None:
        """The alliance as the client rated it."""
        return rapport_of(self.case)

    @cached_property
    def last(self) -> int:
        """The number of the last session that took place or was cancelled; 0 in an empty case."""
        return last_of(self.case)

    def is_recent(self, session: int, within: int = RECENT_SESSIONS) -> bool:
        """Whether the session is among the last ones."""
        return session > self.last - within
