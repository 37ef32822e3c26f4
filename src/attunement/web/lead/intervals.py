"""How far a clinic's figures can be trusted: 95 % intervals over clients, not over answers."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import fmean, stdev


def share_of(count: int, total: int) -> dict[str, float]:
    """A share of clients and its interval (0–1; Wilson, 1927)."""
    from attunement.episodes.moments import wilson

    low, high = wilson(count / total, total)
    return {"share": count / total, "low": low, "high": high}


def clustered_share(counts: Sequence[tuple[int, int]]) -> dict[str, float]:
    """A share and its interval (0–1), from (how many did, out of how many) of each client.

    Answers of one client resemble each other, so that many of them say less than as many of many clients: Wilson's
    interval with the effective number of answers (Dean & Pagano, 2015), never more than there are, never fewer than
    clients.

    Raises:
        ValueError: when nobody was asked anything.
    """
    from attunement.episodes.moments import wilson

    asked = sum(out_of for _, out_of in counts)
    if not asked:
        raise ValueError("nobody was asked anything")
    share = sum(did for did, _ in counts) / asked
    low, high = wilson(share, _effective(counts, share, asked))
    return {"share": share, "low": low, "high": high}


def mean_of(values: Sequence[float]) -> dict[str, float]:
    """The mean over clients, each counted once, and its interval (Student's t).

    Raises:
        ValueError: with fewer than two.
    """
    from scipy.stats import t

    if len(values) < 2:
        raise ValueError("fewer than two clients")
    half = float(t.ppf(0.975, len(values) - 1)) * stdev(values) / sqrt(len(values))
    mean = fmean(values)
    return {"mean": mean, "low": mean - half, "high": mean + half}


def _effective(counts: Sequence[tuple[int, int]], share: float, asked: int) -> float:
    clients = sum(out_of > 0 for _, out_of in counts)
    if clients < 2 or share in (0, 1):
        return clients
    off = sum((did - share * out_of) ** 2 for did, out_of in counts)
    variance = off * clients / (clients - 1) / asked**2
    return min(asked, max(clients, share * (1 - share) / variance)) if variance else asked
