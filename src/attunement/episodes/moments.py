"""Attunement, measured where it is called for: a client shows, risks or strains, and the therapist answers."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np

from attunement.codebook import OPENING, STRAIN, THERAPIST_CODES
from attunement.coder.table import CodeTable
from attunement.episodes.classify import Classifier
from attunement.episodes.features import LEVELS, Floats
from attunement.episodes.model import Attunement, Moment
from attunement.transcripts.session import Session, Turn

Call = Literal["feeling", "risk", "strain"]

CALLS: dict[Call, tuple[str, ...]] = {
    "feeling": ("feeling", "grief"),
    "risk": ("disclosure", "fear_of_response", "names_rupture"),
    "strain": STRAIN,
}
CALLING = (*OPENING, *STRAIN)
FEWEST_MOMENTS = 3
# "Mm-hm", "Right", "Go on": not yet an answer when the client goes on speaking.
BACK_CHANNEL_WORDS = 3
# How far, in moments, the running line looks: a moment's say halves every three moments.
LINE_HALF_LIFE = 3.0


@dataclass(frozen=True, slots=True)
class RunningRate:
    """The share of moments met lately (0–1), and on how many moments, in effect, it rests."""

    rate: float
    moments: float

    @property
    def interval(self) -> tuple[float, float]:
        """Its 95 % interval."""
        return wilson(self.rate, self.moments)


def reply_to(turns: tuple[Turn, ...], row: int) -> int | None:
    """The row of the therapist's answer to a client turn; a back-channel is passed over while the client goes on."""
    replies = [other for other in range(row + 1, min(row + 4, len(turns))) if turns[other].speaker == "therapist"]
    for reply in replies:
        if len(turns[reply].text.split()) > BACK_CHANNEL_WORDS:
            return reply
    return replies[0] if replies else None


def reply_features(table: CodeTable, row: int) -> Floats:
    """What a reply is judged by: its therapist codes and its empathy, (codes + 3,)."""
    codes = [table.probabilities[row, table.codes.index(code)] for code in THERAPIST_CODES]
    empathy = table.empathy[row] @ LEVELS / 2
    features: Floats = np.nan_to_num(np.array([*codes, *empathy], dtype=float))
    return features


def attunement_of(session: Session, table: CodeTable, replies: Classifier) -> Attunement:
    """Every moment that called for attunement, how it was answered, and the rate with its interval."""
    moments = tuple(_moments(session, table, replies))
    weights = np.array([moment.weight for moment in moments])
    met = np.array([moment.met for moment in moments])
    enough = len(moments) >= FEWEST_MOMENTS
    rate = float(weights @ met / weights.sum()) if enough else 0.0
    return Attunement(
        rate=rate if enough else None,
        interval=wilson(rate, float(weights.sum())) if enough else None,
        moments=moments,
        line=tuple(point.rate if point else None for point in running_rates(len(session.turns), moments)),
    )


def _moments(session: Session, table: CodeTable, replies: Classifier) -> list[Moment]:
    found = []
    for row, turn in enumerate(session.turns):
        calling = [code for code in table.decided(row) if code in CALLING]
        reply = reply_to(session.turns, row) if calling else None
        if turn.speaker != "client" or reply is None:
            continue
        answer = dict(zip(replies.classes, replies.probabilities(reply_features(table, reply)), strict=True))
        strongest = calling[0]
        found.append(
            Moment(
                turn=turn.number,
                reply=session.turns[reply].number,
                call=next(call for call, codes in CALLS.items() if strongest in codes),
                weight=float(table.column(strongest)[row]),
                met=float(answer["met"]),
                missed=float(answer["missed"]),
                harmed=float(answer["harmed"]),
            )
        )
    return found


def wilson(rate: float, count: float, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share seen in `count` trials, which may be a fraction (Wilson, 1927); both 0–1."""
    middle = (rate * count + z**2 / 2) / (count + z**2)
    half = z / (count + z**2) * sqrt(rate * (1 - rate) * count + z**2 / 4)
    return min(rate, max(0.0, middle - half)), max(rate, min(1.0, middle + half))


def running_rates(turns: int, moments: tuple[Moment, ...]) -> list[RunningRate | None]:
    """The rate met up to each turn, recent moments counting more; None before the first reply.

    A moment counts by its weight, halved with every `LINE_HALF_LIFE` moments that follow. The band has to forget as
    the rate does: with weights w and what is kept of them k, Kish's effective number of moments is
    (sum of wk)² / sum of wk², which is the sum of the weights as long as nothing is forgotten.
    """
    keep = 0.5 ** (1 / LINE_HALF_LIFE)
    line: list[RunningRate | None] = []
    total = met = squares = 0.0
    for number in range(1, turns + 1):
        for moment in (each for each in moments if each.reply == number):
            total = total * keep + moment.weight
            met = met * keep + moment.weight * moment.met
            squares = squares * keep**2 + moment.weight
        line.append(RunningRate(met / total, total**2 / squares) if total else None)
    return line
