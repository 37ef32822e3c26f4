"""Whether turns are still told apart when they are of one length and stand in one part of the session."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.figures.sums import plain_area
from benchmarks.figures.turns import presence
from benchmarks.figures.ways import ASKED, chances, codes_of, form
from benchmarks.held_out import Runs

LENGTHS, PARTS = 8, 3


@dataclass(frozen=True)
class Alike:
    """How often a turn with it is given a higher chance than one without: among all, and among turns alike in form."""

    thing: str
    among_all: float
    among_alike: float


def alike(runs: Runs) -> list[Alike]:
    """AUC over all turns, and over pairs of one length (eighths) and one third of the session only."""
    return [_alike(runs, thing) for thing in ASKED]


def _alike(runs: Runs, thing: str) -> Alike:
    sessions = runs.data.corpus
    truth, known = presence(sessions, codes_of(thing))
    shape = form(sessions)[known]
    edges = np.quantile(shape[:, 0], np.arange(1, LENGTHS) / LENGTHS)
    stratum = np.searchsorted(edges, shape[:, 0]) * PARTS + np.minimum((shape[:, 4] * PARTS).astype(int), PARTS - 1)
    overall, within = [], []
    for run in runs.clean:
        chance = chances(run, thing, "both", sessions)[known]
        overall.append(plain_area(truth, chance))
        wins, pairs = 0.0, 0.0
        for number in np.unique(stratum):
            here = stratum == number
            weight = float(truth[here].sum() * (~truth[here]).sum())
            if weight:
                wins, pairs = wins + weight * plain_area(truth[here], chance[here]), pairs + weight
        within.append(wins / pairs)
    return Alike(thing, float(np.mean(overall)), float(np.mean(within)))
