"""The score of a span as a weighted sum: what lies inside it, what stands at its borders, its peaks and its length."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from attunement.episodes.features import Floats, border_features, span_features


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
    """The weights of one type of episode, and the confidence below which nothing is reported."""

    inside: Floats
    start: Floats
    end: Floats
    span: Floats
    bias: float
    a_turn: float
    at_least: float = 0.3

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
