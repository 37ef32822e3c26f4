"""How each quantity moves over the sessions: what the readings show, and what the client answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from attunement.case.findings import Point, Trajectory
from attunement.case.record import Case, CaseSession
from attunement.codebook import OPENING
from attunement.coder import CodeTable
from attunement.measures.answers import Score

FEWEST_TURNS = 5  # of the client; below it a share says nothing
Chances = npt.NDArray[np.float32]


def trajectories_of(case: Case) -> tuple[Trajectory, ...]:
    """Questionnaires and check-in as answered, then attunement, strain and openness as read; none without a point.

    Attunement is the share of moments met. Strain and openness are expected shares of the client's turns: in which they
    move away or against, and in which they show a feeling or take a risk. Their bounds tell how unsure the coder is of
    these turns, not how far it may be wrong altogether.
    """
    found = [*_answered(case), *_read(case)]
    return tuple(each for each in found if each.points)


def _read(case: Case) -> Iterator[Trajectory]:
    yield _reading("attunement", True, [_attunement(session) for session in case.read])
    yield _reading("strain", False, [_share(session, _strain) for session in case.read])
    yield _reading("openness", True, [_share(session, _openness) for session in case.read])


def _reading(name: str, higher_is_better: bool, points: Sequence[Point | None]) -> Trajectory:
    return Trajectory(name, "reading", (0.0, 1.0), higher_is_better, tuple(p for p in points if p is not None))


def _attunement(session: CaseSession) -> Point | None:
    assert session.reading is not None
    attunement = session.reading.attunement
    if attunement.rate is None or attunement.interval is None:
        return None
    return Point(session.number, attunement.rate, *attunement.interval)


def _share(session: CaseSession, chance: Callable[[CodeTable], Chances]) -> Point | None:
    """The expected share of client turns, with 95 % bounds as if turns were independent given their chances."""
    assert session.reading is not None
    of_turns = chance(session.reading.table)
    of_turns = of_turns[np.isfinite(of_turns)]
    if len(of_turns) < FEWEST_TURNS:
        return None
    share = float(of_turns.mean())
    half = 1.96 * float(np.sqrt((of_turns * (1 - of_turns)).sum())) / len(of_turns)
    return Point(session.number, share, max(0.0, share - half), min(1.0, share + half))


def _strain(table: CodeTable) -> Chances:
    return table.group("strain")


def _openness(table: CodeTable) -> Chances:
    closed = np.prod([1 - table.column(code) for code in OPENING], axis=0)
    return np.asarray(1 - closed, dtype=np.float32)


def _answered(case: Case) -> Iterator[Trajectory]:
    """One trajectory a score: totals under the instrument's name, the check-in's ratings under their own."""
    for name, subscale in dict.fromkeys((score.instrument, score.subscale) for score in case.scores):
        instrument = case.instrument(name)
        # Of questionnaires the total is followed, of the check-in its ratings: its mean would hide what stayed unsaid.
        if instrument is None or (subscale is None) == (instrument.domain == "check-in"):
            continue
        scale = instrument.scale(subscale)
        yield Trajectory(
            name=subscale or name,
            kind=instrument.domain,
            range=(scale.low, scale.high),
            higher_is_better=scale.higher_is_better,
            points=tuple(_points(case.scores.of(name, subscale))),
        )


def _points(scores: Sequence[Score]) -> Iterator[Point]:
    for score in scores:
        if score.session is not None and score.value is not None:
            yield Point(score.session, score.value)
