"""What is found in a case: plain data, each piece with the evidence it rests on and no way of showing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from attunement.case.record import Case, Event
from attunement.episodes.model import Corrective, Repair, Rupture

if TYPE_CHECKING:
    from attunement.case.inferred import InferredCourse
    from attunement.measures.alliance import AllianceCourse
    from attunement.measures.course import ExpectedCourse
    from attunement.measures.gains import SuddenGain


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something a person can look up: turns of a session, a score after it, or an event around it.

    `turns` are turn numbers of that session's transcript. `measure` names an instrument or one of the check-in's
    ratings, `value` is what the client gave.
    """

    session: int
    turns: tuple[int, ...] = ()
    measure: str | None = None
    value: float | None = None
    event: Event | None = None


# --- trajectories -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Point:
    """One value after or in one session; `low` and `high` bound it (95 %) where that is known."""

    session: int
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Trajectory:
    """One quantity over the sessions.

    `name` is the instrument's or one of `attunement`, `strain`, `openness` (shares of moments or of client turns, 0–1)
    or of the check-in's ratings, or `model_safety`, `model_strain`, `model_expectation` (inferred, with 80 % bands).
    `higher_is_better` gives the direction; `range` the possible values.
    """

    name: str
    kind: Literal["distress", "functioning", "wellbeing", "alliance", "check-in", "reading", "model"]
    range: tuple[float, float]
    higher_is_better: bool
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """How one questionnaire changed from the first to the last session at which it was answered.

    `index` is the change in units of its measurement error; `reliable` None where the instrument's reliability is not
    established. `category` combines it with the clinical cut-off, None where there is no cut-off. `gains` and `losses`
    are sudden ones.
    """

    instrument: str
    first: Point
    last: Point
    index: float | None
    reliable: Literal["improved", "deteriorated", "unchanged"] | None
    category: Literal["recovered", "improved", "unchanged", "deteriorated", "harmed"] | None
    gains: tuple[SuddenGain, ...] = ()
    losses: tuple[SuddenGain, ...] = ()
    expected: ExpectedCourse | None = None


# --- belief map -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Something lived in the therapy that spoke against a belief: a corrective episode, in this session."""

    session: int
    episode: Corrective


@dataclass(frozen=True, slots=True)
class Belief:
    """An expectation that returns: turns of one meaning over the sessions.

    `words` is the client turn that says it best, `voiced` all turns that voice it, strongest first. `strength` has a
    point a session: how strongly it shows, 0–1, not a percentage of belief. `loosened` says what moved: `experience`
    when it was contradicted and a new view followed with felt meaning, or it was lived outside; `insight` when it was
    understood only; `none`; None where one session alone can tell nothing.
    """

    words: Evidence
    voiced: tuple[Evidence, ...]
    confidence: float
    strength: tuple[Point, ...]
    contradicted: tuple[Contradiction, ...]
    new_views: tuple[Evidence, ...]
    lived_outside: tuple[Evidence, ...]
    understood: tuple[Evidence, ...]
    loosened: Literal["experience", "insight", "none"] | None


# --- across sessions --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RuptureFate:
    """A rupture and what became of it over the sessions.

    `noticed` is `open` when no later session has been read yet, so that late and missed cannot be told apart.
    `taken_up` is where it was taken up later; `confidence` (0–1) the chance that `noticed` is right.
    """

    session: int
    rupture: Rupture
    noticed: Literal["in_session", "late", "missed", "open"]
    taken_up: Evidence | None
    confidence: float


