"""Indices of reliable change: each client's change in units of its error, by six published formulas.

They differ in what counts as "no change": the score before (JT), or what the score before would regress to (the
others). r is the reliability, M and s mean and standard deviation of the sample before (1) and after (2), x a client's
score.

    SEM = s₁ √(1 − r)          standard error of measurement
    SEP = s₁ √(1 − r²)         standard error of prediction
    x̂  = r (x₁ − M₁) + M₁      estimated true score before
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from attunement.errors import InputError

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Sample:
    """Every client's scores, and what the sample says about the scale; `reliability` is that before unless said."""

    pre: Floats
    post: Floats
    reliability: float
    reliability_post: float

    @property
    def mean_pre(self) -> float:
        """M₁."""
        return float(self.pre.mean())

    @property
    def mean_post(self) -> float:
        """M₂."""
        return float(self.post.mean())

    @property
    def sd_pre(self) -> float:
        """s₁, with n − 1."""
        return float(self.pre.std(ddof=1))

    @property
    def sd_post(self) -> float:
        """s₂, with n − 1."""
        return float(self.post.std(ddof=1))

    @property
    def error(self) -> float:
        """SEM."""
        return self.sd_pre * math.sqrt(1 - self.reliability)

    @property
    def error_of_prediction(self) -> float:
        """SEP."""
        return self.sd_pre * math.sqrt(1 - self.reliability**2)

    @property
    def true_pre(self) -> Floats:
        """x̂ of every client."""
        return self.reliability * (self.pre - self.mean_pre) + self.mean_pre

    def reliability_of(self, sd: float) -> float:
        """Reliability in a sample of this spread, the error being the same (Hageman & Arrindell, 1999): 1 − SEM²/s²."""
        return (sd**2 - self.error**2) / sd**2


def sample(clients: pd.DataFrame, reliability: float | None, reliability_post: float | None = None) -> Sample:
    """The sample of prepared clients.

    Raises:
        InputError: when the reliability is missing or outside (0, 1), or all clients had the same score before.
    """
    if reliability is None:
        raise InputError("the reliability of the instrument is needed, such as .85; its manual or a review has it.")
    second = reliability if reliability_post is None else reliability_post
    for value in (reliability, second):
        if not 0 < value < 1:
            raise InputError(f"a reliability lies between 0 and 1, not {value:g}.")
    refuse_no_spread(clients)
    return Sample(clients["pre"].to_numpy(float), clients["post"].to_numpy(float), reliability, second)


def refuse_no_spread(clients: pd.DataFrame) -> None:
    """Raise InputError when all clients had the same score before: no error and no cut-off follows from that."""
    if clients["pre"].nunique() < 2:
        raise InputError("all clients have the same score before, so that its spread is zero and no method applies.")


def jacobson_truax(clients: Sample) -> Floats:
    """(x₂ − x₁) / √(2 SEM²) (Jacobson & Truax, 1991)."""
    return (clients.post - clients.pre) / math.sqrt(2 * clients.error**2)


def gulliksen_lord_novick(clients: Sample) -> Floats:
    """((x₂ − M₁) − r (x₁ − M₁)) / SEP (Hsu, 1989)."""
    expected = clients.reliability * (clients.pre - clients.mean_pre)
    return (clients.post - clients.mean_pre - expected) / clients.error_of_prediction


def hsu_linn_lindner(clients: Sample) -> Floats:
    """((x₂ − M₂) − r (x₁ − M₁)) / SEP: change relative to how the sample changed (Hsu, 1989)."""
    expected = clients.reliability * (clients.pre - clients.mean_pre)
    return (clients.post - clients.mean_post - expected) / clients.error_of_prediction


def edwards_nunnally(clients: Sample) -> Floats:
    """(x₂ − x̂) / SEM (Speer, 1992)."""
    return (clients.post - clients.true_pre) / clients.error


def nunnally_kotsch(clients: Sample) -> Floats:
    """(x₂ − x̂) / √(r₁² s₁² (1 − r₁) + s₁² (1 − r₂)) (Nunnally & Kotsch, 1983)."""
    before = clients.reliability**2 * clients.sd_pre**2 * (1 - clients.reliability)
    after = clients.sd_pre**2 * (1 - clients.reliability_post)
    return (clients.post - clients.true_pre) / math.sqrt(before + after)


def hageman_arrindell(clients: Sample) -> Floats:
    """((x₂ − x₁) r_dd + (M₂ − M₁)(1 − r_dd)) / (√r_dd √(2 SEM²)) (Hageman & Arrindell, 1999).

    Raises:
        InputError: when the changes spread no more than their error does.
    """
    of_change = reliability_of_change(clients)
    mean_change = clients.mean_post - clients.mean_pre
    weighted = (clients.post - clients.pre) * of_change + mean_change * (1 - of_change)
    return weighted / (math.sqrt(of_change) * math.sqrt(2 * clients.error**2))


def reliability_of_change(clients: Sample) -> float:
    """r_dd, the reliability of difference scores (Hageman & Arrindell, 1999).

    Raises:
        InputError: when it is zero or less: the changes spread no more than their error does.
    """
    first, second = clients.sd_pre, clients.sd_post
    together = 2 * first * second * correlation(clients)
    true = first**2 * clients.reliability_of(first) + _true_variance(clients, second) - together
    observed = first**2 + second**2 - together
    if not observed > 0 or not true > 0:
        raise InputError(
            "Hageman–Arrindell (HA) cannot be computed: changes spread no more than the error of measurement."
        )
    return true / observed


def _true_variance(clients: Sample, sd: float) -> float:
    return sd**2 * clients.reliability_of(sd) if sd > 0 else -(clients.error**2)


def correlation(clients: Sample) -> float:
    """Correlation of the scores before and after; 0 when either does not spread."""
    if not clients.sd_pre > 0 or not clients.sd_post > 0:
        return 0.0
    return float(np.corrcoef(clients.pre, clients.post)[0, 1])


@dataclass(frozen=True)
class Method:
    """A way to tell change from error: its name, its source, and what it compares a client's second score with."""

    name: str
    source: str
    compares: str
    index: Callable[[Sample], Floats] | None
    sides: int = 2


METHODS = {
    "JT": Method("Jacobson–Truax", "Jacobson & Truax, 1991", "the score before", jacobson_truax),
    "GLN": Method(
        "Gulliksen–Lord–Novick",
        "Hsu, 1989",
        "where the score before regresses to, towards the mean before",
        gulliksen_lord_novick,
    ),
    "HLL": Method(
        "Hsu–Linn–Lindner", "Hsu, 1989", "where the score before regresses to, towards the mean after", hsu_linn_lindner
    ),
    "EN": Method("Edwards–Nunnally", "Speer, 1992", "the estimated true score before", edwards_nunnally),
    "NK": Method(
        "Nunnally–Kotsch",
        "Nunnally & Kotsch, 1983",
        "the estimated true score before, each measurement with its own reliability",
        nunnally_kotsch,
    ),
    "HA": Method(
        "Hageman–Arrindell",
        "Hageman & Arrindell, 1999",
        "the score before, the change weighted by its reliability",
        hageman_arrindell,
        sides=1,
    ),
    "HLM": Method(
        "hierarchical linear model",
        "Raudenbush & Bryk, 2002",
        "the average course of all clients (their slopes, not two scores)",
        None,
    ),
}


def method_of(code: str) -> Method:
    """The method with this code, in capitals or not.

    Raises:
        InputError: when there is none.
    """
    try:
        return METHODS[code.upper()]
    except KeyError:
        raise InputError(f"there is no method {code}; choose one of {', '.join(METHODS)}.") from None
