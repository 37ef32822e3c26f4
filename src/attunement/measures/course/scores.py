"""One client's scores, checked against the scale of the reference."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from attunement.errors import InputError
from attunement.measures.course.reference import ReferenceCourse
from attunement.measures.course.sample import Floats


def read_scores(scores: Sequence[float | None], reference: ReferenceCourse, first_session: int = 0) -> Floats:
    """Scores as an array, NaN where there is none.

    Raises:
        InputError: a score is no finite number or outside the scale of the reference.
    """
    low, high = ends(reference)
    values = [_number(score, session) for session, score in enumerate(scores, start=first_session)]
    for session, value in enumerate(values, start=first_session):
        if not math.isnan(value) and not low <= value <= high:
            raise InputError(
                f"the score {value:g} of session {session} is outside the reference's scale ({low:g} to {high:g})"
            )
    return np.array(values, dtype=float)


def ends(reference: ReferenceCourse) -> tuple[float, float]:
    """The ends of the reference's scale, infinite where they are not known."""
    low = -math.inf if reference.lowest is None else reference.lowest
    return low, math.inf if reference.highest is None else reference.highest


def _number(score: float | None, session: int) -> float:
    if score is None:
        return math.nan
    try:
        value = float(score)
    except (TypeError, ValueError):
        raise InputError(f"the score of session {session} is not a number: leave it empty (None)") from None
    if math.isinf(value):
        raise InputError(f"the score of session {session} is infinite: leave it empty (None)")
    return value
