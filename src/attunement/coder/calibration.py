"""From the network's logits to probabilities that mean what they say.

A code's probability is a logistic function of its own logits, the network's and the word model's, and of those of the
groups it belongs to (a strain code is likelier where there is strain at all); levels and classes are calibrated in the
same spirit. The numbers are fitted by `training/` on sessions that neither model had seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from attunement.codebook import CLIENT_TALK, CODES, THERAPIST_BEHAVIOUR
from attunement.coder.decisions import COLUMNS, GROUPS

Floats = npt.NDArray[np.floating[Any]]

# The network's outputs side by side. Levels 0–2 are learnt as two questions: at least 1? at least 2?
HEADS: dict[str, int] = {
    "codes": len(CODES),
    "groups": len(GROUPS),
    "experiencing": 2,
    "empathy": 6,
    "therapist_behaviour": len(THERAPIST_BEHAVIOUR),
    "client_talk": len(CLIENT_TALK),
    "subtypes": 8,
}


def split_heads(logits: Floats) -> dict[str, Floats]:
    """By head (turns, columns, 2): what the network and what the word model say, from both side by side."""
    columns = sum(HEADS.values())
    both = np.stack([logits[:, :columns], logits[:, columns:]], axis=-1)
    return dict(zip(HEADS, np.split(both, np.cumsum(list(HEADS.values()))[:-1], axis=1), strict=True))


def features_of(code: str, heads: Mapping[str, Floats]) -> Floats:
    """What a code's probability rests on, (turns, 2 + 2 × its groups): its own two logits, then those of its groups."""
    own = heads["codes"][:, list(CODES).index(code)]
    groups = [heads["groups"][:, index] for index, members in enumerate(GROUPS.values()) if code in members]
    return np.concatenate([own, *groups], axis=1)


def group_features(group: str, heads: Mapping[str, Floats]) -> Floats:
    """What a group's probability rests on, (turns, 4): its own two logits, and the highest of its codes."""
    own = heads["groups"][:, list(GROUPS).index(group)]
    return np.concatenate([own, heads["codes"][:, COLUMNS[group]].max(axis=1)], axis=1)


def sigmoid(x: Floats) -> Floats:
    """The logistic function, without overflow for large arguments."""
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -60, 60))))


def softmax(x: Floats) -> Floats:
    """Probabilities over the last axis."""
    shifted = np.exp(x - x.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True))


@dataclass(frozen=True)
class Calibration:
    """Fitted numbers: per code and group the coefficients, intercept first, and the threshold or gate.

    Per ordinal step the slopes of network and words, then the intercept; per class head the slopes, then an offset a
    class.
    """

    codes: dict[str, tuple[float, ...]]
    groups: dict[str, tuple[float, ...]]
    thresholds: dict[str, float]
    gates: dict[str, float]
    steps: dict[str, tuple[tuple[float, ...], ...]]
    classes: dict[str, tuple[float, ...]]

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Calibration:
        """From the JSON that `to_dict` gives."""
        return cls(
            codes={name: tuple(values) for name, values in data["codes"].items()},
            groups={name: tuple(values) for name, values in data["groups"].items()},
            thresholds=dict(data["thresholds"]),
            gates=dict(data["gates"]),
            steps={name: tuple(tuple(row) for row in rows) for name, rows in data["steps"].items()},
            classes={name: tuple(values) for name, values in data["classes"].items()},
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, for JSON."""
        return {
            "codes": self.codes,
            "groups": self.groups,
            "thresholds": self.thresholds,
            "gates": self.gates,
            "steps": self.steps,
            "classes": self.classes,
        }

    def code_probabilities(self, heads: Mapping[str, Floats]) -> Floats:
        """(turns, codes): the chance that a careful coder gives the code to this turn."""
        return np.stack([_logistic(self.codes[code], features_of(code, heads)) for code in CODES], axis=1)

    def group_probabilities(self, heads: Mapping[str, Floats]) -> Floats:
        """(turns, groups): the chance that a careful coder gives any code of the group."""
        return np.stack([_logistic(self.groups[name], group_features(name, heads)) for name in GROUPS], axis=1)

    def level_probabilities(self, head: str, heads: Mapping[str, Floats]) -> Floats:
        """(turns, 3) for experiencing, (turns, 3, 3) for empathy: probabilities of the levels 0, 1 and 2."""
        steps = np.array(self.steps[head])
        above = sigmoid((heads[head] * steps[:, :2]).sum(axis=-1) + steps[:, 2]).reshape(len(heads[head]), -1, 2)
        above[..., 1] = np.minimum(above[..., 0], above[..., 1])
        levels = np.stack([1 - above[..., 0], above[..., 0] - above[..., 1], above[..., 1]], axis=-1)
        return levels[:, 0] if head == "experiencing" else levels

    def class_probabilities(self, head: str, heads: Mapping[str, Floats]) -> Floats:
        """(turns, classes) for a motivational-interviewing label."""
        slopes, offsets = np.array(self.classes[head][:2]), np.array(self.classes[head][2:])
        return softmax(heads[head] @ slopes + offsets)


def _logistic(coefficients: tuple[float, ...], features: Floats) -> Floats:
    intercept, *slopes = coefficients
    return sigmoid(features @ np.array(slopes) + intercept)
