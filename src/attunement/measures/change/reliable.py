"""Reliable change of one client, from an instrument's published figures.

It asks whether a difference between two scores is more than the error of measuring them. It does not ask whether the
difference matters to the client.
"""

from __future__ import annotations

import math
from statistics import NormalDist

SIGNIFICANCE_LEVEL = 0.05


def standard_error_of_measurement(sd: float, reliability: float) -> float:
    """How far a score lies from its true score, in points of the scale: sd · √(1 − reliability).

    Raises:
        ValueError: if `sd` is not positive or `reliability` is outside (0, 1).
    """
    if not 0 < sd < math.inf:
        raise ValueError(f"the standard deviation must be positive, not {sd}.")
    if not 0 < reliability < 1:
        raise ValueError(f"the reliability must lie between 0 and 1, not {reliability}.")
    return sd * math.sqrt(1 - reliability)


def standard_error_of_difference(sd_pre: float, reliability: float) -> float:
    """How far two measurements of an unchanged client lie apart: √2 standard errors of measurement.

    Raises:
        ValueError: if `sd_pre` is not positive or `reliability` is outside (0, 1).
    """
    return math.sqrt(2 * standard_error_of_measurement(sd_pre, reliability) ** 2)


def reliable_change_index(pre: float, post: float, *, sd_pre: float, reliability: float) -> float:
    """Change in units of its own measurement error (Jacobson & Truax, 1991, eq. 1).

    Positive when `post` exceeds `pre`; whether that is better depends on the scale's direction. Beyond ±1.96 the
    change is unlikely (p < .05) to be measurement error alone.

    Raises:
        ValueError: if `sd_pre` is not positive or `reliability` is outside (0, 1).
    """
    return (post - pre) / standard_error_of_difference(sd_pre, reliability)


def smallest_reliable_change(
    *, sd_pre: float, reliability: float, significance_level: float = SIGNIFICANCE_LEVEL
) -> float:
    """Points of change, in either direction, beyond which a client has reliably changed (Jacobson & Truax, 1991).

    Raises:
        ValueError: if `sd_pre` is not positive, or `reliability` or `significance_level` is outside (0, 1).
    """
    return critical_value(significance_level) * standard_error_of_difference(sd_pre, reliability)


def is_reliable(index: float, *, significance_level: float = SIGNIFICANCE_LEVEL) -> bool:
    """Whether an index lies beyond what measurement error alone would give, in either direction.

    Raises:
        ValueError: if `significance_level` is outside (0, 1).
    """
    return abs(index) > critical_value(significance_level)


def critical_value(significance_level: float, *, sides: int = 2) -> float:
    """The standard normal quantile: 1.96 for .05 with two sides, 1.64 with one.

    Raises:
        ValueError: if `significance_level` is outside (0, 1).
    """
    if not 0 < significance_level < 1:
        raise ValueError(f"the significance level must lie between 0 and 1, not {significance_level}.")
    return NormalDist().inv_cdf(1 - significance_level / sides)
