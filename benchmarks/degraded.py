"""`make bench-degraded`: how much is lost on text as a speech recogniser leaves it.

First the answers kept from training, to sessions the coder had not seen, with 6 % of the words wrong. Then 15 % word
errors and 5 % of the turns given to the other speaker, which need the network: the coder that ships reads a part of the
sessions it has learned from, clean and garbled. There only the fall counts.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from attunement.evaluation.bootstrap import Bootstrap
from attunement.evaluation.episodes import pairs, spans
from attunement.evaluation.groups import GROUPS
from benchmarks.figures.figure import numbered
from benchmarks.figures.sums import Sums, by_case, difference, f1_of_sums
from benchmarks.figures.turns import decisions, presence
from benchmarks.garbling import garbled
from benchmarks.held_out import HeldOut, Runs
from benchmarks.sample import EVERY, Read, annomi_sample, as_written, corpus_sample, read
from training.calibrate import f1_of
from training.data import TrainingSession

AIM = 0.04
WAYS: dict[str, dict[str, float]] = {
    "words": {"swapped": 0.0},
    "swaps": {"word_errors": 0.0},
    "both": {},
}
EPISODES = ("rupture", "repair")


@dataclass(frozen=True)
class Fall:
    """One figure clean and garbled; `low` and `high` a 95 % interval of the fall, by drawing cases again."""

    task: str
    read_by: str
    noise: str
    clean: float
    garbled: float
    low: float | None = None
    high: float | None = None

    @property
    def fall(self) -> float:
        """How much is lost; negative where nothing is."""
        return self.clean - self.garbled


def held_out_falls(runs: Runs) -> list[Fall]:
    """Groups of codes with the noise of training, on sessions not seen."""

    def of_codes(codes: Sequence[str]) -> Callable[[HeldOut, list[TrainingSession]], float]:
        def f1(run: HeldOut, sessions: list[TrainingSession]) -> float:
            truth, known = presence(sessions, codes)
            return f1_of(decisions([run.tables[session.id] for session in sessions], codes)[known], truth)

        return f1

    falls = []
    for group in GROUPS:
        clean, _ = runs.over_folds(runs.data.corpus, of_codes(group.codes))
        misheard = runs.misheard_mean(runs.data.corpus, of_codes(group.codes))
        if misheard is not None:
            falls.append(Fall(group.label, "held out", "6 % of words", clean, misheard))
    return falls


def shipped_falls(every: int = EVERY) -> list[Fall]:
    """Groups of codes, episodes and MI labels with stronger noise, on sessions that the coder knows."""
    corpus, annomi = corpus_sample(every), annomi_sample(every)
    clean = read(corpus, as_written, "clean", episodes=True)
    clean_annomi = read(annomi, as_written, "clean, AnnoMI")
    falls = []
    for way, settings in WAYS.items():
        noisy = read(corpus, partial(garbled, **settings), way, episodes=True)
        falls += [_of_group(group.label, group.codes, way, clean, noisy) for group in GROUPS]
        falls += [_of_episodes(kind, way, clean, noisy) for kind in EPISODES]
        if annomi:
            falls.append(_of_behaviour(way, clean_annomi, read(annomi, partial(garbled, **settings), f"{way}, AnnoMI")))
    return falls


def _of_group(label: str, codes: Sequence[str], way: str, clean: Read, noisy: Read) -> Fall:
    truth, cases = clean.marked(codes), clean.cases()
    counts = [by_case(truth, each.decided(codes), cases) for each in (clean, noisy)]
    return _fall(label, way, *counts)


def _of_episodes(kind: str, way: str, clean: Read, noisy: Read) -> Fall:
    case = numbered([one.case for one in clean.coded])

    def counts(each: Read) -> Sums:
        table = np.zeros((int(case.max()) + 1, 2))
        for place, coded, found in zip(case, each.coded, each.found, strict=True):
            here, there = spans(coded.episodes, kind), spans(found, kind)
            table[place] += 2 * len(pairs(here, there)), len(here) + len(there)
        return table

    return _fall(f"{kind} episodes", way, counts(clean), counts(noisy))


def _of_behaviour(way: str, clean: Read, noisy: Read) -> Fall:
    """Macro-F1 over the four labels; an utterance taken for the client's has none of them."""
    scores = []
    for truth, said in (clean.behaviour(), noisy.behaviour()):
        scores.append(float(np.mean([f1_of(said == label, truth == label) for label in np.unique(truth)])))
    return Fall("AnnoMI therapist behaviour", "shipped", way, *scores)


def _fall(task: str, way: str, clean: Sums, noisy: Sums) -> Fall:
    bootstrap = Bootstrap.over(len(clean))
    before, after = float(f1_of_sums(clean.sum(0))), float(f1_of_sums(noisy.sum(0)))
    _, low, high = difference(clean, noisy, bootstrap)
    return Fall(task, "shipped", way, before, after, low, high)


def shown(falls: Sequence[Fall]) -> Table:
    """The table as printed."""
    table = Table(title="What is lost on garbled text (F1; macro-F1 for AnnoMI)", title_justify="left")
    for name in ("task", "read by", "noise", "clean", "garbled", "fall", "95 %", f"≤ {AIM:.2f}"):
        table.add_column(name, justify="left" if name in ("task", "read by", "noise") else "right")
    for each in falls:
        between = "" if each.low is None else f"{each.low:.2f} to {each.high:.2f}"
        figures = (f"{value:.3f}" for value in (each.clean, each.garbled, each.fall))
        reached = "yes" if round(each.fall, 2) <= AIM else "no"
        table.add_row(each.task, each.read_by, each.noise, *figures, between, reached)
    return table


NOTE = (
    "Held out: sessions the coder had not seen, noise of the kind it learned with. Shipped: a part of the sessions, "
    "all of which the shipped coder has learned from, so its clean figures flatter and only the fall is to be read. "
    "Words: no case, no punctuation, 15 % of words lost, doubled or misheard; swaps: 5 % of turns given to the other "
    "speaker, whose codes are then lost, and not put right before reading; both: both."
)


def main() -> None:
    """Print the table; with `--json`, keep it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, default=None, help="where to keep the figures for the model card")
    parser.add_argument("--every", type=int, default=EVERY, help="take one session in so many for the shipped coder")
    options = parser.parse_args()
    falls = [*held_out_falls(Runs.load()), *shipped_falls(options.every)]
    console = Console(width=150)
    console.print(shown(falls))
    console.print(NOTE, highlight=False)
    if options.json:
        kept = [asdict(each) | {"fall": each.fall} for each in falls]
        options.json.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
