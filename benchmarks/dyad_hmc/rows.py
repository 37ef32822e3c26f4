"""Simulated sessions as rows: how each began, how it ended, and what was in between."""

from __future__ import annotations

from typing import NamedTuple

import jax
import numpy as np
import numpy.typing as npt

from attunement.dyad.model import NONE, Pair
from attunement.dyad.parameters import DEFAULT
from benchmarks.dyad_figures.clients import therapies_and_pairs

Floats = npt.NDArray[np.float64]
EDGE = 1e-3  # safety and expectation are kept this far from 0 and 1, for their logit
SEED = 3  # of people to whom nothing else was fitted


class Rows(NamedTuple):
    """A row a session held, every field (rows,); safety and expectation as logits, traits as log-odds."""

    safety: Floats
    expectation: Floats
    strain: Floats
    rupture: npt.NDArray[np.int64]
    safety_after: Floats
    expectation_after: Floats
    strain_after: Floats
    rupture_after: npt.NDArray[np.int64]
    attunement: Floats
    notices_withdrawal: Floats
    notices_confrontation: Floats
    repairs: Floats
    withdraws: Floats
    missed: npt.NDArray[np.int64]
    harmed: npt.NDArray[np.int64]
    ruptures: npt.NDArray[np.int64]  # that showed, one left from before counted too
    repaired: npt.NDArray[np.int64]


def simulated_rows(dyads: int, seed: int = SEED) -> Rows:
    """The sessions of so many dyads, each client alone with a therapist."""
    courses, pair = therapies_and_pairs(dyads, seed)
    end, counts = courses.state, courses.counts
    before = jax.tree.map(lambda first, ends: np.vstack([first[None], ends[:-1]]), courses.start, end)
    kept = np.where(before.rupture == NONE, DEFAULT.strain_kept * before.strain, before.strain)
    harmed, opened, met = (getattr(counts, name).astype(int) for name in ("harmed", "opened", "met"))
    rows = Rows(
        logit(before.safety), logit(before.expectation), kept, before.rupture,
        logit(end.safety), logit(end.expectation), end.strain, end.rupture,
        *(np.broadcast_to(trait, end.safety.shape) for trait in log_odds(pair)),
        opened - met - harmed, harmed,
        counts.withdrawals.astype(int) + counts.confrontations + (before.rupture != NONE),
        counts.repaired.astype(int),
    )  # fmt: skip
    return Rows(*(np.asarray(values)[courses.attended] for values in rows))


def log_odds(pair: Pair) -> tuple[Floats, ...]:
    """Attunement, noticing of both kinds, repairing, and the client's habit of withdrawing."""
    noticing = logit(pair.notices_withdrawal, edge=0), logit(pair.notices_confrontation, edge=0)
    return (np.asarray(pair.attunement, float), *noticing, np.asarray(pair.repairs, float), logit(pair.withdraws))


def logit(share: npt.ArrayLike, edge: float = EDGE) -> Floats:
    """Of a share that is kept a little away from 0 and 1."""
    inside = np.clip(np.asarray(share, float), edge, 1 - edge)
    return np.asarray(np.log(inside) - np.log1p(-inside))
