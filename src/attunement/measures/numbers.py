"""One client's numbers as they come: a missing one is NaN, and what is no number is refused."""

from __future__ import annotations

import math

from attunement.errors import InputError


def number_or_missing(value: float | None, session: int, what: str) -> float:
    """A `what` ("rating", "score") of a session as a number, NaN for None.

    Raises:
        InputError: it is no finite number.
    """
    if value is None:
        return math.nan
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise InputError(f"the {what} of session {session} is not a number: leave it empty (None)") from None
    if math.isinf(number):
        raise InputError(f"the {what} of session {session} is infinite: leave it empty (None)")
    return number
