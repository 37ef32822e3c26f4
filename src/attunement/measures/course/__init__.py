"""The expected course: whether a client moves as clients of a reference sample did, session by session."""

from attunement.measures.course.bundled import bundled_reference
from attunement.measures.course.fit import fit_reference
from attunement.measures.course.judge import expected_course
from attunement.measures.course.model import MADE_UP, ExpectedCourse, JudgedSession, Prediction
from attunement.measures.course.reference import ReferenceCourse
from attunement.measures.course.rules import not_reliably_better, reliably_worse, worse_than_last_time

__all__ = [
    "MADE_UP",
    "ExpectedCourse",
    "JudgedSession",
    "Prediction",
    "ReferenceCourse",
    "bundled_reference",
    "expected_course",
    "fit_reference",
    "not_reliably_better",
    "reliably_worse",
    "worse_than_last_time",
]
