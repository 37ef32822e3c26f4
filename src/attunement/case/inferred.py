"""A case as the model of therapist and client sees it: its answers and readings in, the inferred course out.

What the client rated (alliance questionnaire, else the check-in's mean) goes in on 0–10; the questionnaire answered
most often that has a clinical norm, as standard deviations from that norm's mean, high is bad; and from each reading
how many client turns that called for attunement were missed or hurt, and how many ruptures and repairs there were. (Not
how many called for it: strain calls too, and that is no opening in the model's sense.)
Everything that comes out is the model's, not observed, and has not been validated on real therapies.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from attunement.case.findings import Point, Trajectory
from attunement.case.rapport import Rapport, rapport_of, short_title
from attunement.case.record import Case, CaseSession
from attunement.measures.instruments import Instrument

if TYPE_CHECKING:
    from attunement.dyad.inference import Bands, Coded, Inferred, Observed

CAUTION = "Model output: inferred, not observed, and not validated on real therapies."
NOT_INSTALLED = "Inferring the course needs jax; install it with: pip install 'attunement[dyad]'"
BAND = 0.8
HIGHEST = 10.0  # of the model's ratings
FURTHEST = 6.0  # SD; what lies beyond tells no more
OF_DISTRESS = ("distress", "functioning", "wellbeing")


@dataclass(frozen=True)
class InferredCourse:
    """The model's view of one therapy, ready to be drawn; show `caution` beside it, and `warning` where there is one.

    Each point of `safety`, `strain` (1 and more: a rupture, drawn at 1) and `expectation` (strength of the old one) is
    0–1 as the session ended: the median, and the ends of the band that holds it with 80 %. `next_rating` (0–10) and
    `next_distress` (points of `questionnaire`) are bands of the same kind for the session after the last known;
    `ending_within_two` is the chance (0–1) that the client leaves after the last session known or the next. `sources`
    says in words what it rests on; `warning` that the model does not fit this case.
    """

    safety: tuple[Point, ...]
    strain: tuple[Point, ...]
    expectation: tuple[Point, ...]
    next_rating: Point
    next_distress: Point | None
    questionnaire: str | None
    ending_within_two: float
    sources: tuple[str, ...]
    warning: str | None
    caution: str = CAUTION


def inferred_of(case: Case) -> InferredCourse | None:
    """How safety, strain and the old expectation moved, as the model infers it from all that is known of the case.

    None when too little is known or the extra `dyad` is not installed; `why_not_inferred` says which.
    """
    if find_spec("jax") is None:
        return None
    from attunement.dyad.inference import infer

    observed = observed_of(case)
    found = infer(observed)
    return None if found is None else _course(case, observed, found)


def courses_of(inferred: InferredCourse | None) -> tuple[Trajectory, ...]:
    """The three inferred courses as trajectories, to stand beside what was observed."""
    if inferred is None:
        return ()
    courses = (
        ("model_safety", True, inferred.safety),
        ("model_strain", False, inferred.strain),
        ("model_expectation", False, inferred.expectation),
    )
    return tuple(Trajectory(name, "model", (0.0, 1.0), better, points) for name, better, points in courses)


def why_not_inferred(case: Case) -> str | None:
    """Why `inferred_of` gives None, in a sentence; None when it gives a course."""
    if find_spec("jax") is None:
        return NOT_INSTALLED
    from attunement.dyad.inference import why_not

    return why_not(observed_of(case))


def observed_of(case: Case) -> Observed:
    """The case in the model's terms; needs the extra `dyad`."""
    from attunement.dyad.inference import Observed

    last = max([session.number for session in case.sessions], default=0)
    rapport, asked = rapport_of(case), distress_questionnaire(case)
    ratings = {} if rapport is None else _ratings(rapport)
    distress = {} if asked is None else _standardised(case, asked)
    coded = {session.number: _coded(session) for session in case.read}
    numbers = range(1, max([last, *ratings, *distress]) + 1) if last or ratings or distress else range(0)
    return Observed(
        ratings=[ratings.get(number) for number in numbers],
        distress=[distress.get(number) for number in numbers],
        coded=[coded.get(number) for number in numbers],
    )


