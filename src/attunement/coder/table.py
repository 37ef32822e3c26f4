"""The coder's answer: a table of calibrated probabilities, one row a turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class CodeTable:
    """What the coder makes of a session with `n` turns. NaN wherever a column does not apply to the turn's speaker.

    Shapes: `probabilities` (n, codes); `experiencing` (n, 3), probabilities of the levels 0–2 of client turns;
    `empathy` (n, 3, 3), for each mechanism (reaction, interpretation, exploration) the probabilities of the levels
    0–2 of therapist turns; `therapist_behaviour` (n, 4) and `client_talk` (n, 3), in the order of
    `codebook.THERAPIST_BEHAVIOUR` and `codebook.CLIENT_TALK`.
    """

    codes: tuple[str, ...]
    probabilities: FloatArray
    thresholds: Mapping[str, float]
    experiencing: FloatArray
    empathy: FloatArray
    therapist_behaviour: FloatArray
    client_talk: FloatArray

    def __len__(self) -> int:
        return len(self.probabilities)

    def column(self, code: str) -> FloatArray:
        """The probability of one code on every turn, (n,)."""
        return self.probabilities[:, self.codes.index(code)]

    def decided(self, row: int) -> tuple[str, ...]:
        """Codes whose probability on this row (from 0) reaches their threshold, likeliest first."""
        chosen = [
            (float(probability), code)
            for code, probability in zip(self.codes, self.probabilities[row], strict=True)
            if probability >= self.thresholds[code]
        ]
        return tuple(code for _, code in sorted(chosen, reverse=True))
