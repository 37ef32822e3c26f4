"""What a simulation gives: therapies over their sessions, the hidden truth beside what was reported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attunement.dyad.model import Counts, Reports, State
from attunement.dyad.population import Design

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Courses:
    """Therapies of many dyads; arrays are NumPy's, (sessions, dyads) where nothing else is said.

    Ratings are made after a session, the questionnaire before it; `last` is the questionnaire after the last session
    attended. A client who has left stays as they were: rows repeat what was, and counts are 0; `attended` tells which
    rows are sessions. There is no NaN.
    """

    design: Design  # therapist and clinic, (dyads,) each
    start: State  # on the first day, (dyads,) each
    last: Floats  # (dyads,)
    reports: Reports
    counts: Counts
    state: State  # as the session ended
    attended: Flags
    left: Flags  # this was the last session, by the client's decision
    off_track: Flags  # as the session began
    changed: Flags  # another therapist has taken over in or before this session
    exchanges: Counts | None = None  # what happened when, (sessions, exchanges, dyads), if it was kept

    @property
    def first(self) -> Floats:
        """Questionnaire at intake, (dyads,)."""
        return np.asarray(self.reports.questionnaire[0])

    @property
    def sessions(self) -> int:
        """How many sessions were planned."""
        return int(self.attended.shape[0])

    @property
    def dyads(self) -> int:
        """How many dyads there are."""
        return int(self.attended.shape[1])

    @property
    def sessions_attended(self) -> NDArray[np.int64]:
        """For each dyad."""
        return np.asarray(self.attended.sum(0))

    @property
    def dropped_out(self) -> Flags:
        """For each dyad, whether the client left before the last session planned."""
        return np.asarray(self.left[:-1].any(0))

    def only(self, dyads: Any) -> Courses:
        """Those dyads, by mask, slice or numbers."""
        return _mapped(self, lambda array: array[..., dyads])

    @classmethod
    def joined(cls, parts: list[Courses]) -> Courses:
        """The dyads of all parts in order."""
        return _mapped(parts[0], lambda *arrays: np.concatenate(arrays, axis=-1), *parts[1:])


def _mapped(first: Courses, function: Any, *others: Courses) -> Courses:
    """The function applied to each array."""
    import jax

    alike = [vars(courses) for courses in (first, *others)]
    return Courses(**jax.tree.map(function, *alike))
