"""What the last training run left behind, as the pages that quote it read it."""

from __future__ import annotations

import hashlib
import json
import math
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.figures.figure import Figure
from training.sources import CORPUS, FIGURES, RUN_LOG, sha256

WEIGHTS = Path(__file__).parents[1] / "src" / "attunement" / "coder" / "weights"
MISSING = "–"
# What further commands keep beside the figures, each None until it has run.
FURTHER = ("calibration", "fairness", "degraded", "shortcuts", "paraphrases", "learning-curve")


@dataclass(frozen=True)
class Results:
    """A run, its figures on held-out sessions (`figures` by task, `codes` one row a code), and the coder it made.

    `open` are figures that could not be measured; `further` holds what other commands kept, by their names.
    """

    run: dict[str, Any]
    figures: tuple[Figure, ...]
    codes: tuple[dict[str, Any], ...]
    folds: int
    version: str
    seeds: tuple[int, ...] = (1,)
    open: tuple[Figure, ...] = ()
    further: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def load(cls, run: Path = RUN_LOG, figures: Path = FIGURES, weights: Path = WEIGHTS) -> Results:
        """From the files that `make train` and `make bench-accuracy` write.

        Raises:
            FileNotFoundError: before the first run.
        """
        measured = json.loads(figures.read_text(encoding="utf-8"))
        told = [Figure(**each) for each in measured["figures"]]
        files = {name: figures.with_name(f"{name}.json") for name in FURTHER}
        return cls(
            run=json.loads(run.read_text(encoding="utf-8")),
            figures=tuple(figure for figure in told if figure.value is not None and not math.isnan(figure.value)),
            codes=tuple(measured["codes"]),
            folds=measured["folds"],
            version=json.loads((weights / "coder.json").read_text(encoding="utf-8"))["version"],
            seeds=tuple(measured.get("seeds", (1,))),
            open=tuple(figure for figure in told if figure.value is None),
            further={
                name: json.loads(file.read_text(encoding="utf-8")) for name, file in files.items() if file.exists()
            },
        )

    @property
    def date(self) -> str:
        """The day on which the run ended, UTC."""
        return str(self.run["made"])[:10]

    def of(self, task: str) -> Figure | None:
        """The figure of one task; None where it was not measured, as those of AnnoMI in a run without it."""
        return next((figure for figure in self.figures if figure.task == task), None)

    @property
    def strain_on_demonstrations(self) -> Figure | None:
        """Strain on AnnoMI's transcripts: the nearest there is to sessions that nobody wrote for the coder."""
        return next((figure for figure in self.figures if figure.task.endswith("transcripts: strain")), None)

    def combined_digest(self) -> str:
        """One SHA-256 for all inputs: that of the lines "digest  name", sorted by name."""
        inputs = sorted(self.run["inputs_sha256"].items())
        return hashlib.sha256("".join(f"{digest}  {name}\n" for name, digest in inputs).encode()).hexdigest()


@dataclass(frozen=True)
class Corpus:
    """The authored corpus as it lies in the repository; `changed` counts files that are not as the run read them."""

    sessions: int
    turns: int
    cases: int
    changed: int

    @classmethod
    def beside(cls, results: Results, folder: Path = CORPUS) -> Corpus:
        """Count, and compare digests with those of the run."""
        files = sorted(folder.glob("*.txt"))
        texts = [file.read_text(encoding="utf-8") for file in files]
        read = {name: digest for name, digest in results.run["inputs_sha256"].items() if name.startswith("sessions/")}
        now = {f"sessions/{file.name}": sha256(file) for file in files}
        return cls(
            sessions=len(files),
            turns=sum(len(re.findall(r"^[TC]:", text, re.MULTILINE)) for text in texts),
            cases=len({case for text in texts for case in re.findall(r"^# case: *(.+)$", text, re.MULTILINE)}),
            changed=sum(read.get(name) != now.get(name) for name in read.keys() | now.keys()),
        )


def number(value: float | None) -> str:
    """Two digits after the point and none before it, as the documentation writes shares."""
    if value is None or math.isnan(value):
        return MISSING
    return "1.0" if round(value, 2) >= 1 else f"{value:.2f}".replace("0.", ".", 1)


def with_spread(figure: Figure) -> str:
    """The figure, ± its standard deviation over folds where there is one."""
    return number(figure.value) + ("" if figure.spread is None else f" ± {number(figure.spread)}")


def with_interval(value: float | None, low: float | None, high: float | None) -> str:
    """The figure, its 95 % interval in brackets where there is one."""
    return number(value) + ("" if low is None or high is None else f" ({number(low)}–{number(high)})")