@dataclass(frozen=True, slots=True)
class CarryOver:
    """A corrective experience that went on living: a later turn tells of something done or met outside."""

    experience_session: int
    experience: Corrective
    lived: tuple[Evidence, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class RepairFate:
    """A repair and whether it held: no rupture of the same kind in the next sessions read, and the ratings kept up.

    `held` is None when there is no later session to tell from.
    """

    session: int
    repair: Repair
    held: bool | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Response:
    """What this therapist did after strain, and how often strain eased within the client's next turns.

    `code` is a therapist code; `eased` of `times`; `rate` and `interval` (95 %) are None under three times.
    """

    code: str
    times: float
    eased: float
    rate: float | None
    interval: tuple[float, float] | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Straining:
    """The client's usual way of straining: expected shares of its kinds, the commonest codes, and what helped.

    `kind` is None when there was too little strain, or no clear way. `codes` are (code, expected count).
    """

    kind: Literal["withdrawal", "confrontation"] | None
    withdrawal: float
    confrontation: float
    codes: tuple[tuple[str, float], ...]
    helped: tuple[Response, ...]


@dataclass(frozen=True)
class Threads:
    """What runs from one session to the next."""

    ruptures: tuple[RuptureFate, ...]
    carry_overs: tuple[CarryOver, ...]
    repairs: tuple[RepairFate, ...]
    straining: Straining


# --- where sources disagree, the frame, fit ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HiddenStrain:
    """Two sources that do not agree, given as a question; `kind` names the pattern.

    `confidence` (0–1) is the chance that the transcript says what is set against the other source, not that there is
    strain; None where both sources are the client's own ratings, which are simply as given.
    """

    kind: Literal[
        "rated_well_but_unsaid", "cheerful_after_vulnerable", "deferring", "ending_after_closeness", "sudden_reason"
    ]
    session: int
    question: str
    evidence: tuple[Evidence, ...]
    confidence: float | None


@dataclass(frozen=True, slots=True)
class FrameBeside:
    """Events of the frame that stand next to a dip in the alliance: beside, not because of."""

    session: int
    events: tuple[Event, ...]
    dip: Evidence


@dataclass(frozen=True, slots=True)
class Frame:
    """Safety and frame: what was agreed and kept, who was late or cancelled, how the therapist was.

    `agreements_kept` counts (kept, broken, not known).
    """

    agreements_kept: tuple[int, int, int]
    broken: tuple[Event, ...]
    late: tuple[Event, ...]
    cancelled: tuple[Event, ...]
    changed: tuple[Event, ...]
    therapist_strained: tuple[Event, ...]
    beside_dips: tuple[FrameBeside, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether rapport grows as it usually does, from session three on.

    `stage` is `too_early`, `growing`, `steady_high` (nothing to grow to), `talk_about_it`, or `consider_another` (it
    was talked about, or three more sessions went by, and it still does not grow).
    """

    stage: Literal["too_early", "growing", "steady_high", "talk_about_it", "consider_another"]
    slope: float | None
    interval: tuple[float, float] | None
    talked_about: tuple[Evidence, ...]
    evidence: tuple[Evidence, ...]


# --- alerts and the page for the next session -------------------------------------------------------------------------

AlertKind = Literal[
    "ending_risk",
    "deterioration",
    "unrepaired_rupture",
    "probable_rupture",
    "not_on_track",
    "hidden_strain",
    "no_gain_in_safety",
]


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to look at before the next session, and one step that might help.

    `says` is one sentence; `confidence` a chance (0–1), None where the field has no figure, and then `basis` says what
    it rests on. `next_step` follows the order of the repair literature: make room and validate, explore, then change
    what is done. `urgency` (0–1) is what alerts are ranked by.
    """

    kind: AlertKind
    says: str
    evidence: tuple[Evidence, ...]
    confidence: float | None
    basis: str
    next_step: str
    urgency: float


@dataclass(frozen=True, slots=True)
class OpenThread:
    """Something left open, in the client's own words: `words` is the turn to quote, `why` one sentence."""

    words: Evidence | None
    title: str
    why: str
    might: str


@dataclass(frozen=True)
class BeforeNext:
    """One page before the next session: what was left open, what to take up, what has helped, what to hold on to."""

    session: int
    left_open: tuple[OpenThread, ...]
    helped_before: tuple[Response, ...]
    strengths: tuple[Evidence, ...]


# --- all of it --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CaseFindings:
    """Everything found in a case. `alliance` is None where no ratings of the alliance were given.

    `inferred` is what the model of the dyad makes of it, None where it was not asked; its courses are among the
    trajectories, of the kind `model`.
    """

    case: Case
    trajectories: tuple[Trajectory, ...]
    changes: tuple[MeasureChange, ...]
    alliance: AllianceCourse | None
    beliefs: tuple[Belief, ...]
    threads: Threads
    hidden: tuple[HiddenStrain, ...]
    frame: Frame
    fit: Fit
    alerts: tuple[Alert, ...]
    before_next: BeforeNext
    inferred: InferredCourse | None = None

    def trajectory(self, name: str) -> Trajectory | None:
        """The trajectory of this name, None where there is none."""
        return next((each for each in self.trajectories if each.name == name), None)
