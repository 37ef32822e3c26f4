"""The course a reference lets one expect of a client; sessions are counted from intake, which is session 0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from attunement.measures.course.reference import ReferenceCourse

Judgement = Literal["on track", "not on track"]
Against = Literal["intake", "sessions before"]

MADE_UP = "Made-up reference: shows the mechanism, do not act on it."


@dataclass(frozen=True, slots=True)
class Prediction:
    """The score expected at a session and the band around it, within the ends of the scale."""

    session: int
    predicted: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class JudgedSession:
    """One session's score beside what was expected before it.

    `limit` is the score beyond which the session is not on track. `judgement` is `None`, cannot tell, where `reason`
    says why; then there may be no prediction either.
    """

    session: int
    score: float | None
    prediction: Prediction | None
    limit: float | None
    judgement: Judgement | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class ExpectedCourse:
    """A client's scores beside the course of the reference sample; decision support, no verdict on a therapy.

    `judgement` is that of the last session with a score. `forecast` goes on from all scores so far (empirical Bayes).
    `sentence` says it in words; `caution` is not `None` where the reference is made up, and belongs beside every use.
    """

    reference: ReferenceCourse
    false_alarm_rate: float
    level: float
    against: Against
    sessions: tuple[JudgedSession, ...]
    forecast: tuple[Prediction, ...]
    judgement: Judgement | None
    sentence: str
    caution: str | None

    @property
    def first_alarm(self) -> int | None:
        """The first session judged not on track."""
        return next((each.session for each in self.sessions if each.judgement == "not on track"), None)
