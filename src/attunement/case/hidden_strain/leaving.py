"""A step away right after closeness, or a practical reason that was never there before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attunement.case.findings import Evidence, HiddenStrain
from attunement.case.hidden_strain.worth import WORTH_ASKING
from attunement.case.leaving import client_cancellations, ending_bids, gives_practical_reason
from attunement.case.record import Case, CaseSession, Event
from attunement.case.signs import Sign, chance_of_one, shown, signs

Dips = tuple[Evidence, ...]
CLOSE = ("felt_met", "disclosure", "new_view")


@dataclass(frozen=True, slots=True)
class Before:
    """What a step away came after, with its chance (0–1)."""

    chance: float
    evidence: tuple[Evidence, ...] = ()


NOTHING = Before(0.0)


def find(case: Case, dips: Dips) -> Iterator[HiddenStrain]:
    """Questions about bids to end and about sessions that the client cancelled; one for each at most.

    `dips` are the ratings that fell.
    """
    first_reason = _first_practical_reason(case)
    for session in case.read:
        if bids := ending_bids(case, session):
            yield from _about_bid(case, session, bids, dips, is_first=session.number == first_reason)
    for event in client_cancellations(case):
        if event.session == first_reason and gives_practical_reason(event.note):
            yield from _about_cancellation(case, event, dips)


def _about_bid(
    case: Case, session: CaseSession, bids: tuple[Sign, ...], dips: Dips, *, is_first: bool
) -> Iterator[HiddenStrain]:
    bid = chance_of_one(bids)
    close, strained = _closeness(case, session, bids[0].turn), _strain(case, session.number, dips)
    if bid * close.chance >= WORTH_ASKING:
        yield HiddenStrain(
            kind="ending_after_closeness",
            session=session.number,
            question=f"In session {session.number} the client may have moved towards ending or spacing out, soon after "
            "something had come close. Could closeness itself have become too much?",
            evidence=(shown(session, bids), *close.evidence),
            confidence=bid * close.chance,
        )
    elif is_first and bid * strained.chance >= WORTH_ASKING:
        yield HiddenStrain(
            kind="sudden_reason",
            session=session.number,
            question=f"A practical reason for coming less came up in session {session.number}, for the first time and "
            "soon after strain. If the practical side were solved, would they want to come?",
            evidence=(shown(session, bids), *strained.evidence),
            confidence=bid * strained.chance,
        )


def _about_cancellation(case: Case, event: Event, dips: Dips) -> Iterator[HiddenStrain]:
    last = next((session for session in reversed(case.read) if session.number < event.session), None)
    close = _closeness(case, last, None) if last is not None and last.number == event.session - 1 else NOTHING
    strained = _strain(case, event.session, dips)
    before = max(close, strained, key=lambda each: each.chance)
    if before.chance >= WORTH_ASKING:
        after = "strain" if before is strained else "something had come close"
        yield HiddenStrain(
            kind="sudden_reason",
            session=event.session,
            question=f"Session {event.session} was cancelled for a practical reason, for the first time and soon after "
            f"{after}. It may be just that; was there also something it was good to stay away from?",
            evidence=(Evidence(event.session, event=event), *before.evidence),
            confidence=before.chance,
        )


def _closeness(case: Case, session: CaseSession, turn: int | None) -> Before:
    """What came close before this turn of the session or in the one before; in the whole session without a turn."""
    if session.reading is None:
        return NOTHING
    here = signs(session.reading, CLOSE, last=None if turn is None else turn - 1)
    places = [(session, here)]
    earlier = _session(case, session.number - 1) if turn is not None else None
    if earlier is not None and earlier.reading is not None:
        places.append((earlier, signs(earlier.reading, CLOSE)))
    close = [_close(place, found, turn if place is session else None) for place, found in places]
    return max(close, key=lambda each: each.chance)


def _close(session: CaseSession, found: tuple[Sign, ...], before: int | None) -> Before:
    """A corrective experience where there is one, else the turns themselves."""
    correctives = session.reading.correctives if session.reading else ()
    ended = [each for each in correctives if before is None or each.end < before]
    if ended:
        surest = max(ended, key=lambda each: each.confidence)
        return Before(surest.confidence, (Evidence(session.number, surest.evidence),))
    return Before(chance_of_one(found), (shown(session, found),)) if found else NOTHING


def _strain(case: Case, session: int, dips: Dips) -> Before:
    """A rupture in the session before, or a dip of its rating."""
    earlier = _session(case, session - 1)
    ruptures = earlier.reading.ruptures if earlier is not None and earlier.reading is not None else ()
    if ruptures:
        surest = max(ruptures, key=lambda each: each.confidence)
        return Before(surest.confidence, (Evidence(session - 1, surest.evidence),))
    dip = next((dip for dip in dips if dip.session == session - 1), None)
    return NOTHING if dip is None else Before(WORTH_ASKING, (dip,))


def _session(case: Case, number: int) -> CaseSession | None:
    return next((session for session in case.sessions if session.number == number), None)


def _first_practical_reason(case: Case) -> int | None:
    """The session at which a practical reason for not coming first appears."""
    cancelled = [event.session for event in client_cancellations(case) if gives_practical_reason(event.note)]
    said = [
        session.number
        for session in case.read
        if session.reading is not None
        and any(
            gives_practical_reason(session.reading.session.turns[sign.turn - 1].text)
            for sign in ending_bids(case, session)
        )
    ]
    return min([*cancelled, *said], default=None)
