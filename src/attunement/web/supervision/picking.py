"""Which moments of a session are worth watching, each as what a page needs to say it: no words, only what they rest on.

Five kinds, in the order in which a supervisor is shown them: a rupture that stayed open, one that was taken up in a
later session, a repair that worked, a corrective experience, strain that was passed over. What later sessions say about
a moment is noted with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from attunement.case.findings import CarryOver, CaseFindings, Evidence, RepairFate, RuptureFate
from attunement.case.record import CaseSession
from attunement.episodes.model import Corrective, Episode, Moment, Repair, Rupture, SessionReading
from attunement.reports import words
from attunement.reports.findings import MISSED_AT

Kind = Literal["open", "late", "repaired", "corrective", "missed"]

LEAST_CONFIDENCE = 0.3  # of missed strain: that it was strain, and that it was missed
MOST_MISSED = 3  # a session
MOST_QUOTES = 3


def moments_of(session: CaseSession, findings: CaseFindings) -> list[dict[str, Any]]:
    """The moments of one session, in the order of its turns; `findings` are those of its case."""
    reading = session.reading
    assert reading is not None
    found = [
        *(_open_rupture(each, reading) for each in findings.threads.ruptures if _was_left(each, session)),
        *(_repaired(each, reading) for each in findings.threads.repairs if each.session == session.number),
        *(_corrective(each, _lived(each, session, findings), reading) for each in reading.correctives),
        *(_missed(each, reading) for each in missed_strain(reading)),
    ]
    return sorted(found, key=lambda moment: (moment["start"], moment["end"]))


def missed_strain(reading: SessionReading) -> tuple[Moment, ...]:
    """Strain that the therapist's answer passed over or made worse, outside ruptures, which tell of theirs."""
    found = [
        moment
        for moment in reading.attunement.moments
        if moment.call == "strain"
        and moment.missed + moment.harmed >= MISSED_AT
        and _chance_missed(moment) >= LEAST_CONFIDENCE
        and not any(rupture.start <= moment.turn <= rupture.end for rupture in reading.ruptures)
    ]
    return tuple(sorted(found, key=lambda moment: -_chance_missed(moment))[:MOST_MISSED])


# --- the kinds -- ---------------------------------------------------------------------------------------------------


def _was_left(fate: RuptureFate, session: CaseSession) -> bool:
    return fate.session == session.number and (fate.noticed != "in_session" or fate.rupture.resolution == "none")


def _open_rupture(fate: RuptureFate, reading: SessionReading) -> dict[str, Any]:
    rupture: Rupture = fate.rupture
    what = {"strain": rupture.kind, "fate": fate.noticed, "later": _places(filter(None, [fate.taken_up]))}
    return _moment("late" if fate.noticed == "late" else "open", rupture, reading) | what


def _repaired(fate: RepairFate, reading: SessionReading) -> dict[str, Any]:
    repair: Repair = fate.repair
    held = {True: "held", False: "came again", None: "open"}[fate.held]
    what = {"by": repair.initiated_by, "resolution": repair.resolution, "fate": held, "later": _places(fate.evidence)}
    return _moment("repaired", repair, reading) | what


def _corrective(corrective: Corrective, lived: list[Evidence], reading: SessionReading) -> dict[str, Any]:
    fate = "lived" if lived else ""
    return _moment("corrective", corrective, reading) | {
        "strength": corrective.strength,
        "fate": fate,
        "later": _places(lived),
    }


def _lived(corrective: Corrective, session: CaseSession, findings: CaseFindings) -> list[Evidence]:
    carried: Iterable[CarryOver] = findings.threads.carry_overs
    return [
        place
        for each in carried
        if each.experience_session == session.number and each.experience == corrective
        for place in each.lived
    ]


def _missed(moment: Moment, reading: SessionReading) -> dict[str, Any]:
    assert moment.reply is not None
    span = Episode(moment.turn, moment.reply, _chance_missed(moment), (moment.turn, moment.reply))
    return _moment("missed", span, reading) | {"hurt": moment.harmed > moment.missed, "fate": "", "later": []}


def _chance_missed(moment: Moment) -> float:
    return moment.weight * (moment.missed + moment.harmed)


# --- what all have ----------------------------------------------------------------------------------------------------


def _moment(kind: Kind, span: Episode, reading: SessionReading) -> dict[str, Any]:
    return {
        "kind": kind,
        "start": span.start,
        "end": span.end,
        "clock": words.clock_span(reading.session, span.start, span.end),
        "confidence": round(span.confidence, 3),
        "quotes": list(_quotes(span, reading)),
    }


def _quotes(span: Episode, reading: SessionReading) -> Iterator[dict[str, Any]]:
    for number in sorted(span.evidence[:MOST_QUOTES]):
        turn = reading.session.turns[number - 1]
        yield {"turn": number, "speaker": turn.speaker, "words": words.quote(turn.text)}


def _places(evidence: Iterable[Evidence]) -> list[dict[str, Any]]:
    return [{"session": each.session, "turns": list(each.turns)} for each in evidence]
