"""Cheerful or closed after a session in which much was shown: the door may have been shut again."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from attunement.case.findings import HiddenStrain
from attunement.case.hidden_strain.worth import WORTH_ASKING
from attunement.case.rapport import Rapport
from attunement.case.record import Case, CaseSession
from attunement.case.signs import Sign, chance_of_one, chance_of_two, consecutive, shown, signs
from attunement.codebook import OPENING

VULNERABLE = ("disclosure", "grief")
CLOSED = ("affect_split", "denial", "minimal_response")
# How they come in after it: the first third of the session.
OPENING_SHARE = 1 / 3
# A rise of the rating worth noticing: two points of ten above what this client usually gave.
SUDDEN_RISE = 0.2


def find(case: Case, rapport: Rapport | None) -> Iterator[HiddenStrain]:
    """One question for each session that begins cheerful or closed right after a vulnerable one.

    Nothing is asked when the client opens up again from the start. Where the rating jumped as well, one such turn is
    enough instead of two.
    """
    for before, now in consecutive(case.sessions):
        vulnerable, closed = _vulnerable(before), _closed(now)
        if chance_of_one(vulnerable) < WORTH_ASKING or not closed:
            continue
        jumped = rapport is not None and _has_jumped(rapport, now.number)
        chance = chance_of_one(vulnerable) * (chance_of_one(closed) if jumped else chance_of_two(closed))
        if chance >= WORTH_ASKING:
            yield _question(before, now, vulnerable, closed, chance, rapport if jumped else None)


def _vulnerable(session: CaseSession) -> tuple[Sign, ...]:
    return signs(session.reading, VULNERABLE) if session.reading else ()


def _closed(session: CaseSession) -> tuple[Sign, ...]:
    """The closed turns at the beginning; none when as much is shown there as is held back."""
    if session.reading is None:
        return ()
    last = max(1, round(len(session.reading.session.turns) * OPENING_SHARE))
    closed, shown_again = signs(session.reading, CLOSED, last=last), signs(session.reading, OPENING, last=last)
    return closed if sum(each.chance for each in closed) > sum(each.chance for each in shown_again) else ()


def _has_jumped(rapport: Rapport, session: int) -> bool:
    now, earlier = rapport.at(session), [point.value for point in rapport.points if point.session < session]
    if now is None or not earlier:
        return False
    return now >= rapport.well and now - median(earlier) >= SUDDEN_RISE * rapport.width


def _question(
    before: CaseSession,
    now: CaseSession,
    vulnerable: tuple[Sign, ...],
    closed: tuple[Sign, ...],
    chance: float,
    rapport: Rapport | None,
) -> HiddenStrain:
    rated = " and rated it unusually well" if rapport is not None else ""
    return HiddenStrain(
        kind="cheerful_after_vulnerable",
        session=now.number,
        question=f"Session {before.number} was a vulnerable one; into session {now.number} the client came lightly or "
        f"closed{rated}. What was it like for them to have shown so much?",
        evidence=(
            shown(now, closed),
            shown(before, vulnerable),
            *([rapport.evidence(now.number)] if rapport is not None else []),
        ),
        confidence=chance,
    )
