"""A semi-Markov model of spans in a session: weak signs that run on count, one stray sign does not.

A session of n turns is cut into spans of an episode and single turns outside any. A span from turn i to turn j
(counted from 0, inclusive) has the score S[i, j] = weights · features(i, j), a turn outside has 0, and a way of cutting
has the probability exp(sum of its scores) / Z (Sarawagi & Cohen, 2004). Forward and backward sums give the posterior of
every span; spans are then chosen for the chance that a true one overlaps them by half or more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]

# Two spans are the same episode when their intersection is at least this share of their union.
SAME_SPAN = 0.5


@dataclass(frozen=True, slots=True)
class Span:
    """A span found, turns counted from 0, inclusive; `confidence`: the chance that a true one overlaps it by half."""

    first: int
    last: int
    confidence: float


def posterior(scores: Floats) -> tuple[Floats, Floats]:
    """The probability of each span and the log of Z, from span scores (…, n, n) with -inf below the diagonal.

    Sessions of different length go into one array with -inf for every span that touches a turn which is not there.
    """
    n = scores.shape[-1]
    before = np.zeros((*scores.shape[:-2], n + 1))
    after = np.zeros_like(before)
    for t in range(1, n + 1):
        into = np.logaddexp.reduce(before[..., :t] + scores[..., :t, t - 1], axis=-1)
        before[..., t] = np.logaddexp(before[..., t - 1], into)
    for t in range(n - 1, -1, -1):
        out_of = np.logaddexp.reduce(scores[..., t, t:] + after[..., t + 1 :], axis=-1)
        after[..., t] = np.logaddexp(after[..., t + 1], out_of)
    log_z = before[..., n]
    log_p = before[..., :n, None] + scores + after[..., None, 1:] - log_z[..., None, None]
    return np.exp(log_p), log_z


def inside(spans: Floats) -> Floats:
    """The probability of each turn to lie within some span, (n,), from the spans' posterior (n, n)."""
    n = len(spans)
    change = np.zeros(n + 1)
    change[:n] += spans.sum(axis=1)
    change[1:] -= spans.sum(axis=0)
    return np.clip(np.cumsum(change)[:n], 0.0, 1.0)


def overlap(first: npt.NDArray[np.int64], last: npt.NDArray[np.int64]) -> Floats:
    """Intersection over union of every pair of spans, (k, k)."""
    together = np.minimum(last[:, None], last[None, :]) - np.maximum(first[:, None], first[None, :]) + 1
    length = last - first + 1
    shared = np.maximum(together, 0)
    return np.asarray(shared / (length[:, None] + length[None, :] - shared))


def choose(spans: Floats, *, at_least: float, candidates: int = 400) -> tuple[Span, ...]:
    """The spans most likely to be matched by a true one, best first chosen, none overlapping, then in order.

    `at_least` is the confidence below which nothing is reported.
    """
    first, last = np.triu_indices(len(spans))
    likeliest = np.argsort(-spans[first, last], kind="stable")[:candidates]
    first, last = first[likeliest], last[likeliest]
    mass = spans[first, last]
    confidence = np.minimum((overlap(first, last) >= SAME_SPAN) @ mass, 1.0)
    chosen: list[Span] = []
    # Among equals, up to the last digits of a sum, the span that is likeliest as it stands.
    for index in np.argsort(-np.round(confidence, 6), kind="stable"):
        if confidence[index] < at_least:
            continue
        if all(last[index] < span.first or first[index] > span.last for span in chosen):
            chosen.append(Span(int(first[index]), int(last[index]), float(confidence[index])))
    return tuple(sorted(chosen, key=lambda span: span.first))
