"""Sessions after which the client's rating of the alliance fell."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from attunement.case.findings import Evidence
from attunement.case.rapport import Rapport

if TYPE_CHECKING:
    from attunement.measures.alliance import AllianceCourse

# With too few ratings for the published methods: a fall of two points of ten from one rating to the next.
PLAIN_DIP = 0.2


def dips_of(rapport: Rapport | None, alliance: AllianceCourse | None) -> tuple[Evidence, ...]:
    """The dips as ratings to look up, in order: probable ruptures, or plain falls while ratings are few for those."""
    if rapport is None:
        return ()
    if alliance is not None and alliance.ruptures is not None:
        return tuple(rapport.evidence(rupture.session) for rupture in alliance.ruptures)
    return tuple(
        rapport.evidence(now.session)
        for before, now in pairwise(rapport.points)
        if before.value - now.value >= PLAIN_DIP * rapport.width
    )
