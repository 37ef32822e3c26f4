"""Fit a semi-Markov span model by maximum conditional likelihood."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from attunement.episodes.semimarkov import posterior
from attunement.episodes.spans import SpanInput, SpanModel

SESSIONS_AT_ONCE = 48


@dataclass
class SpanExample:
    """One session and its true spans, turns counted from 0, last turn included."""

    session: SpanInput
    spans: list[tuple[int, int]]


class _Table:
    """Features of many sessions stacked and standardised: a score is one product, a gradient another."""

    def __init__(self, blocks: list[np.ndarray]) -> None:
        self.rows = np.concatenate(blocks).astype(np.float32)
        self.centre, self.scale = self.rows.mean(axis=0), self.rows.std(axis=0) + 1e-4
        self.rows = (self.rows - self.centre) / self.scale
        self.bounds = np.cumsum([0, *(len(block) for block in blocks)])

    def part(self, values: np.ndarray, index: int) -> np.ndarray:
        return values[self.bounds[index] : self.bounds[index + 1]]


def fit_spans(examples: list[SpanExample], *, penalty: float, steps: int = 150) -> SpanModel:
    """Maximise the likelihood of the true spans less `penalty` × the squared weights of standardised features."""
    examples = sorted(examples, key=lambda example: len(example.session))
    inside = _Table([example.session.signs for example in examples])
    border = _Table([example.session.borders for example in examples])
    upper = [np.triu_indices(len(example.session)) for example in examples]
    span = _Table([example.session.spans[rows] for example, rows in zip(examples, upper, strict=True)])
    widths = (inside.rows.shape[1], border.rows.shape[1], border.rows.shape[1], span.rows.shape[1], 1)
    cuts = np.cumsum(widths)[:-1]
    truths = []
    for example in examples:
        truth = np.zeros((len(example.session),) * 2)
        for first, last in example.spans:
            truth[first, last] = 1.0
        truths.append(truth)

    def loss(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        w_inside, w_start, w_end, w_span, bias = np.split(parameters, cuts)
        by_turn, by_start = inside.rows @ w_inside, border.rows @ w_start
        by_end, by_span = border.rows @ w_end, span.rows @ w_span
        tables = []
        for index, rows in enumerate(upper):
            n = len(examples[index].session)
            sums = np.concatenate([[0.0], np.cumsum(inside.part(by_turn, index))])
            table = np.full((n, n), -np.inf)
            table[rows] = span.part(by_span, index) + bias
            table += sums[None, 1:] - sums[:-1, None]
            table += border.part(by_start, index)[:, None] + border.part(by_end, index)[None, :]
            tables.append(table)
        total, residuals = _residuals(tables, truths)
        d_turn = np.concatenate([_covered(residual) for residual in residuals])
        d_start = np.concatenate([residual.sum(axis=1) for residual in residuals])
        d_end = np.concatenate([residual.sum(axis=0) for residual in residuals])
        d_span = np.concatenate([residual[rows] for residual, rows in zip(residuals, upper, strict=True)])
        gradient = np.concatenate(
            [
                d_turn @ inside.rows,
                d_start @ border.rows,
                d_end @ border.rows,
                d_span @ span.rows,
                [d_span.sum()],
            ]
        )
        gradient[:-1] += 2 * penalty * parameters[:-1]
        return total + penalty * float(parameters[:-1] @ parameters[:-1]), gradient

    start = np.zeros(sum(widths))
    start[-1] = -6.0
    answer = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps})
    w_inside, w_start, w_end, w_span, bias = np.split(answer.x, cuts)
    w_inside, w_start = w_inside / inside.scale, w_start / border.scale
    w_end, w_span = w_end / border.scale, w_span / span.scale
    # Centring moves into the bias, but for what lies inside: there it is a cost a turn, carried by the length.
    offset = border.centre @ (w_start + w_end) + span.centre @ w_span
    return SpanModel(w_inside, w_start, w_end, w_span, float(bias[0] - offset), a_turn=-float(inside.centre @ w_inside))


def _residuals(tables: list[np.ndarray], truths: list[np.ndarray]) -> tuple[float, list[np.ndarray]]:
    """Negative log-likelihood, and per session the posterior of every span less the truth."""
    total, residuals = 0.0, []
    for first in range(0, len(tables), SESSIONS_AT_ONCE):
        together = tables[first : first + SESSIONS_AT_ONCE]
        longest = max(len(table) for table in together)
        stacked = np.full((len(together), longest, longest), -np.inf)
        for row, table in zip(stacked, together, strict=True):
            row[: len(table), : len(table)] = table
        spans, log_z = posterior(stacked)
        for index, table in enumerate(together):
            n, truth = len(table), truths[first + index]
            total += float(log_z[index]) - float(table[truth > 0].sum())
            residuals.append(spans[index, :n, :n] - truth)
    return total, residuals


def _covered(spans: np.ndarray) -> np.ndarray:
    """How much span mass covers each turn."""
    change = np.append(spans.sum(axis=1), 0.0)
    change[1:] -= spans.sum(axis=0)
    return np.cumsum(change)[:-1]
