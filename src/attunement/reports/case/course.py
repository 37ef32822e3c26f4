"""What the time line of a case shows, before anyone draws it: lanes of values, rows of marks, a column a session."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from attunement.case.findings import CaseFindings, Point, RuptureFate, Trajectory
from attunement.case.record import Case, Event
from attunement.measures.alliance import check_in_alliance
from attunement.measures.gains import SuddenGain
from attunement.reports import words
from attunement.reports.case import wording
from attunement.reports.case.change import gain_in_words

Row = Literal["steps", "ratings", "ruptures", "corrective", "events"]
Family = Literal["distress", "alliance", "unsaid", "attunement", "strain", "openness", "model"]
RuptureSign = Literal["in_session", "late", "missed", "open"]
EventSign = Literal["late_start", "cancelled", "fee", "room", "break", "kept", "broken", "agreed", "state"]
Sign = Literal["gain", "loss", "drop", "back", RuptureSign, "full", "partial", EventSign]
MOST_COLUMNS = 200  # beyond it, only sessions of which something is known have a column


@dataclass(frozen=True, slots=True)
class Lane:
    """One quantity; `family` says where and how it is drawn, `range` its possible values, lowest first."""

    family: Family
    label: str
    range: tuple[float, float]
    higher_is_better: bool
    points: tuple[Point, ...]

    def share(self, value: float) -> float:
        """Where in the range a value lies, 0–1."""
        low, high = self.range
        return min(1.0, max(0.0, (value - low) / (high - low))) if high > low else 0.5


@dataclass(frozen=True, slots=True)
class Mark:
    """Something in or around a session: `short` for the picture, `long` a sentence without its full stop.

    `measure` is the label of the lane it belongs to, None where it belongs to the session.
    """

    session: int
    row: Row
    sign: Sign
    short: str
    long: str
    measure: str | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """Lanes and marks over `sessions`, which has a number for every column."""

    sessions: tuple[int, ...]
    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...]

    def of(self, row: Row, session: int | None = None) -> list[Mark]:
        """The marks of one row, of one session if it is named."""
        return [mark for mark in self.marks if mark.row == row and session in (None, mark.session)]


def course(findings: CaseFindings) -> Course:
    """Gather lanes and marks."""
    lanes, marks = tuple(_lanes(findings)), tuple(_marks(findings))
    known = {session.number for session in findings.case.sessions}
    known |= {point.session for lane in lanes for point in lane.points} | {mark.session for mark in marks}
    return Course(_columns(sorted(known)), lanes, marks)


def _columns(known: list[int]) -> tuple[int, ...]:
    if not known or known[-1] - known[0] >= MOST_COLUMNS:
        return tuple(known)
    return tuple(range(known[0], known[-1] + 1))


def _lanes(findings: CaseFindings) -> Iterator[Lane]:
    for each in findings.trajectories:
        if each.kind in ("distress", "functioning", "wellbeing"):
            yield _lane("distress", each, findings.case)
    yield from _alliance(findings)
    families: tuple[Family, ...] = ("unsaid", "attunement", "strain", "openness")
    for family in families:
        if (found := findings.trajectory(family)) and found.points:
            yield _lane(family, found, findings.case)
    yield from (_lane("model", each, findings.case) for each in findings.trajectories if each.kind == "model")


def _lane(family: Family, each: Trajectory, case: Case) -> Lane:
    return Lane(family, wording.measure(each.name, case), each.range, each.higher_is_better, each.points)


def _alliance(findings: CaseFindings) -> Iterator[Lane]:
    """The questionnaires of the alliance; without any, the mean of the check-in's ratings without `unsaid`."""
    questionnaires = [each for each in findings.trajectories if each.kind == "alliance"]
    if questionnaires:
        yield from (_lane("alliance", each, findings.case) for each in questionnaires)
    elif points := _mean(findings.trajectories):
        yield Lane("alliance", wording.CHECK_IN["check_in"], (0, 10), True, points)


def _mean(trajectories: Iterable[Trajectory]) -> tuple[Point, ...]:
    given: dict[int, dict[str, float | None]] = {}
    for each in trajectories:
        if each.kind == "check-in":
            for point in each.points:
                given.setdefault(point.session, {})[each.name] = point.value
    means = {session: check_in_alliance(answers).alliance for session, answers in sorted(given.items())}
    return tuple(Point(session, mean) for session, mean in means.items() if mean is not None)


def _marks(findings: CaseFindings) -> Iterator[Mark]:
    yield from _steps(findings)
    yield from _drops(findings)
    yield from (_rupture(fate) for fate in findings.threads.ruptures)
    yield from _correctives(findings)
    yield from (_event(event) for event in findings.case.events)


def _steps(findings: CaseFindings) -> Iterator[Mark]:
    for change in findings.changes:
        trajectory = findings.trajectory(change.instrument)
        sessions = [point.session for point in trajectory.points] if trajectory else []
        name = wording.measure(change.instrument, findings.case)
        for gain in change.gains:
            yield _step(gain, "gain", name, sessions)
        for loss in change.losses:
            yield _step(loss, "loss", name, sessions)


def _step(step: SuddenGain, sign: Literal["gain", "loss"], name: str, sessions: list[int]) -> Mark:
    after = next((each for each in sessions if each > step.after_session), step.after_session + 1)
    long = f"{name}: {gain_in_words(step, sign).rstrip('.')}"
    return Mark(after, "steps", sign, f"sudden {sign}", long, measure=name)


def _drops(findings: CaseFindings) -> Iterator[Mark]:
    alliance = findings.alliance
    for fall in (alliance and alliance.ruptures) or ():
        yield Mark(fall.session, "ratings", "drop", "drop", "Probable rupture: a drop in ratings, an unreliable marker")
    for repair in (alliance and alliance.repairs) or ():
        yield Mark(
            repair.session,
            "ratings",
            "back",
            "back",
            f"Ratings back after the drop of session {repair.rupture_session}",
        )


def _rupture(fate: RuptureFate) -> Mark:
    short = {"in_session": "taken up", "late": "later", "missed": "not yet", "open": "unknown"}[fate.noticed]
    where = words.turns(fate.rupture.start, fate.rupture.end)
    long = f"Rupture ({fate.rupture.kind}, {where}), {wording.TAKEN_UP[fate.noticed]}"
    return Mark(fate.session, "ruptures", fate.noticed, short, long)


def _correctives(findings: CaseFindings) -> Iterator[Mark]:
    for session in findings.case.read:
        assert session.reading is not None
        for each in session.reading.correctives:
            long = f"Corrective experience ({each.strength}), {words.turns(each.start, each.end)}, "
            yield Mark(
                session.number, "corrective", each.strength, each.strength, long + words.confidence(each.confidence)
            )


def _event(event: Event) -> Mark:
    sign: Sign
    if event.kind == "agreement":
        sign = "agreed" if event.kept is None else "kept" if event.kept else "broken"
    else:
        sign = {"late": "late_start", "therapist_state": "state"}.get(event.kind, event.kind)  # type: ignore[assignment]
    short = {"late_start": "late", "broken": "not kept", "state": event.state or "state"}.get(sign, sign)
    return Mark(event.session, "events", sign, short, words.sentence(wording.event(event)))
