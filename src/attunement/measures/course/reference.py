"""A reference sample as a growth curve, and how it is kept in a file.

Sessions are counted from intake, which is session 0. The model is that of Finch, Lambert & Schaalje (2001): a client's
score is a straight line over log(1 + session), with an intercept and a slope of their own, plus noise.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal

from attunement.errors import InputError

Better = Literal["higher", "lower"]
Matrix = tuple[tuple[float, float], tuple[float, float]]

FORMAT = "attunement reference course 1"


@dataclass(frozen=True, slots=True)
class ReferenceCourse:
    """How scores moved in a reference sample.

    `intercept` is the mean score at intake, `slope` the change per unit of log(1 + session); `between` is the
    covariance of the clients' own intercepts and slopes, `uncertainty` that of the two estimates, `residual_sd` the
    noise of a single score. `last_session` is the latest session that five clients reached: nothing is expected beyond
    it. `is_made_up` marks a simulated sample. `lowest` and `highest` are the ends of the scale, where known.
    """

    name: str
    instrument: str | None
    better: Better
    is_made_up: bool
    clients: int
    scores: int
    last_session: int
    intercept: float
    slope: float
    between: Matrix
    uncertainty: Matrix
    residual_sd: float
    lowest: float | None = None
    highest: float | None = None

    def is_of(self, instrument: str) -> bool:
        """Whether this is a reference of that instrument; "PHQ-9" and "phq9" are one."""
        return self.instrument is not None and _plain(self.instrument) == _plain(instrument)

    def to_json(self) -> str:
        """The reference as text, to be kept in a file: a few numbers, no client's scores."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> ReferenceCourse:
        """The reference that `to_json` wrote.

        Raises:
            InputError: the text is something else, or incomplete.
        """
        try:
            content = json.loads(text)
        except ValueError:
            raise InputError("the reference course is not JSON: give what to_json wrote") from None
        if not isinstance(content, dict) or content.pop("format", None) != FORMAT:
            raise InputError(f"this is not a reference course: its format must be {FORMAT!r}")
        names = {field.name for field in fields(cls)}
        if wrong := names.symmetric_difference(content):
            raise InputError(f"the reference course is incomplete or too new: see {', '.join(sorted(wrong))}")
        reference = cls(**{**content, **{name: _matrix(content[name], name) for name in ("between", "uncertainty")}})
        _check(reference)
        return reference

    def scaled_to(self, lowest: float, highest: float, *, better: Better, instrument: str | None) -> ReferenceCourse:
        """The same curve stretched to the ends of another scale, turned round where its better end is the other one.

        This supposes that clients move on both instruments alike, as a share of the scale. Nobody has shown that they
        do; it is never done unless asked for.

        Raises:
            InputError: the reference's own scale is not known, or the new one is empty.
        """
        if self.lowest is None or self.highest is None:
            raise InputError("the reference's own scale is not known: give lowest and highest when fitting it")
        if not lowest < highest:
            raise InputError(f"the scale from {lowest:g} to {highest:g} is empty: lowest must be below highest")
        times = (highest - lowest) / (self.highest - self.lowest)
        times = times if better == self.better else -times
        start = lowest if times > 0 else highest
        return replace(
            self,
            instrument=instrument,
            better=better,
            intercept=start + (self.intercept - self.lowest) * times,
            slope=self.slope * times,
            between=_times(self.between, times**2),
            uncertainty=_times(self.uncertainty, times**2),
            residual_sd=self.residual_sd * abs(times),
            lowest=lowest,
            highest=highest,
        )


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _times(matrix: Matrix, factor: float) -> Matrix:
    (a, b), (c, d) = matrix
    return (a * factor, b * factor), (c * factor, d * factor)


def _matrix(value: Any, name: str) -> Matrix:
    try:
        (a, b), (c, d) = value
        return (float(a), float(b)), (float(c), float(d))
    except (TypeError, ValueError):
        raise InputError(f"the reference course: {name} must be two rows of two numbers") from None


def _check(reference: ReferenceCourse) -> None:
    numbers = (
        reference.intercept,
        reference.slope,
        reference.residual_sd,
        *reference.between[0],
        *reference.between[1],
    )
    if not all(isinstance(number, int | float) and math.isfinite(number) for number in numbers):
        raise InputError("the reference course: a parameter is not a number")
    if reference.residual_sd <= 0 or reference.between[0][0] < 0 or reference.between[1][1] < 0:
        raise InputError("the reference course: a spread is negative or zero")
    (a, b), (c, d) = reference.between
    if b != c or b * c > a * d * (1 + 1e-9):
        raise InputError("the reference course: between is no covariance of intercepts and slopes")
    if reference.better not in ("higher", "lower") or not isinstance(reference.last_session, int):
        raise InputError("the reference course: better must be 'higher' or 'lower', last_session a whole number")
    if not isinstance(reference.is_made_up, bool):
        raise InputError("the reference course: is_made_up must be true or false")
