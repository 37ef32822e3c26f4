"""Attunement, measured where it is called for: a client shows, risks or strains, and the therapist answers."""

from __future__ import annotations

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
    return Attunement(
        rate=float(weights @ met / weights.sum()) if enough else None,
        interval=_interval(weights, met) if enough else None,
        moments=moments,
        line=_line(len(session.turns), moments),
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


def _interval(weights: Floats, met: Floats) -> tuple[float, float]:
    """95 % interval of a rate from uncertain yes-or-no answers: Wilson's, each moment counting by its weight.

    Source: Wilson (1927); the weights' sum takes the place of the number of trials.
    """
    n, z = float(weights.sum()), 1.96
    rate = float(weights @ met) / n
    centre = (rate + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * float(np.sqrt(rate * (1 - rate) / n + z**2 / (4 * n**2)))
    return max(0.0, centre - half), min(1.0, centre + half)


def _line(turns: int, moments: tuple[Moment, ...]) -> tuple[float | None, ...]:
    """The rate met so far, recent moments counting more; None before the first reply."""
    keep = 0.5 ** (1 / LINE_HALF_LIFE)
    line: list[float | None] = []
    total = met = 0.0
    for number in range(1, turns + 1):
        for moment in (each for each in moments if each.reply == number):
            total = total * keep + moment.weight
            met = met * keep + moment.weight * moment.met
        line.append(met / total if total else None)
    return tuple(line)
