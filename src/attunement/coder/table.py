"""The coder's answer: a table of calibrated probabilities, one row a turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from attunement.coder.decisions import GROUPS
from attunement.transcripts.session import Session

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class CodeTable:
    """What the coder makes of a session with `n` turns. NaN wherever a column does not apply to the turn's speaker.

    Shapes: `probabilities` (n, codes); `experiencing` (n, 3), probabilities of the levels 0–2 of client turns;
    `empathy` (n, 3, 3), for each mechanism (reaction, interpretation, exploration) the probabilities of the levels
    0–2 of therapist turns; `therapist_behaviour` (n, 4) and `client_talk` (n, 3), in the order of
    `codebook.THERAPIST_BEHAVIOUR` and `codebook.CLIENT_TALK`. `groups` (n, groups) and `gated` (n, codes) are what the
    coder makes of groups of codes and what it decides with their help (see `decisions`); without them a group is as
    likely as independent codes make it, and a code is decided by its threshold.
    """

    codes: tuple[str, ...]
    probabilities: FloatArray
    thresholds: Mapping[str, float]
    experiencing: FloatArray
    empathy: FloatArray
    therapist_behaviour: FloatArray
    client_talk: FloatArray
    groups: FloatArray | None = None
    gated: npt.NDArray[np.bool_] | None = None

    def __len__(self) -> int:
        return len(self.probabilities)

    def column(self, code: str) -> FloatArray:
        """The probability of one code on every turn, (n,)."""
        return self.probabilities[:, self.codes.index(code)]

    def group(self, name: str) -> FloatArray:
        """The probability that a turn carries any code of one of `decisions.GROUPS`, (n,)."""
        if self.groups is not None:
            return self.groups[:, list(GROUPS).index(name)]
        none = np.prod([1 - self.column(code) for code in GROUPS[name]], axis=0)
        return np.asarray(1 - none, dtype=np.float32)

    @property
    def decisions(self) -> npt.NDArray[np.bool_]:
        """Which codes are given to which turns, (n, codes)."""
        if self.gated is not None:
            return self.gated
        return np.asarray(self.probabilities >= np.array([self.thresholds[code] for code in self.codes], np.float32))

    def decided(self, row: int) -> tuple[str, ...]:
        """The codes given to this row (from 0), likeliest first."""
        chosen = np.flatnonzero(self.decisions[row])
        order = chosen[np.argsort(-self.probabilities[row, chosen], kind="stable")]
        return tuple(self.codes[column] for column in order)


class SessionCoder(Protocol):
    """Whatever can code a session; the shipped `attunement.coder.Coder` is one."""

    @property
    def version(self) -> str:
        """The name that readings carry."""
        ...

    def code(self, session: Session) -> CodeTable:
        """A table of probabilities, one row a turn."""
        ...
