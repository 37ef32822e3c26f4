"""What a study asks: the effect of something on something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from attunement.dyad.conditions import CONDITIONS
from attunement.errors import InputError

Randomised = Literal["therapists", "clients"]

OUTCOMES = {
    "distress": "distress after therapy, intake held",
    "drop-out": "leaving before the last session planned",
    "alliance": "the client's rating in sessions 3 to 5",
    "open-rupture": "ending with a rupture that nobody repaired",
}
SHARES = ("drop-out", "open-rupture")
PREDICTORS = {
    "alliance": "the client's rating in sessions 3 to 5",
    "empathy": "share of openings met in sessions 3 to 5",
    "repair": "share of ruptures repaired, among clients with ruptures",
}
USUAL = "usual"


@dataclass(frozen=True, slots=True)
class Question:
    """The effect of `effect` on `outcome`.

    `effect` is a condition, compared with usual therapy in a trial that randomises `randomised`; or what is measured of
    each client (`PREDICTORS`), and then the question is a correlation and nothing is randomised (None).
    """

    effect: str
    outcome: str
    randomised: Randomised | None

    @property
    def is_share(self) -> bool:
        """Whether the outcome is a yes or no of each client."""
        return self.outcome in SHARES


def question(effect: str, outcome: str, randomised: str | None = None) -> Question:
    """The question, checked; without `randomised` a trial randomises clients, or therapists where these are trained.

    Raises:
        InputError: when the effect or outcome is unknown, or such a study cannot be done.
    """
    if outcome not in OUTCOMES:
        raise InputError(f"{outcome!r} is no outcome; known are {', '.join(OUTCOMES)}.")
    if effect in PREDICTORS:
        return _correlation(effect, outcome, randomised)
    if effect not in CONDITIONS or effect == USUAL:
        trials = ", ".join(name for name in CONDITIONS if name != USUAL)
        raise InputError(
            f"{effect!r} is no effect; known are the conditions {trials} and the predictors {', '.join(PREDICTORS)}."
        )
    is_trained = CONDITIONS[effect].trained
    if randomised not in (None, "therapists", "clients"):
        raise InputError(f"A trial randomises therapists or clients, not {randomised!r}.")
    if is_trained and randomised == "clients":
        raise InputError("Training changes the therapist, and so all their clients: randomise therapists.")
    return Question(effect, outcome, "therapists" if is_trained or randomised == "therapists" else "clients")


def _correlation(effect: str, outcome: str, randomised: str | None) -> Question:
    if randomised is not None:
        raise InputError(f"Nothing is randomised where {effect} is only observed; leave that out.")
    if outcome not in ("distress", "drop-out"):
        raise InputError(f"{effect} can be set against distress or drop-out, not against {outcome}.")
    return Question(effect, outcome, None)
