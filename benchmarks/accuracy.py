"""`make bench-accuracy`: how often the reading is right on people it has never seen, beside word counts and people.

Prints one table from `training/results` (out-of-fold answers of the last `make train`, of however many folds and
seeds), the corpus in this repository, and AnnoMI and EPITOME where `ATTUNEMENT_DATA` has them. `--json FILE` keeps the
figures for the model card.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.annomi_quality import quality_figures
from benchmarks.epitome import epitome_figures
from benchmarks.figures.anchors import SOURCES, anchored
from benchmarks.figures.annomi import annomi_figures
from benchmarks.figures.attributes import attribute_figures
from benchmarks.figures.corpus import OnCorpus
from benchmarks.figures.figure import Figure
from benchmarks.figures.ratings import rating_figures
from benchmarks.figures.transcripts import transcript_figures
from benchmarks.held_out import Runs

HEAD = ("task", "measure", "examples", "ours", "95 %", "word counts", "published", "people", "aim", "reached")


def figures_of(runs: Runs, on_corpus: OnCorpus) -> list[Figure]:
    """All of them, in the order of the table."""
    return anchored(
        [
            *annomi_figures(runs),
            *quality_figures(runs),
            *epitome_figures(),
            *transcript_figures(runs),
            *on_corpus.group_figures(),
            *on_corpus.episode_figures(),
            *on_corpus.told_episode_figures(),
            *on_corpus.mean_figures(),
            *on_corpus.level_figures(),
            *attribute_figures(runs),
            *rating_figures(runs),
        ]
    )


def shown(figures: list[Figure]) -> Table:
    """The table as printed; what is noted of a figure stands under the table, by letter."""
    table = Table(title="On sessions whose case or video the coder had not seen", title_justify="left")
    for name in HEAD:
        table.add_column(name, justify="left" if name in ("task", "measure", "published") else "right")
    notes = notes_of(figures)
    for figure in figures:
        mark = f" ({notes[figure.note]})" if figure.note else ""
        table.add_row(
            figure.task + mark,
            figure.measure,
            "" if figure.examples is None else f"{figure.examples:,}",
            ours(figure),
            "" if figure.low is None else f"{figure.low:.2f} to {figure.high:.2f}",
            _digits(figure.baseline),
            figure.published,
            _digits(figure.people),
            "" if figure.aim is None else f"≥ {figure.aim:.3f}",
            {True: "yes", False: "no", None: ""}[figure.reached],
        )
    return table


def ours(figure: Figure) -> str:
    """Value and spread, or that the cell is open."""
    if figure.value is None:
        return "open"
    return f"{figure.value:.3f}" + ("" if figure.spread is None else f" ± {figure.spread:.3f}")


def notes_of(figures: list[Figure]) -> dict[str, str]:
    """A letter for each note."""
    notes = dict.fromkeys(figure.note for figure in figures if figure.note)
    return {note: chr(ord("a") + place) for place, note in enumerate(notes)}


def _digits(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def legend(runs: Runs, figures: list[Figure]) -> str:
    """What the columns are."""
    seeds = ", ".join(map(str, runs.seeds))
    lines = [
        f"{len(runs.data.corpus)} authored sessions and {len(runs.data.annomi)} AnnoMI transcripts, {len(runs.folds)} "
        f"folds by case and by video, seed {seeds}. ± is the standard deviation over folds and seeds (session quality: "
        "over ten draws of folds), 95 % a bootstrap over cases or videos. Word counts: TF-IDF of turn and turn before "
        "with logistic regression on the same folds. People: one reader against another; for the corpus model readers, "
        "not clinicians. Aims for codes are three quarters of that.",
        *(f"[{number}] {source}" for number, source in enumerate(SOURCES, start=1)),
        *(f"({letter}) {note}" for note, letter in notes_of(figures).items()),
    ]
    return "\n".join(lines)


def main() -> None:
    """Print the table; with `--json`, keep it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, default=None, help="where to keep the figures for the model card")
    options = parser.parse_args()
    runs = Runs.load()
    on_corpus = OnCorpus(runs)
    figures = figures_of(runs, on_corpus)
    console = Console(width=190)
    console.print(shown(figures))
    console.print(legend(runs, figures), markup=False, highlight=False)
    if options.json:
        kept = {
            "figures": [asdict(figure) for figure in figures],
            "codes": on_corpus.code_rows(),
            "folds": len(runs.folds),
            "seeds": runs.seeds,
        }
        options.json.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
