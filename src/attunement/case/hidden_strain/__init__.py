"""Where sources disagree: what was rated, what was said, what was done. Always a question, never a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attunement.case.dips import dips_of
from attunement.case.findings import HiddenStrain
from attunement.case.hidden_strain import cheerful, deferring, leaving, unsaid
from attunement.case.rapport import rapport_of
from attunement.case.record import Case

if TYPE_CHECKING:
    from attunement.measures.alliance import AllianceCourse

__all__ = ["hidden_strain_of"]


def hidden_strain_of(case: Case, alliance: AllianceCourse | None = None) -> tuple[HiddenStrain, ...]:
    """Every place where two sources do not agree, in the order of the sessions; empty where they do.

    What stays hidden leaves few traces, so each of these is weak by itself: something to wonder about with the client,
    not something found out about them. `alliance` adds dips of the ratings to what counts as strain beforehand.
    """
    rapport = rapport_of(case)
    found = [
        *unsaid.find(case, rapport),
        *deferring.find(case, rapport),
        *cheerful.find(case, rapport),
        *leaving.find(case, dips_of(rapport, alliance)),
    ]
    return tuple(sorted(found, key=lambda each: each.session))
