"""`make bench-shortcuts`: is it the words in their place that are read, or length, position, topic, who speaks?

On sessions not seen: what each shortcut reaches by itself, trained in the same folds, and how well the coder tells
turns apart that are of one length and stand in one part of the session. On sessions the shipped coder knows: how much
is lost when exchanges are put in another order. `benchmarks.paraphrases` has pairs of wordings besides.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.figures.alike import alike
from benchmarks.figures.shuffling import shuffling
from benchmarks.figures.ways import ASKED, Reached, reached
from benchmarks.held_out import Runs
from benchmarks.sample import EVERY


def shown(rows: Sequence[Reached]) -> Table:
    """What each way of reading reaches."""
    table = Table(title="Average precision on sessions not seen, by what is read", title_justify="left")
    for name in ("what is read", *ASKED):
        table.add_column(name, justify="left" if name == "what is read" else "right")
    for way in dict.fromkeys(row.way for row in rows):
        cells = [next(row for row in rows if row.way == way and row.thing == thing) for thing in ASKED]
        table.add_row(way, *(f"{c.value:.3f}" + ("" if c.spread is None else f" ± {c.spread:.3f}") for c in cells))
    return table


def main() -> None:
    """Print everything; with `--json`, keep it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, default=None, help="where to keep the figures for the model card")
    parser.add_argument("--every", type=int, default=EVERY, help="take one session in so many for the shipped coder")
    options = parser.parse_args()
    console = Console(width=150)
    runs = Runs.load()
    ways = reached(runs)
    console.print(shown(ways))
    same = alike(runs)
    for one in same:
        console.print(f"{one.thing}: AUC {one.among_all:.3f} among all turns, {one.among_alike:.3f} among turns alike")
    mixed = shuffling(options.every)
    for each in mixed:
        fall = f"{each.clean - each.shuffled:+.3f} ({each.low:+.3f} to {each.high:+.3f})"
        f1 = f"F1 {each.clean:.3f}, shuffled {each.shuffled:.3f}"
        console.print(f"{each.thing}, shipped coder, known sessions: {f1}, fall {fall}")
    if options.json:
        parts = {"ways": ways, "alike": same, "shuffled": mixed}
        kept = {name: [asdict(row) for row in rows] for name, rows in parts.items()}
        options.json.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
