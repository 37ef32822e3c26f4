"""One client's scores, checked against the scale of the reference."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from attunement.errors import InputError
from attunement.measures.course.reference import ReferenceCourse
from attunement.measures.course.sample import Floats
from attunement.measures.numbers import number_or_missing


def read_scores(scores: Sequence[float | None], reference: ReferenceCourse, first_session: int = 0) -> Floats:
    """Scores as an array, NaN where there is none.

    Raises:
        InputError: a score is no finite number or outside the scale of the reference.
    """
    low, high = ends(reference)
    values = [number_or_missing(score, session, "score") for session, score in enumerate(scores, start=first_session)]
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
