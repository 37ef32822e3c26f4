"""What textbooks say of the same study: closed formulas, with the design effect of clients who share therapists."""

from __future__ import annotations

from dataclasses import dataclass
from math import atanh, sqrt

from scipy import stats

from attunement.dyad.power.question import Randomised


@dataclass(frozen=True, slots=True)
class Ingredients:
    """What the formulas need, from all simulated clients together; None where it cannot be told.

    `size` is Cohen's d of the two conditions (positive: less of the outcome), the correlation, or, with `shares`, the
    difference between these two shares. `between` is the share of variance between therapists; for a correlation the
    product of those of predictor and outcome. `analysed` is the share of clients who contribute. `within` is a
    correlation as it is among clients of the same therapist.
    """

    name: str
    size: float | None
    shares: tuple[float, float] | None
    between: float
    analysed: float
    within: float | None = None


def textbook(
    asked: Randomised | None, it: Ingredients, *, therapists: int, clients_each: int, level: float
) -> float | None:
    """Power of a two-sided test by the usual formula.

    Two-sample t with design effect 1 + (m − 1)·ICC where therapists are randomised, 1 − ICC where clients are
    randomised within therapists (Donner & Klar, 2000); two proportions the same way; a correlation by Fisher's z with
    design effect 1 + (m − 1)·ICC·ICC (of predictor and outcome).
    """
    if it.size is None:
        return None
    clients = therapists * clients_each * it.analysed / design_effect(asked, it, clients_each)
    if asked is None:
        return _fisher(it.size, clients, level)
    if it.shares is not None:
        one, other = it.shares
        error = sqrt((one * (1 - one) + other * (1 - other)) / (clients / 2)) if clients else 0.0
        return _normal((one - other) / error, level) if error > 0 else None
    return _t(it.size * sqrt(clients / 4), max(clients - 2, 1.0), level)


def counting_therapists(
    asked: Randomised | None, it: Ingredients, *, therapists: int, clients_each: int, level: float
) -> float | None:
    """The same as the study is analysed: with therapists' degrees of freedom, or by what is alike within therapists.

    None where it cannot be told.
    """
    if asked is None:
        clients = therapists * (clients_each * it.analysed - 1)
        return None if it.within is None else _fisher(it.within, clients, level)
    if it.size is None:
        return None
    clients = therapists * clients_each * it.analysed / design_effect(asked, it, clients_each)
    if it.shares is None:
        effect = it.size * sqrt(clients / 4)
    else:
        spread = sum(share * (1 - share) for share in it.shares)
        if spread <= 0:
            return None
        effect = (it.shares[0] - it.shares[1]) * sqrt(clients / 2 / spread)
    return _t(effect, therapists - (2 if asked == "therapists" else 1), level)


def design_effect(asked: Randomised | None, it: Ingredients, clients_each: int) -> float:
    """How many clients count as one who shares a therapist with nobody."""
    if asked == "clients":
        return max(1 - it.between, 0.01)
    return max(1 + (clients_each * it.analysed - 1) * it.between, 0.01)


def _fisher(r: float, clients: float, level: float) -> float:
    return _normal(atanh(min(max(r, -0.999999), 0.999999)) * sqrt(max(clients - 3, 0.0)), level)


def _normal(effect: float, level: float) -> float:
    beyond = stats.norm.isf(level / 2)
    return float(stats.norm.sf(beyond - effect) + stats.norm.cdf(-beyond - effect))


def _t(effect: float, freedom: float, level: float) -> float:
    beyond = stats.t.isf(level / 2, freedom)
    return float(stats.nct.sf(beyond, freedom, abs(effect)) + stats.nct.cdf(-beyond, freedom, abs(effect)))
