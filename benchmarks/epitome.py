"""The three mechanisms of empathy on EPITOME, from which the coder has learned nothing: zero-shot.

The shipped coder reads every pair of post and response as a session of two turns. That takes minutes, so the figures
(neither words nor labels of the data) are kept in `training/results/epitome.json` until the coder or the data change.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rich.progress import track

from attunement.codebook import EMPATHY_MECHANISMS
from attunement.coder.model import WEIGHTS, shipped_coder
from attunement.evaluation import load_coded
from benchmarks.figures.figure import Figure, macro_f1_interval
from benchmarks.figures.turns import macro_f1
from training.sources import DATA, FIGURES, sha256

FOLDER = DATA / "epitome"
KEPT = FIGURES.with_name("epitome.json")
MEAN = "EPITOME, mean of the three"
MEASURE = "macro-F1, 3 levels"
NOTE = "zero-shot: the coder that ships, on a part of the Reddit data; baseline: always level 0"

Levels = npt.NDArray[np.int64]


def epitome_figures(folder: Path = FOLDER, kept: Path = KEPT) -> list[Figure]:
    """Macro-F1 of the levels of each mechanism, and their mean.

    Kept figures are taken where coder and data are those they were made with, or the data are not at hand.
    """
    record = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {"sha256": {}, "figures": []}
    files = sorted(folder.glob("*.csv"))
    now = {path.name: sha256(path) for path in [*files, WEIGHTS / "coder.onnx", WEIGHTS / "coder.json"]}
    if any(record["sha256"].get(name) != digest for name, digest in now.items()):
        figures = figures_of(*read(folder)) if files else []
        record = {"sha256": now, "figures": [asdict(figure) for figure in figures]}
        if figures:
            kept.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    return [Figure(**each) for each in record["figures"]]


def read(folder: Path) -> tuple[Levels, Levels, list[str]]:
    """People's levels, those of the shipped coder, each (pairs, mechanisms), and the post of each pair."""
    pairs = load_coded(folder).sessions
    coder = shipped_coder()
    said = [coder.code(pair.session).empathy[1].argmax(axis=-1) for pair in track(pairs, "EPITOME", transient=True)]
    people = [pair.codes[1].empathy or (0, 0, 0) for pair in pairs]
    return np.array(people), np.array(said), [pair.case for pair in pairs]


def figures_of(people: Levels, said: Levels, posts: list[str]) -> list[Figure]:
    """Beside what always the commonest level would reach."""
    figures = []
    for mechanism, truth, answer in zip(EMPATHY_MECHANISMS, people.T, said.T, strict=True):
        figures.append(
            Figure(
                f"EPITOME {mechanism}",
                MEASURE,
                macro_f1(truth, answer, 3),
                None,
                *macro_f1_interval(truth, answer, 3, posts),
                baseline=macro_f1(truth, np.zeros_like(truth), 3),
                examples=len(truth),
                note=NOTE,
            )
        )
    values, simple = ([getattr(f, name) for f in figures] for name in ("value", "baseline"))
    mean = Figure(
        MEAN, MEASURE, float(np.mean(values)), baseline=float(np.mean(simple)), examples=len(posts), note=NOTE
    )
    return [*figures, mean]


def main() -> None:
    """Read where needed, and print the figures."""
    for figure in epitome_figures():
        print(f"{figure.task:35} {figure.measure}  {figure.value:.3f}, always level 0 {figure.baseline:.3f}")


if __name__ == "__main__":
    main()
