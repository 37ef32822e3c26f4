"""What became of each rupture: taken up in its session, in a later one, or never.

A therapist who takes up what went wrong last time does it at the beginning, or the client does. So the opening of a
later session is searched for turns that take something up between the two, and their expected number tells how likely
it is that the rupture behind it was meant. What is taken up is mostly the last strain: each session read in between
halves what speaks for an older rupture.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from attunement.case.findings import Evidence, RuptureFate
from attunement.case.record import Case, CaseSession
from attunement.case.threads.chances import chance_of_any, turns_to_show
from attunement.episodes.model import Rupture, SessionReading

# What is said when something between the two is taken up. Linking patterns, explaining and changing tasks come without.
TAKING_UP = (
    "acknowledge_part",
    "invite_feedback",
    "clarify_misunderstanding",
    "disclose_here_now",
    "validate_defence",
    "names_rupture",
)
OPENING = 1 / 3  # of a session's turns
AS_LIKELY_AS_NOT = 2.0  # expected turns of taking up in the opening at which both fates are as likely
FADING = 0.5  # with every session in between
# How often the finder is right that a rupture was, or was not, taken up within its session (docs/model-card.md).
NOTICED_IS_RIGHT = 0.8


@dataclass(frozen=True, slots=True)
class TakingUp:
    """How likely (0–1) a later session's opening takes a rupture up, and the turns that speak for it."""

    chance: float
    session: int
    turns: tuple[int, ...]


def rupture_fates(case: Case) -> tuple[RuptureFate, ...]:
    """The fate of every rupture read, in their order.

    Later sessions that were not read are as if they had not been: `missed` means in no session read since.
    """
    return tuple(
        _fate(session.number, rupture, case.read[place + 1 :])
        for place, session in enumerate(case.read)
        for rupture in _reading(session).ruptures
    )


def _fate(number: int, rupture: Rupture, later: tuple[CaseSession, ...]) -> RuptureFate:
    if rupture.noticed == "in_session":
        return RuptureFate(number, rupture, "in_session", None, NOTICED_IS_RIGHT)
    taking_up = likeliest_taking_up(later)
    if taking_up is None:
        return RuptureFate(number, rupture, "open", None, NOTICED_IS_RIGHT)
    noticed: Literal["late", "missed"] = "late" if taking_up.chance >= 0.5 else "missed"
    evidence = Evidence(taking_up.session, taking_up.turns) if noticed == "late" else None
    chance = max(taking_up.chance, 1 - taking_up.chance)
    return RuptureFate(number, rupture, noticed, evidence, round(NOTICED_IS_RIGHT * chance, 3))


def likeliest_taking_up(later: tuple[CaseSession, ...]) -> TakingUp | None:
    """Where among the sessions read since, in order, a rupture is likeliest taken up; None when there are none."""
    found = [_taking_up(session, between) for between, session in enumerate(later)]
    return max(found, key=lambda each: each.chance, default=None)


def _taking_up(session: CaseSession, between: int) -> TakingUp:
    table = _reading(session).table
    opening = range(int(np.ceil(OPENING * len(table))))
    chances = chance_of_any(table, TAKING_UP)
    expected = FADING**between * float(chances[list(opening)].sum())
    chance = expected**2 / (expected**2 + AS_LIKELY_AS_NOT**2)
    return TakingUp(chance, session.number, turns_to_show(chances, opening))


def _reading(session: CaseSession) -> SessionReading:
    assert session.reading is not None
    return session.reading
