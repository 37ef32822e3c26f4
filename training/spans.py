"""Fit a semi-Markov span model by maximum conditional likelihood."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from attunement.episodes.semimarkov import posterior
from attunement.episodes.spans import SpanInput, SpanModel

SESSIONS_AT_ONCE = 40


@dataclass
class SpanExample:
    """One session and its true spans, turns counted from 0, last turn included."""

    session: SpanInput
    spans: list[tuple[int, int]]


@dataclass
class _Scaling:
    """Standardised features weigh alike under one penalty."""

    centre: np.ndarray
    scale: np.ndarray

    @classmethod
    def of(cls, rows: np.ndarray) -> _Scaling:
        return cls(rows.mean(axis=0), rows.std(axis=0) + 1e-4)

    def __call__(self, values: np.ndarray) -> np.ndarray:
        return ((values - self.centre) / self.scale).astype(np.float32)


@dataclass
class _Batch:
    """Sessions of about equal length, padded: signs (b, n, s), borders (b, n, 5s), spans (b, n, n, k), truth (b, n, n).

    `blocked` is -inf at spans that are not there.
    """

    signs: np.ndarray
    borders: np.ndarray
    spans: np.ndarray
    truth: np.ndarray
    blocked: np.ndarray


def fit_spans(examples: list[SpanExample], *, penalty: float, steps: int = 80) -> SpanModel:
    """Maximise the likelihood of the true spans less `penalty` × the squared weights of standardised features."""
    inside = _Scaling.of(np.concatenate([example.session.signs for example in examples]))
    border = _Scaling.of(np.concatenate([example.session.borders for example in examples]))
    span = _Scaling.of(np.concatenate([e.session.spans[np.triu_indices(len(e.session))] for e in examples]))
    examples = sorted(examples, key=lambda example: len(example.session))
    batches = [
        _batch(examples[first : first + SESSIONS_AT_ONCE], inside, border, span)
        for first in range(0, len(examples), SESSIONS_AT_ONCE)
    ]
    widths = (len(inside.centre), len(border.centre), len(border.centre), len(span.centre), 1)
    cuts = np.cumsum(widths)[:-1]

    def loss(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        weights = [part.astype(np.float32) for part in np.split(parameters, cuts)]
        total, gradient = 0.0, np.zeros(len(parameters))
        for batch in batches:
            value, slope = _likelihood(batch, *weights)
            total, gradient = total + value, gradient + slope
        gradient[:-1] += 2 * penalty * parameters[:-1]
        return total + penalty * float(parameters[:-1] @ parameters[:-1]), gradient

    start = np.zeros(sum(widths))
    start[-1] = -6.0
    answer = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps})
    w_inside, w_start, w_end, w_span, bias = np.split(answer.x, cuts)
    w_inside, w_span = w_inside / inside.scale, w_span / span.scale
    w_start, w_end = w_start / border.scale, w_end / border.scale
    # Centring moves into the bias; for what lies inside it is a cost for every turn the span covers.
    offset = border.centre @ (w_start + w_end) + span.centre @ w_span
    return SpanModel(w_inside, w_start, w_end, w_span, float(bias[0] - offset), a_turn=-float(inside.centre @ w_inside))


def _batch(examples: list[SpanExample], inside: _Scaling, border: _Scaling, span: _Scaling) -> _Batch:
    count, n = len(examples), max(len(example.session) for example in examples)
    batch = _Batch(
        signs=np.zeros((count, n, len(inside.centre)), dtype=np.float32),
        borders=np.zeros((count, n, len(border.centre)), dtype=np.float32),
        spans=np.zeros((count, n, n, len(span.centre)), dtype=np.float32),
        truth=np.zeros((count, n, n), dtype=np.float32),
        blocked=np.full((count, n, n), -np.inf),
    )
    for index, example in enumerate(examples):
        m = len(example.session)
        batch.signs[index, :m] = inside(example.session.signs)
        batch.borders[index, :m] = border(example.session.borders)
        batch.spans[index, :m, :m] = span(example.session.spans)
        batch.blocked[index, :m, :m] = np.where(np.tri(m, k=-1, dtype=bool), -np.inf, 0.0)
        for first, last in example.spans:
            batch.truth[index, first, last] = 1.0
    return batch


def _likelihood(
    batch: _Batch,
    w_inside: np.ndarray,
    w_start: np.ndarray,
    w_end: np.ndarray,
    w_span: np.ndarray,
    bias: np.ndarray,
) -> tuple[float, np.ndarray]:
    """Negative log-likelihood of the batch's true spans, and its gradient."""
    turn = np.pad(np.cumsum(batch.signs @ w_inside, axis=1), ((0, 0), (1, 0)))
    scores = (
        (turn[:, None, 1:] - turn[:, :-1, None])
        + (batch.borders @ w_start)[:, :, None]
        + (batch.borders @ w_end)[:, None, :]
        + batch.spans @ w_span
        + bias
    )
    spans, log_z = posterior(scores + batch.blocked)
    residual = (spans - batch.truth).astype(np.float32)
    by_start, by_end = residual.sum(axis=2), residual.sum(axis=1)
    # How much span mass covers each turn: what began up to it less what ended before it.
    cover = np.cumsum(by_start, axis=1) - np.pad(np.cumsum(by_end, axis=1), ((0, 0), (1, 0)))[:, :-1]
    gradient = np.concatenate(
        [
            np.tensordot(cover, batch.signs, 2),
            np.tensordot(by_start, batch.borders, 2),
            np.tensordot(by_end, batch.borders, 2),
            residual.ravel() @ batch.spans.reshape(-1, batch.spans.shape[-1]),
            [residual.sum()],
        ]
    )
    return float(log_z.sum() - (scores * batch.truth).sum()), gradient.astype(np.float64)