def distress_questionnaire(case: Case) -> Instrument | None:
    """The questionnaire of distress answered most often, of those with a clinical norm; None where there is none."""
    usable = [
        each
        for each in case.instruments
        if each.domain in OF_DISTRESS and each.total.norm("clinical") is not None and case.totals(each.name)
    ]
    return max(usable, key=lambda each: len(case.totals(each.name)), default=None)


def _standardised(case: Case, asked: Instrument) -> dict[int, float]:
    """In SD of the clinical norm from its mean, high is bad."""
    mean, sd = _norm(asked)
    scores = {session: (value - mean) / sd for session, value in case.totals(asked.name).items()}
    return {session: min(max(score, -FURTHEST), FURTHEST) for session, score in scores.items()}


def _norm(asked: Instrument) -> tuple[float, float]:
    """Mean and standard deviation of the clinical norm; the latter negative where high scores are good."""
    norm = asked.total.norm("clinical")
    assert norm is not None
    return norm.mean, -norm.sd if asked.higher_is_better else norm.sd


def _ratings(rapport: Rapport) -> dict[int, float]:
    low, high = rapport.range
    shares = {point.session: (point.value - low) / (high - low) for point in rapport.points}
    return {session: HIGHEST * min(max(share, 0.0), 1.0) for session, share in shares.items()}


def _coded(session: CaseSession) -> Coded:
    from attunement.dyad.inference import Coded

    reading = session.reading
    assert reading is not None
    answers = [max(("met", "missed", "harmed"), key=lambda how: getattr(m, how)) for m in reading.attunement.moments]
    exchanges = max(1, sum(turn.speaker == "client" for turn in reading.session.turns))
    return Coded(
        exchanges=exchanges,
        missed=answers.count("missed"),
        harmed=answers.count("harmed"),
        ruptures=min(exchanges, len(reading.ruptures)),
        repairs=min(exchanges, sum(repair.resolution != "none" for repair in reading.repairs)),
    )


def _course(case: Case, observed: Observed, found: Inferred) -> InferredCourse:
    after, asked = found.sessions + 1, distress_questionnaire(case)
    return InferredCourse(
        safety=_points(found.safety),
        strain=_points(found.strain),
        expectation=_points(found.expectation),
        next_rating=_point(after, found.next_rating),
        next_distress=None if asked is None else _in_points(after, found.next_distress, asked),
        questionnaire=None if asked is None else asked.name,
        ending_within_two=found.ending_within_two,
        sources=tuple(_sources(case, observed, asked)),
        warning=found.warning,
    )


def _points(bands: Bands) -> tuple[Point, ...]:
    low, high = bands.band(BAND)
    rows = zip(bands.median, low, high, strict=True)
    return tuple(Point(number, *(min(1.0, float(end)) for end in row)) for number, row in enumerate(rows, start=1))


def _point(session: int, bands: Bands) -> Point:
    low, high = bands.band(BAND)
    return Point(session, float(bands.median), float(low), float(high))


def _in_points(session: int, bands: Bands, asked: Instrument) -> Point:
    """Back on the questionnaire's own scale, within its ends."""
    mean, sd = _norm(asked)
    point = _point(session, bands)
    ends = [mean + sd * float(each or 0.0) for each in (point.low, point.value, point.high)]
    low, value, high = sorted(min(max(end, asked.low), asked.high) for end in ends)
    return Point(session, value, low, high)


def _sources(case: Case, observed: Observed, asked: Instrument | None) -> list[str]:
    rated = sum(rating is not None for rating in observed.ratings)
    answered = sum(score is not None for score in observed.distress)
    rapport = rapport_of(case)
    said = [] if rapport is None else [f"{rapport.title} after {rated} sessions"]
    said += [] if asked is None else [f"{short_title(asked)} at {answered} sessions"]
    return said + ([f"{len(case.read)} sessions read"] if case.read else [])
