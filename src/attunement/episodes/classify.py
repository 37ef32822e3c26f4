"""Linear classifiers over the signs of a span or a turn: which kind, which cause, settled or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from attunement.coder.calibration import softmax
from attunement.episodes.features import Floats


@dataclass(frozen=True, slots=True)
class Classifier:
    """Multinomial logistic regression: `weights` (classes, features), `bias` (classes,)."""

    classes: tuple[str, ...]
    weights: Floats
    bias: Floats

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Classifier:
        """From the JSON that `to_dict` gives."""
        return cls(tuple(data["classes"]), np.array(data["weights"]), np.array(data["bias"]))

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, rounded to what they are worth."""
        return {
            "classes": list(self.classes),
            "weights": np.round(self.weights, 4).tolist(),
            "bias": np.round(self.bias, 4).tolist(),
        }

    def probabilities(self, features: Floats) -> Floats:
        """(classes,) for one row of features, (rows, classes) for several."""
        return softmax(features @ self.weights.T + self.bias)

    def likeliest(self, features: Floats) -> str:
        """The class with the highest probability."""
        return self.classes[int(self.probabilities(features).argmax())]


def span_summary(signs: Floats, first: int, last: int) -> Floats:
    """What a classifier sees of a span (rows from 0, inclusive): mean and peak of each sign, how it begins and ends."""
    inside = signs[first : last + 1]
    length = last - first + 1
    return np.concatenate(
        [
            inside.mean(axis=0),
            inside.max(axis=0),
            signs[first : first + 2].max(axis=0),
            inside[-4:].max(axis=0),
            signs[last + 1 : last + 4].max(axis=0, initial=0.0),
            [np.log(length) / 3, float(last == len(signs) - 1)],
        ]
    )
