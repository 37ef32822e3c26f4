"""What simple rules predict of the next score: the last one, a random walk, the growth model of `measures`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from attunement.measures.course import ReferenceCourse, fit_reference
from attunement.measures.course.predict import expected
from benchmarks.dyad_figures.scores import Exactly, Normal, Prediction

Course = dict[int, float]  # scores by session, numbered from 1
RULES = ("last value", "random walk", "growth model")
ELSEWHERE = "growth model, of simulated clients"


@dataclass(frozen=True)
class Baselines:
    """Rules fitted to other clients' courses; `elsewhere` is a growth model of clients of another kind."""

    step: float
    growth: ReferenceCourse
    elsewhere: ReferenceCourse | None = None

    @classmethod
    def fitted(cls, courses: list[Course], *, better: str) -> Baselines:
        """The walk's step is the spread of changes from one score to the next."""
        changes = np.concatenate([np.diff(list(course.values())) for course in courses])
        rows = [(who, session - 1, score) for who, course in enumerate(courses) for session, score in course.items()]
        frame = pd.DataFrame(rows, columns=["id", "session", "score"])
        return cls(float(np.sqrt(np.mean(changes**2))), fit_reference(frame, better=better))  # type: ignore[arg-type]

    def predict(self, before: Course, session: int) -> dict[str, Prediction]:
        """What each rule expects of this session, given at least one score before it."""
        scores = np.array(list(before.values()))
        seen, ahead = np.array(list(before)) - 1, np.array([session - 1])

        def grown(course: ReferenceCourse) -> Normal:
            mean, sd = expected(course, seen, scores, ahead)
            return Normal(float(mean[0]), float(sd[0]))

        last = float(scores[-1])
        rules = dict(zip(RULES, (Exactly(last), Normal(last, self.step), grown(self.growth)), strict=True))
        return rules if self.elsewhere is None else {**rules, ELSEWHERE: grown(self.elsewhere)}
