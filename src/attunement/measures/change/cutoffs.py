"""Clinical cut-offs: where scores of people in treatment end and those of people without the trouble begin.

a: two standard deviations beyond the mean of the clients, b: within two standard deviations of the mean of people
without the trouble, c: between both means, weighted by their spread (Jacobson & Truax, 1991). Hageman and Arrindell
(1999) take the spread of true scores, s √r, in place of s.

For b, Jacobson and Truax take the standard deviation of the functional population; here it is that of the clients, as
in the R package clinicalsignificance, whose numbers these are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from attunement.errors import InputError
from attunement.measures.change.indices import Floats, Sample

TYPES = ("a", "b", "c")


@dataclass(frozen=True)
class Cutoff:
    """A score and how it was found; `type` ends in `_true` when the spread of true scores was taken."""

    type: str
    value: float

    def table(self) -> pd.DataFrame:
        """One row."""
        return pd.DataFrame({"type": [self.type], "value": [self.value]})


@dataclass(frozen=True)
class Functional:
    """Mean and standard deviation of people without the trouble."""

    mean: float
    sd: float


def functional(kind: str, mean: float | None, sd: float | None) -> Functional | None:
    """The functional population as given, for a cut-off of this kind.

    Raises:
        InputError: when the kind is unknown, or needs a functional population and none is given.
    """
    if kind not in TYPES:
        raise InputError(f"there is no cut-off {kind}; choose a, b or c.")
    if mean is None or sd is None:
        if kind == "a":
            return None
        raise InputError(f"cut-off {kind} needs mean and standard deviation of people without the trouble.")
    if not 0 < sd < np.inf or not np.isfinite(mean):
        raise InputError(
            "mean and standard deviation of people without the trouble must be numbers, the latter above 0."
        )
    return Functional(mean, sd)


def clinical_cutoff(
    kind: str,
    *,
    mean_clinical: float,
    sd_clinical: float,
    functional: Functional | None,
    better: str,
) -> float:
    """The score between clients and people without the trouble (Jacobson & Truax, 1991).

    Raises:
        InputError: when the kind needs a functional population and there is none.
    """
    direction = direction_of(better)
    if kind == "a":
        return mean_clinical + direction * 2 * sd_clinical
    if functional is None:
        raise InputError(f"cut-off {kind} needs mean and standard deviation of people without the trouble.")
    if kind == "b":
        return functional.mean - direction * 2 * sd_clinical
    weighted = sd_clinical * functional.mean + functional.sd * mean_clinical
    return weighted / (sd_clinical + functional.sd)


def direction_of(better: str) -> int:
    """−1 when lower scores are better, 1 when higher ones are.

    Raises:
        InputError: when it is neither.
    """
    try:
        return {"lower": -1, "higher": 1}[better]
    except KeyError:
        raise InputError(f"better is lower or higher, not {better}.") from None


@dataclass(frozen=True)
class Crossing:
    """Where every client stands relative to a cut-off, as columns in the order in which they are shown."""

    cutoff: Cutoff
    columns: pd.DataFrame


def crossing(clients: pd.DataFrame, kind: str, functional: Functional | None, better: str) -> Crossing:
    """On the clinical side before, on the functional side after (Jacobson & Truax, 1991)."""
    pre, post = clients["pre"].to_numpy(float), clients["post"].to_numpy(float)
    direction = direction_of(better)
    value = clinical_cutoff(
        kind,
        mean_clinical=float(pre.mean()),
        sd_clinical=float(pre.std(ddof=1)),
        functional=functional,
        better=better,
    )
    columns = pd.DataFrame(
        {
            "clinical_pre": direction * pre < direction * value,
            "functional_post": direction * post > direction * value,
        },
        index=clients.index,
    )
    return Crossing(Cutoff(kind, value), columns)


def true_crossing(clients: Sample, kind: str, functional: Functional | None, better: str, critical: float) -> Crossing:
    """As `crossing`, by estimated true scores and beyond their error (Hageman & Arrindell, 1999).

    `cs_indiv` is how far a client's true score after lies from the cut-off, in units of its error.

    Raises:
        InputError: when scores after, or those of people without the trouble, spread no more than their error does.
    """
    direction = direction_of(better)
    value = clinical_cutoff(
        kind,
        mean_clinical=clients.mean_pre,
        sd_clinical=_true_spread(clients, clients.sd_pre, "before"),
        functional=None if functional is None else _true_functional(clients, kind, functional),
        better=better,
    )
    of_post = _reliability(clients, clients.sd_post, "after")
    estimated = clients.mean_post + (clients.post - clients.mean_post) * of_post
    beyond: Floats = (estimated - value) / (np.sqrt(of_post) * clients.error)
    clinical_pre = direction * clients.pre < direction * value
    columns = pd.DataFrame(
        {
            "cs_indiv": beyond,
            "clinical_pre": clinical_pre,
            "functional_post": clinical_pre & (direction * beyond > critical),
            "clinical_post": ~clinical_pre & (direction * beyond < -critical),
        }
    )
    return Crossing(Cutoff(f"{kind}_true", value), columns)


def _true_functional(clients: Sample, kind: str, people: Functional) -> Functional:
    # Only c asks for this spread.
    spread = _true_spread(clients, people.sd, "of people without the trouble") if kind == "c" else people.sd
    return Functional(people.mean, spread)


def _true_spread(clients: Sample, sd: float, whose: str) -> float:
    return sd * float(np.sqrt(_reliability(clients, sd, whose)))


def _reliability(clients: Sample, sd: float, whose: str) -> float:
    found = clients.reliability_of(sd) if sd > 0 else 0.0
    if not found > 0:
        raise InputError(
            f"Hageman–Arrindell (HA) cannot be computed: scores {whose} spread no more than the error of measurement."
        )
    return found
