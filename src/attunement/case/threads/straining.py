"""The client's usual way of straining, and what this therapist did that was followed by strain easing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from attunement.case.findings import Evidence, Response, Straining
from attunement.case.record import Case
from attunement.case.threads.chances import TELLING, chance_of_strain, turns_to_show
from attunement.codebook import FAILURE, STRAIN, THERAPIST_CODES
from attunement.episodes.model import SessionReading

FEWEST_TURNS = 5.0  # of strain, expected, over all sessions: below it there is no usual way
CLEAR_SHARE = 2 / 3  # of one kind
MOST_CODES = 3
FEWEST_TIMES = 3.0  # expected, for a rate
WITHIN = 2  # of the client's turns after the response
MOST_EVIDENCE = 3
# Missing the client, and steering past strain, are no help even where strain is gone afterwards.
RESPONSES = tuple(code for code in THERAPIST_CODES if code not in (*FAILURE, "redirect"))


@dataclass(frozen=True, slots=True)
class Answer:
    """A client turn that may strain, the therapist's reply, and how likely strain has eased after it (chances 0–1).

    `codes` are the chances of the therapist codes in the reply.
    """

    session: int
    turn: int
    reply: int
    strain: float
    eased: float
    codes: dict[str, float]


def straining(case: Case) -> Straining:
    """Withdrawal or confrontation, whichever makes up two thirds of the strain, and the responses that helped.

    Counts are expected ones over turns in which strain is likely enough to show; shares are 0 where there is none. A
    turn that is both counts for both. Responses are in the order of the lower end of their interval: what has helped
    most surely first, then those too rare for a rate.
    """
    readings = [(session.number, session.reading) for session in case.sessions if session.reading is not None]
    withdrawal, confrontation = (_expected(readings, kind) for kind in ("withdrawal", "confrontation"))
    both = withdrawal + confrontation
    return Straining(
        kind=_kind(withdrawal, confrontation),
        withdrawal=round(withdrawal / both, 3) if both else 0.0,
        confrontation=round(confrontation / both, 3) if both else 0.0,
        codes=_commonest(readings),
        helped=_responses(_answers(readings)),
    )


def _kind(withdrawal: float, confrontation: float) -> Literal["withdrawal", "confrontation"] | None:
    both = withdrawal + confrontation
    if both < FEWEST_TURNS:
        return None
    if withdrawal >= CLEAR_SHARE * both:
        return "withdrawal"
    return "confrontation" if confrontation >= CLEAR_SHARE * both else None


def _expected(readings: Sequence[tuple[int, SessionReading]], kind: str) -> float:
    return float(sum(chance_of_strain(r.table, kind)[_strained(r)].sum() for _, r in readings))


def _strained(reading: SessionReading) -> list[int]:
    return [int(row) for row in np.flatnonzero(chance_of_strain(reading.table) >= TELLING)]


def _commonest(readings: Sequence[tuple[int, SessionReading]]) -> tuple[tuple[str, float], ...]:
    counts = {
        code: float(sum(np.nan_to_num(r.table.column(code))[_strained(r)].sum() for _, r in readings))
        for code in STRAIN
    }
    commonest = sorted(counts, key=lambda code: -counts[code])[:MOST_CODES]
    return tuple((code, round(counts[code], 2)) for code in commonest if counts[code] >= 1)


# --- what helped ----------------------------------------------------------------------------------------------------


def _answers(readings: Sequence[tuple[int, SessionReading]]) -> list[Answer]:
    return [answer for number, reading in readings for answer in _answers_in(number, reading)]


def _answers_in(number: int, reading: SessionReading) -> list[Answer]:
    turns, table = reading.session.turns, reading.table
    strain, met = chance_of_strain(table), np.nan_to_num(table.column("felt_met"))
    client = np.array([turn.speaker == "client" for turn in turns])
    found = []
    for row in _strained(reading):
        after = row + 2 + np.flatnonzero(client[row + 2 :])[:WITHIN]
        if row + 1 < len(turns) and not client[row + 1] and len(after):
            eased = 1 - strain[after] * (1 - met[after])
            codes = {code: float(np.nan_to_num(table.column(code)[row + 1])) for code in RESPONSES}
            found.append(Answer(number, row + 1, row + 2, float(strain[row]), float(eased.mean()), codes))
    return found


def _responses(answers: Sequence[Answer]) -> tuple[Response, ...]:
    responses = [_response(code, answers) for code in RESPONSES]
    found = [each for each in responses if each.times >= 1]
    return tuple(sorted(found, key=lambda each: (-(each.interval or (-1.0, 0.0))[0], -each.times)))


def _response(code: str, answers: Sequence[Answer]) -> Response:
    """Each answer counts by the chance that there was strain and that the reply carries the code."""
    weights = [answer.strain * answer.codes[code] for answer in answers]
    times = sum(weights)
    eased = sum(weight * answer.eased for weight, answer in zip(weights, answers, strict=True))
    often = times >= FEWEST_TIMES
    return Response(
        code=code,
        times=round(times, 2),
        eased=round(eased, 2),
        rate=round(eased / times, 3) if often else None,
        interval=_wilson(eased / times, times) if often else None,
        evidence=_evidence(answers, weights),
    )


def _evidence(answers: Sequence[Answer], weights: Sequence[float]) -> tuple[Evidence, ...]:
    """The surest examples of strain that eased after the response: the client's turn and the reply."""
    helped = np.array([weight * answer.eased for weight, answer in zip(weights, answers, strict=True)])
    shown = turns_to_show(helped, range(len(answers)), MOST_EVIDENCE)
    examples = [answers[number - 1] for number in shown]
    return tuple(Evidence(each.session, (each.turn, each.reply)) for each in examples)


def _wilson(rate: float, times: float, z: float = 1.96) -> tuple[float, float]:
    """95 % interval of a rate (Wilson, 1927), the expected number of times in place of the number of trials."""
    centre = (rate + z**2 / (2 * times)) / (1 + z**2 / times)
    half = z / (1 + z**2 / times) * float(np.sqrt(rate * (1 - rate) / times + z**2 / (4 * times**2)))
    return round(max(0.0, centre - half), 3), round(min(1.0, centre + half), 3)
