"""`make bench-calibration`: are probabilities of groups of codes to be taken at their word, and where to cut them.

On held-out answers. Beside the corpus as a whole stand its whole sessions, whose base rates are natural, and the real
AnnoMI transcripts with our codes, where the coder meets base rates it was not fitted to.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.figures.reliability import AIM, Reliability, reliabilities
from benchmarks.held_out import Runs


def errors(found: Sequence[Reliability]) -> Table:
    """How far off."""
    table = Table(title="How far probabilities are from the shares found (held out)", title_justify="left")
    for name in ("where", "group", "turns", "error", "95 %", f"≤ {AIM:.2f}", "promised", "found"):
        table.add_column(name, justify="left" if name in ("where", "group") else "right")
    for each in found:
        table.add_row(
            each.where,
            each.label,
            f"{each.turns:,}",
            f"{each.error:.3f}",
            f"{each.low:.3f} to {each.high:.3f}",
            "yes" if each.error <= AIM else "no",
            f"{each.expected:.3f}",
            f"{each.rate:.3f}",
        )
    return table


def cuts(found: Sequence[Reliability]) -> Table:
    """What each threshold gives."""
    table = Table(
        title="Thresholds on the corpus: of the turns marked, right; of those to find, found", title_justify="left"
    )
    table.add_column("group")
    for name in ("ships at", "right", "found", *(f"from {cut[0]:.1f}: right, found" for cut in found[0].cuts)):
        table.add_column(name, justify="right")
    for each in (one for one in found if one.where == "corpus"):
        cells = (f"{'–' if right is None else f'{right:.2f}'}, {share:.2f}" for _, right, share in each.cuts)
        table.add_row(each.label, f"{each.threshold:.2f}", f"{each.right:.2f}", f"{each.found:.2f}", *cells)
    return table


def main() -> None:
    """Print both tables; with `--json`, keep them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, default=None, help="where to keep the figures for the model card")
    options = parser.parse_args()
    found = reliabilities(Runs.load())
    console = Console(width=150)
    console.print(errors(found))
    console.print(cuts(found))
    console.print(
        "Error: mean distance of promised and found share over ten bins of equally many turns. Right and found at the "
        "shipped threshold are those of deciding in the same way in each fold.",
        highlight=False,
    )
    if options.json:
        options.json.write_text(json.dumps([asdict(each) for each in found], indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
