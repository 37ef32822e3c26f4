"""How often who coded a session errs, and how likely that makes a count.

Moments are judged one by one: of n exchanges coded, each is marked with probability m·sensitivity + (1 − m)·(1 −
specificity), where m is the share of exchanges in which it truly happened; so a transcript may be longer or shorter
than the model's session. Ruptures and repairs are few and counted whole: found with the sensitivity each, and besides,
false ones at (1 − specificity) for each exchange of the model's session (Poisson).
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from attunement.dyad.inference.observed import Coded
from attunement.errors import InputError

EXCHANGES = 40  # in a session of the model
LEAST = 1e-4  # nobody codes without any error: a count that cannot be would end all
KINDS = ("opened", "missed", "harmed", "ruptures", "repairs")
Table = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Errors:
    """`sensitivity`: share of true ones that are marked; `specificity`: share of the others that are not."""

    sensitivity: float
    specificity: float


@dataclass(frozen=True, slots=True)
class CoderErrors:
    """For each kind of count.

    Raises:
        InputError: when a rate is outside 0–1, or the coder marks true ones no more often than others.
    """

    opened: Errors
    missed: Errors
    harmed: Errors
    ruptures: Errors
    repairs: Errors

    def __post_init__(self) -> None:
        for kind in fields(self):
            rates: Errors = getattr(self, kind.name)
            if not (0 <= rates.sensitivity <= 1 and 0 <= rates.specificity <= 1):
                raise InputError(f"The coder's sensitivity and specificity for {kind.name} lie between 0 and 1.")
            if rates.sensitivity <= 1 - rates.specificity:
                raise InputError(f"A coder who marks {kind.name} no more often where they are tells nothing.")


# Of the finder on authored sessions that it had not met, printed by `make bench-recovery`.
FINDER = CoderErrors(
    opened=Errors(0.63, 0.77),
    missed=Errors(0.50, 0.84),
    harmed=Errors(0.11, 0.997),
    ruptures=Errors(0.79, 0.994),
    repairs=Errors(0.84, 0.996),
)
FLAWLESS = CoderErrors(*(Errors(1.0, 1.0),) * len(KINDS))


def log_likelihoods(coded: Coded | None, errors: CoderErrors) -> Table:
    """Of the counts given, for 0 to 40 true ones, (kinds, 41); 0 everywhere for a kind that was not counted."""
    table = np.zeros((len(KINDS), EXCHANGES + 1))
    for row, kind in enumerate(KINDS):
        count = None if coded is None else getattr(coded, kind)
        if coded is not None and count is not None:
            of_kind = _of_episodes if kind in ("ruptures", "repairs") else _of_moments
            table[row] = of_kind(count, coded.exchanges, getattr(errors, kind))
    return table


def _of_moments(count: int, exchanges: int, errors: Errors) -> Table:
    from scipy.stats import binom

    true = np.arange(EXCHANGES + 1) / EXCHANGES
    marked = true * errors.sensitivity + (1 - true) * (1 - errors.specificity)
    return np.asarray(binom.logpmf(count, exchanges, np.clip(marked, LEAST, 1 - LEAST)))


def _of_episodes(count: int, exchanges: int, errors: Errors) -> Table:
    from scipy.stats import binom, poisson

    found = np.arange(count + 1)
    false = poisson.pmf(count - found, EXCHANGES * max(1 - errors.specificity, LEAST))
    sensitivity = min(errors.sensitivity, 1 - LEAST)
    chances = [false @ binom.pmf(found, true, sensitivity) for true in range(EXCHANGES + 1)]
    return np.log(np.maximum(chances, np.finfo(np.float64).tiny))
