"""Signs that the client may be on the way out: said, done, or strain under falling ratings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from attunement.case.alerts.material import Material
from attunement.case.alerts.unrepaired_rupture import LIKELY
from attunement.case.alerts.urgency import urgency
from attunement.case.findings import Alert, Evidence
from attunement.case.leaving import client_cancellations, ending_bids, is_ending_agreed
from attunement.case.record import CaseSession
from attunement.case.signs import chance_of_one, shown
from attunement.case.wording import listing, number, sessions, times

# A bid to end that another session or two has followed has been answered by coming.
BID_WITHIN = 2
# From this chance on that one of its turns is a bid, a session counts.
BID = 0.4
# One session cancelled is life; two of the last four are a pattern.
CANCELLED_TIMES, CANCELLED_WITHIN = 2, 4
# Two falls in a row of half a point of ten or more, together two points, with strain in the room.
FALL, FALLEN = 0.05, 0.2
STRAINED_SHARE = 1 / 3
# More than one sign is more urgent than one; this is no chance that could be shown.
SEVERAL = 0.8
NEXT_STEP = (
    "Make room for it first: say that wanting to come less is welcome to be said, and ask what coming has been like; "
    "speak of dates and plans after that."
)


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that points to an ending: in words, and what it rests on."""

    words: str
    evidence: tuple[Evidence, ...]


def find(material: Material) -> Iterator[Alert]:
    """One alert with all that points to an ending; none when the two have agreed on one."""
    if is_ending_agreed(material.case, material.last):
        return
    reasons = [*_bids(material), *_cancellations(material), *_falling_with_strain(material)]
    if reasons:
        yield Alert(
            kind="ending_risk",
            says=f"The client may be on the way out: {listing(reason.words for reason in reasons)}.",
            evidence=tuple(piece for reason in reasons for piece in reason.evidence),
            confidence=None,
            basis="Such signs often come before an ending that nobody planned; how often, nobody has measured. "
            "Words are told right in about three of four such alerts, on invented cases; most are missed.",
            next_step=NEXT_STEP,
            urgency=urgency("ending_risk", SEVERAL if len(reasons) > 1 else None),
        )


def _bids(material: Material) -> Iterator[Reason]:
    for session in reversed(material.case.read):
        bids = ending_bids(material.case, session)
        if material.is_recent(session.number, BID_WITHIN) and chance_of_one(bids) >= BID:
            yield Reason(
                f"words in session {session.number} that may be a wish to stop or space out", (shown(session, bids),)
            )
            return


def _cancellations(material: Material) -> Iterator[Reason]:
    recent = [
        event for event in client_cancellations(material.case) if material.is_recent(event.session, CANCELLED_WITHIN)
    ]
    if len(recent) >= CANCELLED_TIMES:
        numbers = [event.session for event in recent]
        evidence = tuple(Evidence(event.session, event=event) for event in recent)
        yield Reason(f"{times(len(recent), 'cancellation')} of late ({sessions(numbers)})", evidence)


def _falling_with_strain(material: Material) -> Iterator[Reason]:
    rapport = material.rapport
    if rapport is None or len(rapport.points) < 3:
        return
    first, second, third = rapport.points[-3:]
    falls = [first.value - second.value, second.value - third.value]
    has_fallen = min(falls) >= FALL * rapport.width and sum(falls) >= FALLEN * rapport.width
    strained = [each for each in material.case.read if first.session < each.number and _is_strained(each)]
    if has_fallen and strained and material.is_recent(third.session):
        words = (
            f"ratings falling twice in a row, from {number(first.value)} to {number(third.value)} by session "
            f"{third.session}, with strain between you"
        )
        yield Reason(words, (rapport.evidence(second.session), rapport.evidence(third.session)))


def _is_strained(session: CaseSession) -> bool:
    reading = session.reading
    if reading is None:
        return False
    if any(rupture.confidence >= LIKELY for rupture in reading.ruptures):
        return True
    return float(np.nanmean(reading.table.group("strain"))) >= STRAINED_SHARE
