"""The client's rating of the alliance fell and has not come back."""

from __future__ import annotations

from collections.abc import Iterator

from attunement.case.alerts.material import Material
from attunement.case.alerts.urgency import urgency
from attunement.case.findings import Alert
from attunement.case.rapport import Rapport
from attunement.case.wording import listing, number
from attunement.measures.alliance import AllianceCourse, ProbableRupture

NEXT_STEP = (
    "Ask how that session was between the two of you, and welcome whatever comes; hear it to the end before you "
    "explain anything or do anything differently."
)


def find(material: Material) -> Iterator[Alert]:
    """An alert for each recent dip that still lasts, the latest first."""
    alliance, rapport = material.alliance, material.rapport
    if alliance is None or alliance.ruptures is None or rapport is None:
        return
    for rupture in reversed(alliance.ruptures):
        if material.is_recent(rupture.worst_session) and _lasts(rupture, rapport):
            yield _alert(rupture, rapport, alliance)


def _lasts(rupture: ProbableRupture, rapport: Rapport) -> bool:
    """Not recovered, and the last rating not back either, however late."""
    return rupture.recovered is not True and rapport.points[-1].value < (rupture.before + rupture.worst) / 2


def _alert(rupture: ProbableRupture, rapport: Rapport, alliance: AllianceCourse) -> Alert:
    numbers = dict.fromkeys((rupture.session, rupture.worst_session))
    return Alert(
        kind="probable_rupture",
        says=f"The rating of the alliance fell from {number(rupture.before)} to {number(rupture.worst)} by session "
        f"{rupture.worst_session} and has not come back.",
        evidence=tuple(rapport.evidence(session) for session in numbers),
        confidence=None,
        basis=f"Unusual for this client by {listing(rupture.methods)}. {alliance.caveat}",
        next_step=NEXT_STEP,
        urgency=urgency("probable_rupture", None),
    )
