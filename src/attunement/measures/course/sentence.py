"""One session's judgement in a plain sentence."""

from __future__ import annotations

from attunement.measures.course.model import MADE_UP, JudgedSession
from attunement.measures.course.reference import ReferenceCourse


def sentence(judged: JudgedSession | None, reference: ReferenceCourse, level: float) -> str:
    """What was expected, what came, and what that means; begins with the caution where the reference is made up."""
    caution = f"{MADE_UP} " if reference.is_made_up else ""
    return caution + _sentence(judged, level)


def _sentence(judged: JudgedSession | None, level: float) -> str:
    if judged is None:
        return "Cannot tell: there is no score yet."
    if judged.judgement is None or judged.prediction is None:
        return f"Session {judged.session}: cannot tell, {judged.reason}."
    expected = judged.prediction
    band = f"{expected.predicted:.1f} was expected ({level:.0%} band {expected.lower:.1f} to {expected.upper:.1f})"
    meaning = {
        "on track": "On track.",
        "not on track": "Not on track: worse than expected. Worth talking about; by itself no reason to end or change.",
    }
    return f"Session {judged.session}: {judged.score:g}, where {band}. {meaning[judged.judgement]}"
