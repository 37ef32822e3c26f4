"""Whether a repair held: what came in the sessions after it."""

from __future__ import annotations

from collections.abc import Iterator

from attunement.case.findings import Evidence, RepairFate, Trajectory
from attunement.case.record import Case, CaseSession
from attunement.case.trajectories import trajectories_of
from attunement.episodes.model import Repair, Rupture, SessionReading

NEXT_SESSIONS = 2  # read after the repair
# A rating of the alliance is lower when it fell by more than this share of its range: one point of ten.
NOTABLE_FALL = 0.1
# What the client answers about the alliance in the check-in; `unsaid` is no rating of it.
CHECK_IN_ALLIANCE = ("understood", "safe", "goals", "fit")


def repair_fates(case: Case) -> tuple[RepairFate, ...]:
    """The fate of every repair that mended something, in their order; one that mended nothing has nothing to hold.

    It did not hold when one of the next two sessions read has a rupture of the kind that was repaired (a mixed one is
    of both kinds), or when an alliance rating after them is lower by more than a tenth of its range. The evidence is
    what speaks against it, or else the sessions that came after; None in place of yes or no when there are none.
    """
    ratings = _alliance(case)
    return tuple(
        _fate(session, repair, case.read[place + 1 :][:NEXT_SESSIONS], ratings)
        for place, session in enumerate(case.read)
        for repair in _reading(session).repairs
        if repair.resolution != "none"
    )


def _fate(
    session: CaseSession, repair: Repair, after: tuple[CaseSession, ...], ratings: list[Trajectory]
) -> RepairFate:
    if not after:
        return RepairFate(session.number, repair, None, ())
    against = (*_ruptures_again(session, repair, after), *_falls(session, after, ratings))
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


def _falls(session: CaseSession, after: tuple[CaseSession, ...], ratings: list[Trajectory]) -> Iterator[Evidence]:
    for rating in ratings:
        values = {point.session: point.value for point in rating.points}
        before = values.get(session.number)
        for number in (each.number for each in after if each.number in values):
            if before is not None and _fell(before, values[number], rating):
                yield Evidence(number, measure=rating.name, value=values[number])


def _fell(before: float, now: float, rating: Trajectory) -> bool:
    low, high = rating.range
    fall = before - now if rating.higher_is_better else now - before
    return fall > NOTABLE_FALL * (high - low) + 1e-9


def _alliance(case: Case) -> list[Trajectory]:
    return [each for each in trajectories_of(case) if each.kind == "alliance" or each.name in CHECK_IN_ALLIANCE]


def _reading(session: CaseSession) -> SessionReading:
    assert session.reading is not None
    return session.reading
