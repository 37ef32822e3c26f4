"""Whether the model reproduces what is known: every fact, published beside simulated."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from attunement.dyad.facts import FACTS, Arms, Fact
from attunement.dyad.parameters import DEFAULT, Parameters
from attunement.dyad.simulate import simulate
from attunement.errors import InputError

REPLICATIONS = 10
FEWEST_DYADS = 2_000
Z = 1.96


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact as the simulation shows it; `low` and `high` are the 95 % interval of what is left to chance."""

    fact: Fact
    value: float | None
    low: float | None
    high: float | None

    @property
    def holds(self) -> bool | None:
        """Whether the simulated figure lies within what is published; None when it cannot be told."""
        return self.fact.holds(self.value)


def arms(
    dyads: int, *, parameters: Parameters = DEFAULT, seed: int = 0, sessions: int = 20, exchanges: int = 40
) -> Arms:
    """The same people under the four conditions that the facts speak of."""
    run = partial(simulate, dyads, sessions=sessions, exchanges=exchanges, parameters=parameters, seed=seed)
    return Arms(*(run(condition=name) for name in Arms._fields))


def check(dyads: int = 20_000, *, parameters: Parameters = DEFAULT, seed: int = 0) -> list[Finding]:
    """Every fact in the order of the table.

    Args:
        dyads: in all, in `REPLICATIONS` parts with seeds of their own; the figure is the mean of the parts.
        parameters: see `attunement.dyad.parameters`.
        seed: the first part's.

    Raises:
        InputError: when there are too few dyads to tell anything.
    """
    if dyads < FEWEST_DYADS:
        raise InputError(f"The check needs at least {FEWEST_DYADS} dyads, not {dyads}.")
    parts = [arms(dyads // REPLICATIONS, parameters=parameters, seed=seed + part) for part in range(REPLICATIONS)]
    return [_finding(fact, [fact.measure(part) for part in parts]) for fact in FACTS]


def as_json(findings: list[Finding]) -> list[dict[str, Any]]:
    """The table as plain values; ends without number are None."""
    return [
        {
            "fact": finding.fact.name,
            "says": finding.fact.says,
            "published": finding.fact.value,
            "published_low": _plain(finding.fact.low),
            "published_high": _plain(finding.fact.high),
            "interval": finding.fact.interval,
            "simulated": finding.value,
            "simulated_low": finding.low,
            "simulated_high": finding.high,
            "inside": finding.holds,
            "measured": finding.fact.measured,
            "source": finding.fact.source,
            "note": finding.fact.note,
        }
        for finding in findings
    ]


def _finding(fact: Fact, values: list[float | None]) -> Finding:
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return Finding(fact, None, None, None)
    mean, error = float(np.mean(known)), float(np.std(known, ddof=1)) / len(known) ** 0.5
    return Finding(fact, mean, mean - Z * error, mean + Z * error)


def _plain(value: float) -> float | None:
    return value if np.isfinite(value) else None
