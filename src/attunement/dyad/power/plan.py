"""What is to be simulated: a question, sizes of studies, and how therapies go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from attunement.dyad.parameters import DEFAULT, Parameters
from attunement.dyad.power.question import Question
from attunement.errors import InputError

FEWEST_STUDIES, MOST_CLIENTS = 20, 5_000_000


@dataclass(frozen=True)
class Plan:
    """Everything but the answer.

    Args:
        question: see `question`.
        therapists: numbers to try, in all arms together.
        clients_each: numbers of clients a therapist to try.
        studies: simulated for each size; the interval of a power of .80 is about ±.055 with 200.
        sessions: planned; clients may leave before.
        exchanges: in each session.
        level: of the two-sided test.
        wanted: the power that is aimed at.
        parameters: see `attunement.dyad.parameters`.
        seed: all chance comes from it.

    Raises:
        InputError: when such a study cannot be done or a number is impossible.
    """

    question: Question
    therapists: Sequence[int] = (20, 40)
    clients_each: Sequence[int] = (5, 10, 20)
    studies: int = 200
    sessions: int = 20
    exchanges: int = 40
    level: float = 0.05
    wanted: float = 0.8
    parameters: Parameters = DEFAULT
    seed: int = 0

    def __post_init__(self) -> None:
        if not self.therapists or not self.clients_each:
            raise InputError("Give at least one number of therapists and one of clients each.")
        self._check_sizes()
        if self.studies < FEWEST_STUDIES:
            raise InputError(f"Power is counted over at least {FEWEST_STUDIES} simulated studies, not {self.studies}.")
        if self.studies * max(self.therapists) * max(self.clients_each) > MOST_CLIENTS:
            raise InputError(f"Over {MOST_CLIENTS:,} clients would be simulated; try smaller designs or fewer studies.")
        if not 0 < self.level < 1 or not 0 < self.wanted < 1:
            raise InputError("The level of the test and the power wanted lie between 0 and 1.")
        if self.seed < 0:
            raise InputError(f"A seed is a whole number from 0, not {self.seed}.")

    def _check_sizes(self) -> None:
        by_therapist = self.question.randomised == "therapists"
        fewest, least = (4, 1) if by_therapist else (2, 2)
        if min(self.therapists) < fewest:
            raise InputError(_too_few(min(self.therapists), fewest))
        if min(self.clients_each) < least:
            clients = "1 client" if least == 1 else f"{least} clients"
            raise InputError(f"A therapist of such a study has at least {clients}, not {min(self.clients_each)}.")


def _too_few(therapists: int, fewest: int) -> str:
    if therapists == 1:
        return "A study with one therapist cannot tell the therapist from the effect; take more therapists."
    why = "two in each arm" if fewest == 4 else "or therapists cannot be told apart"
    return f"Such a study needs at least {fewest} therapists ({why}), not {therapists}."
