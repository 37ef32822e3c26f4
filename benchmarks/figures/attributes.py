"""Of the marked episodes that were found, how often what is said of them is what the person said."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from benchmarks.figures.figure import Figure
from benchmarks.held_out import HeldOut, Runs
from training.episodes import same

ATTRIBUTES = {
    "rupture": ("kind", "cause", "noticed", "resolution"),
    "repair": ("initiated_by", "resolution"),
    "corrective": ("strength",),
}


def attribute_figures(runs: Runs) -> list[Figure]:
    """A share right for each attribute."""
    by_run = [_right(run) for run in runs.clean]
    return [
        Figure(
            name,
            "share right",
            float(np.mean([np.mean(right[name]) for right in by_run])),
            examples=round(float(np.mean([len(right[name]) for right in by_run]))),
        )
        for name in sorted(by_run[0])
    ]


def _right(run: HeldOut) -> dict[str, list[bool]]:
    right: dict[str, list[bool]] = defaultdict(list)
    for reading, coded in zip(run.readings, run.data.coded, strict=True):
        found = {"rupture": reading.ruptures, "repair": reading.repairs, "corrective": reading.correctives}
        for marked in coded.episodes:
            for ours in found[marked.type]:
                if same((ours.start, ours.end), (marked.start, marked.end)):
                    for name in ATTRIBUTES[marked.type]:
                        said = str(getattr(ours, name)) == _told(name, marked.attributes[name])
                        right[f"{marked.type} episodes found: {name}"].append(said)
    return right


def _told(name: str, value: str) -> str:
    """Within one session, late and missed are both: not taken up."""
    return "not_taken_up" if name == "noticed" and value != "in_session" else value
