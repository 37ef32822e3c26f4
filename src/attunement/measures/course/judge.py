"""The expected course of one client, and whether each session was on track."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from attunement.errors import InputError
from attunement.measures.course.model import MADE_UP, Against, ExpectedCourse, JudgedSession, Judgement, Prediction
from attunement.measures.course.predict import expected
from attunement.measures.course.reference import ReferenceCourse
from attunement.measures.course.sample import Floats, Places
from attunement.measures.course.scores import ends, read_scores
from attunement.measures.course.sentence import sentence

# A first score that hardly anybody of the reference had: its curve says nothing about this client.
FURTHEST_FIRST_SCORE = 3.0


@dataclass(frozen=True, slots=True)
class _Terms:
    """What a session is judged by."""

    reference: ReferenceCourse
    false_alarm_rate: float
    level: float
    against: Against
    first_session: int


def expected_course(
    scores: Sequence[float | None],
    reference: ReferenceCourse,
    *,
    false_alarm_rate: float = 0.1,
    level: float | None = None,
    against: Against = "intake",
    instrument: str | None = None,
    sessions_ahead: int = 4,
    first_session: int = 0,
) -> ExpectedCourse:
    """A client's scores beside what the reference let one expect before each session.

    A session is not on track when its score is worse than all but a share `false_alarm_rate` of clients like this one
    would have had; so of the sessions of clients who follow the reference exactly that share is called so. Over many
    sessions a client is more likely to be called so once (see docs/expected-course.md).

    Args:
        scores: one a session counted from intake, which comes first; `None` (or NaN) where there is none.
        reference: fitted on a sample like this client's therapy.
        false_alarm_rate: a session's, between 0 and .5.
        level: of the bands; by default 1 - 2 · `false_alarm_rate`, so that the limit is the worse end of the band.
        against: "intake" expects each session from the first score alone, so that a slow drift shows; "sessions
            before" expects it from all scores before it, so that only a sudden turn does.
        instrument: of the scores; refused when the reference has another.
        sessions_ahead: how far the forecast goes on.
        first_session: what the session of the first score is called: 1 for who counts sessions from 1.

    Raises:
        InputError: a score is no number or outside the scale, the instruments differ, or an argument is out of range.
    """
    _check(reference, false_alarm_rate, level, against, instrument)
    values = read_scores(scores, reference, first_session)
    level = 1 - 2 * false_alarm_rate if level is None else level
    terms = _Terms(reference, false_alarm_rate, level, against, first_session)
    judged = tuple(_judged(values, place, terms) for place in range(len(values)))
    last = next((each for each in reversed(judged) if each.score is not None), None)
    return ExpectedCourse(
        reference=reference,
        false_alarm_rate=false_alarm_rate,
        level=level,
        against=against,
        sessions=judged,
        forecast=_forecast(values, sessions_ahead, terms),
        judgement=None if last is None else last.judgement,
        sentence=sentence(last, reference, level),
        caution=MADE_UP if reference.is_made_up else None,
    )


def _judged(values: Floats, place: int, terms: _Terms) -> JudgedSession:
    """The score at a place beside what the scores before it let one expect."""
    session = place + terms.first_session
    score = None if np.isnan(values[place]) else float(values[place])
    seen = np.flatnonzero(~np.isnan(values[:place]))
    if reason := _why_not(values, seen, place, terms.reference):
        return JudgedSession(session, score, None, None, None, reason)
    seen = seen[:1] if terms.against == "intake" else seen
    mean, sd = (float(each[0]) for each in expected(terms.reference, seen, values[seen], np.array([place])))
    worse = 1 if terms.reference.better == "lower" else -1
    limit = mean + worse * NormalDist().inv_cdf(1 - terms.false_alarm_rate) * sd
    prediction = _prediction(session, mean, sd, terms)
    if score is None:
        return JudgedSession(session, None, prediction, limit, None, "no score")
    judgement: Judgement = "not on track" if worse * (score - limit) > 0 else "on track"
    return JudgedSession(session, score, prediction, limit, judgement, None)


def _why_not(values: Floats, seen: Places, place: int, reference: ReferenceCourse) -> str | None:
    """Why nothing can be expected at a place."""
    if len(seen) == 0:
        return "there is no score before it"
    if place > reference.last_session:
        return f"the reference ends {reference.last_session} sessions after intake"
    mean, sd = expected(reference, seen[:0], values[:0], seen[:1])
    if abs(values[seen[0]] - mean[0]) > FURTHEST_FIRST_SCORE * sd[0]:
        return "hardly anybody of the reference began with such a score"
    return None


def _forecast(values: Floats, sessions_ahead: int, terms: _Terms) -> tuple[Prediction, ...]:
    """What all scores so far let one expect of the sessions to come, as far as the reference goes."""
    seen = np.flatnonzero(~np.isnan(values))
    ahead = np.arange(len(values), min(len(values) + sessions_ahead, terms.reference.last_session + 1))
    if len(ahead) == 0 or _why_not(values, seen, len(values), terms.reference):
        return ()
    means, sds = expected(terms.reference, seen, values[seen], ahead)
    return tuple(
        _prediction(int(place) + terms.first_session, float(mean), float(sd), terms)
        for place, mean, sd in zip(ahead, means, sds, strict=True)
    )


def _prediction(session: int, mean: float, sd: float, terms: _Terms) -> Prediction:
    reach = NormalDist().inv_cdf((1 + terms.level) / 2) * sd
    low, high = ends(terms.reference)
    inside = [min(max(value, low), high) for value in (mean, mean - reach, mean + reach)]
    return Prediction(session, *inside)


def _check(
    reference: ReferenceCourse, rate: float, level: float | None, against: Against, instrument: str | None
) -> None:
    if not 0 < rate < 0.5:
        raise InputError(f"false_alarm_rate is {rate}: write a number between 0 and 0.5")
    if level is not None and not 0 < level < 1:
        raise InputError(f"level is {level}: write a number between 0 and 1")
    if against not in ("intake", "sessions before"):
        raise InputError(f"against is {against!r}: write 'intake' or 'sessions before'")
    if instrument and reference.instrument and not reference.is_of(instrument):
        raise InputError(
            f"the scores are of {instrument}, the reference of {reference.instrument}: "
            "fit a reference of the same instrument, or stretch this one knowingly with scaled_to"
        )
