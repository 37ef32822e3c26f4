"""What became of each rupture: taken up in its session, in a later one, or never.

A therapist who takes up what went wrong last time does it at the beginning, or the client does. So the opening of a
later session is searched for turns that take something up between the two, and their expected number tells how likely
it is that the rupture behind it was meant. What is taken up is mostly the last strain: each session read in between
leaves less than half of what speaks for an older rupture.
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
# How often each fate is right when the later sessions leave no doubt (docs/case-figures.md): the finder may have
# overlooked that a rupture was taken up in its session, the likelier when nobody comes back to it.
RIGHT = {"in_session": 0.9, "open": 0.9, "late": 0.95, "missed": 0.7}


@dataclass(frozen=True, slots=True)
class Rule:
    """When a later session takes a rupture up.

    `opening` is the share of the session's turns that is searched; `as_likely_as_not` the expected number of turns of
    taking up at which both fates are as likely; `fading` what remains of that number with each session in between.
    """

    opening: float = 1 / 3
    as_likely_as_not: float = 2.0
    fading: float = 0.4

    def chance(self, expected: float) -> float:
        """From the expected number of turns of taking up to the chance that it was: half as many, one in seventeen."""
        return expected**4 / (expected**4 + self.as_likely_as_not**4)


RULE = Rule()


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
        return RuptureFate(number, rupture, "in_session", None, RIGHT["in_session"])
    taking_up = likeliest_taking_up(later)
    if taking_up is None:
        return RuptureFate(number, rupture, "open", None, RIGHT["open"])
    noticed: Literal["late", "missed"] = "late" if taking_up.chance >= 0.5 else "missed"
    evidence = Evidence(taking_up.session, taking_up.turns) if noticed == "late" else None
    chance = max(taking_up.chance, 1 - taking_up.chance)
    return RuptureFate(number, rupture, noticed, evidence, round(RIGHT[noticed] * chance, 3))


def likeliest_taking_up(later: tuple[CaseSession, ...], rule: Rule = RULE) -> TakingUp | None:
    """Where among the sessions read since, in order, a rupture is likeliest taken up; None when there are none."""
    found = [_taking_up(session, between, rule) for between, session in enumerate(later)]
    return max(found, key=lambda each: each.chance, default=None)


def _taking_up(session: CaseSession, between: int, rule: Rule) -> TakingUp:
    table = _reading(session).table
    opening = range(int(np.ceil(rule.opening * len(table))))
    chances = chance_of_any(table, TAKING_UP)
    expected = rule.fading**between * float(chances[list(opening)].sum())
    return TakingUp(rule.chance(expected), session.number, turns_to_show(chances, opening))


def _reading(session: CaseSession) -> SessionReading:
    assert session.reading is not None
    return session.reading
