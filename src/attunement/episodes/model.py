"""What the finder reports: spans of turns with their kind, evidence and confidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from attunement.coder.table import CodeTable
from attunement.transcripts.session import Session

Resolution = Literal["none", "partial", "full"]
Component = Literal["exposure", "disconfirmation", "registration", "meaning", "carryover"]


@dataclass(frozen=True, slots=True)
class Episode:
    """A span of turns, `start` and `end` inclusive and counted from 1.

    `confidence` (0–1) is the calibrated chance that a careful reader marks an episode of this type here.
    `evidence` are the turns it rests on, most telling first.
    """

    start: int
    end: int
    confidence: float
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rupture(Episode):
    """Strain in the relationship that lasts.

    Within one session a rupture is noticed `in_session` or `not_taken_up`; whether it is taken up later can only
    be told from later sessions. `noticed_by` says who first took it up.
    """

    kind: Literal["withdrawal", "confrontation", "mixed"]
    cause: str
    noticed: Literal["in_session", "not_taken_up"]
    noticed_by: Literal["therapist", "client"] | None
    resolution: Resolution


@dataclass(frozen=True, slots=True)
class Repair(Episode):
    """The strain is taken up between the two."""

    initiated_by: Literal["therapist", "client"]
    resolution: Resolution


@dataclass(frozen=True, slots=True)
class Corrective(Episode):
    """An old expectation, alive and felt, is contradicted by what happens with this therapist."""

    components: tuple[Component, ...]
    strength: Literal["partial", "full"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A client turn that called for attunement, and what the next therapist turn did with it.

    `turn` is the client's, `reply` the therapist's turn number (`None` if the session ends first). The three
    probabilities add to one. `call` says what called: `feeling`, `risk` or `strain`.
    """

    turn: int
    reply: int | None
    call: Literal["feeling", "risk", "strain"]
    weight: float
    met: float
    missed: float
    harmed: float


@dataclass(frozen=True, slots=True)
class Attunement:
    """How often the therapist met the moments that called for it.

    `rate` is the expected share of moments met (0–1), `None` when fewer than three moments called for it;
    `interval` its 95 % interval. `line` is the running rate at every turn (None where nothing is known yet).
    """

    rate: float | None
    interval: tuple[float, float] | None
    moments: tuple[Moment, ...]
    line: tuple[float | None, ...]


@dataclass(frozen=True)
class SessionReading:
    """Everything found in one session, without any way of showing it.

    `insights` are the turns of understanding that belong to no corrective episode: insight alone is not change.
    """

    session: Session
    table: CodeTable
    ruptures: tuple[Rupture, ...]
    repairs: tuple[Repair, ...]
    correctives: tuple[Corrective, ...]
    attunement: Attunement
    insights: tuple[int, ...]
