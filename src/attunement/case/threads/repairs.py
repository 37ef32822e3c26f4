"""Whether a repair held: what came in the sessions after it."""

from __future__ import annotations

from collections.abc import Iterator

from attunement.case.findings import Evidence, RepairFate
from attunement.case.rapport import Rapport, rapport_of
from attunement.case.record import Case, CaseSession
from attunement.episodes.model import Repair, Rupture, SessionReading

NEXT_SESSIONS = 2  # read after the repair
# The rating of the alliance is lower when it fell by more than this share of its range: one point of ten.
NOTABLE_FALL = 0.1


def repair_fates(case: Case) -> tuple[RepairFate, ...]:
    """The fate of every repair that mended something, in their order; one that mended nothing has nothing to hold.

    It did not hold when one of the next two sessions read has a rupture of the kind that was repaired (a mixed one is
    of both kinds), or when the alliance rating after one is lower by more than a tenth of its range. The evidence is
    what speaks against it, or else the sessions that came after; None in place of yes or no when there are none.
    """
    rapport = rapport_of(case)
    return tuple(
        _fate(session, repair, case.read[place + 1 :][:NEXT_SESSIONS], rapport)
        for place, session in enumerate(case.read)
        for repair in _reading(session).repairs
        if repair.resolution != "none"
    )


def _fate(session: CaseSession, repair: Repair, after: tuple[CaseSession, ...], rapport: Rapport | None) -> RepairFate:
    if not after:
        return RepairFate(session.number, repair, None, ())
    against = (*_ruptures_again(session, repair, after), *_falls(session, after, rapport))
    evidence = against or tuple(Evidence(each.number) for each in after)
    return RepairFate(session.number, repair, not against, evidence)


def _ruptures_again(session: CaseSession, repair: Repair, after: tuple[CaseSession, ...]) -> Iterator[Evidence]:
    repaired = [each.kind for each in _reading(session).ruptures if each.start <= repair.end]
    for later in after:
        for rupture in _reading(later).ruptures:
            if not repaired or _same_kind(repaired[-1], rupture):
                yield Evidence(later.number, rupture.evidence)


def _same_kind(kind: str, rupture: Rupture) -> bool:
    return kind == rupture.kind or "mixed" in (kind, rupture.kind)


def _falls(session: CaseSession, after: tuple[CaseSession, ...], rapport: Rapport | None) -> Iterator[Evidence]:
    before = rapport.at(session.number) if rapport else None
    if rapport is None or before is None:
        return
    for number in (each.number for each in after):
        now = rapport.at(number)
        # The last term is for sums of tenths that come out a hair too large.
        if now is not None and before - now > NOTABLE_FALL * rapport.width + 1e-9:
            yield rapport.evidence(number)


def _reading(session: CaseSession) -> SessionReading:
    assert session.reading is not None
    return session.reading
