"""The score of a span as a weighted sum: what lies inside it, what stands at its borders, its peaks and its length."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from attunement.coder.calibration import sigmoid
from attunement.episodes.features import Floats, border_features, span_features
from attunement.episodes.semimarkov import Span, choose

ARRAYS = ("inside", "start", "end", "span")


@dataclass(frozen=True, slots=True)
class SpanInput:
    """One session as the span model sees it: signs (n, s), borders (n, 5s), spans (n, n, k)."""

    signs: Floats
    borders: Floats
    spans: Floats

    @classmethod
    def of(cls, signs: Floats) -> SpanInput:
        """From the signs of each turn."""
        return cls(signs, border_features(signs), span_features(signs))

    def __len__(self) -> int:
        return len(self.signs)


@dataclass(frozen=True, slots=True)
class SpanModel:
    """The weights of one type of episode.

    Nothing is reported whose chance of overlapping a true span stays below `at_least`. `confidence` (slope,
    intercept) turns the log-odds of that chance into a confidence checked against sessions not trained on.
    """

    inside: Floats
    start: Floats
    end: Floats
    span: Floats
    bias: float
    a_turn: float
    at_least: float = 0.3
    confidence: tuple[float, float] = (1.0, 0.0)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> SpanModel:
        """From the JSON that `to_dict` gives."""
        arrays = {name: np.array(data[name]) for name in ARRAYS}
        slope, intercept = data["confidence"]
        return cls(
            **arrays,
            bias=data["bias"],
            a_turn=data["a_turn"],
            at_least=data["at_least"],
            confidence=(slope, intercept),
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, rounded to what they are worth."""
        return {
            **{name: np.round(getattr(self, name), 5).tolist() for name in ARRAYS},
            "bias": round(self.bias, 5),
            "a_turn": round(self.a_turn, 5),
            "at_least": self.at_least,
            "confidence": list(self.confidence),
        }

    def scores(self, session: SpanInput) -> Floats:
        """(n, n) scores of all spans, -inf below the diagonal."""
        n = len(session)
        sums = np.concatenate([[0.0], np.cumsum(session.signs @ self.inside + self.a_turn)])
        scores = (
            (sums[None, 1:] - sums[:-1, None])
            + (session.borders @ self.start)[:, None]
            + (session.borders @ self.end)[None, :]
            + session.spans @ self.span
            + self.bias
        )
        return np.where(np.tri(n, k=-1, dtype=bool), -np.inf, scores)

    def choose(self, spans: Floats) -> tuple[Span, ...]:
        """The spans worth reporting, from the posterior of all spans, with calibrated confidence."""
        return tuple(
            replace(span, confidence=self._calibrated(span.confidence))
            for span in choose(spans, at_least=self.at_least)
        )

    def _calibrated(self, chance: float) -> float:
        chance = min(max(chance, 1e-4), 1 - 1e-4)
        slope, intercept = self.confidence
        return float(sigmoid(slope * np.log(chance / (1 - chance)) + intercept))
