"""Proper scores of a prediction: lower is better for the CRPS, higher for the log score (Gneiting & Raftery, 2007)."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt
from scipy.stats import norm

Floats = npt.NDArray[np.float64]
SMOOTHING = 0.5  # draws given to every bin, so that no chance is zero


class Prediction(Protocol):
    """What is expected of a score."""

    def crps(self, score: float) -> float:
        """Continuous ranked probability score, in units of the score."""

    def log_score(self, low: float, high: float) -> float:
        """Log of the chance given to what came, which lay between the two."""


class Draws:
    """Equally likely scores."""

    def __init__(self, draws: npt.NDArray[np.float32], bins: int) -> None:
        self.draws = np.sort(draws.astype(np.float64))
        self.bins = bins

    def crps(self, score: float) -> float:
        """From the draws' distance to the score, less half their distance from each other."""
        number = len(self.draws)
        apart = self.draws @ (2 * np.arange(1, number + 1) - number - 1) / number**2
        return float(np.abs(self.draws - score).mean() - apart)

    def log_score(self, low: float, high: float) -> float:
        """From the share of draws."""
        inside = np.searchsorted(self.draws, high) - np.searchsorted(self.draws, low)
        return float(np.log((inside + SMOOTHING) / (len(self.draws) + SMOOTHING * self.bins)))


class Normal:
    """A normal distribution."""

    def __init__(self, mean: float, sd: float) -> None:
        self.mean, self.sd = mean, sd

    def crps(self, score: float) -> float:
        """In closed form."""
        z = (score - self.mean) / self.sd
        return float(self.sd * (z * (2 * norm.cdf(z) - 1) + 2 * norm.pdf(z) - 1 / np.sqrt(np.pi)))

    def log_score(self, low: float, high: float) -> float:
        """At least one in a million, so that one surprise does not decide."""
        chance = norm.cdf(high, self.mean, self.sd) - norm.cdf(low, self.mean, self.sd)
        return float(np.log(max(chance, 1e-6)))


class Halves:
    """Half of one, half of a normal distribution: each is right for half of the cases, and nobody knows which."""

    def __init__(self, draws: Draws, other: Normal) -> None:
        places = (np.arange(len(draws.draws)) + 0.5) / len(draws.draws)
        self.both = Draws(np.append(draws.draws, norm.ppf(places, other.mean, other.sd)).astype(np.float32), draws.bins)

    def crps(self, score: float) -> float:
        """From draws of both."""
        return self.both.crps(score)

    def log_score(self, low: float, high: float) -> float:
        """From draws of both."""
        return self.both.log_score(low, high)


class Exactly:
    """One number: its CRPS is the distance, and it has no log score."""

    def __init__(self, value: float) -> None:
        self.value = value

    def crps(self, score: float) -> float:
        """The distance."""
        return abs(score - self.value)

    def log_score(self, low: float, high: float) -> float:
        """None to give."""
        return float("nan")
