"""`make bench-fairness`: whether some people of the corpus are read worse than others, on held-out answers.

Figures by gender, age, language, school of therapy and the therapist's skill, as the heads of the files tell them
(`benchmarks.clients` says how they are read). Each group of people is compared with all others; intervals are from
drawing cases again.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.figures.served import Served, served
from benchmarks.held_out import Runs


def sentences(rows: Sequence[Served]) -> list[str]:
    """What is to be said plainly: who is served worse, and what could not be told."""
    said = [_worse(row) for row in rows if row.is_worse or row.is_ranked_worse]
    compared = sum(row.value is not None for row in rows)
    unknown = sorted({f"{row.people} ({row.thing})" for row in rows if row.value is None})
    said = said or ["No group of people is read worse than the others by more than chance would explain."]
    said.append(f"{compared} comparisons were made; about {round(0.025 * compared)} would look worse by chance alone.")
    if unknown:
        said.append(f"Too few to tell: {', '.join(unknown)}.")
    return said


def _worse(row: Served) -> str:
    who = f"{row.split[0].upper()}{row.split[1:]}, {row.people}: {row.thing}"
    if not row.is_worse:
        return f"{who} told from other turns less well ({row.ranking:+.2f} in ranking), though F1 is not lower."
    told = (
        f"{who} found with less agreement, F1 {row.value:.2f}, {row.difference:+.2f} against all others "
        f"({row.difference_low:+.2f} to {row.difference_high:+.2f})"
    )
    if row.rate is None or row.rate_elsewhere is None:
        return f"{told}."
    rates = f"{100 * row.rate:.1f} % of turns there, {100 * row.rate_elsewhere:.1f} % elsewhere"
    if row.is_ranked_worse:
        return (
            f"{told}; **worse served**: told from other turns less well too ({row.ranking:+.2f} in ranking; {rates})."
        )
    rarer = "it is rarer there, which alone lowers F1" if row.rate < row.rate_elsewhere else "rates do not explain it"
    return f"{told}; ranking is not shown to be worse ({row.ranking:+.2f}), {rarer} ({rates})."


def shown(rows: Sequence[Served]) -> Table:
    """The table as printed."""
    table = Table(title="Held-out agreement by who is read", title_justify="left")
    for name in (
        "split",
        "people",
        "thing",
        "cases",
        "examples",
        "F1",
        "95 %",
        "against others",
        "95 %",
        "ranking",
        "95 %",
    ):
        table.add_column(name, justify="left" if name in ("split", "people", "thing") else "right")
    for row in rows:
        table.add_row(
            row.split,
            row.people,
            row.thing,
            str(row.cases),
            str(row.examples),
            *_cells(row.value, row.low, row.high, ".2f"),
            *_cells(row.difference, row.difference_low, row.difference_high, "+.2f"),
            *_cells(row.ranking, row.ranking_low, row.ranking_high, "+.2f"),
            style="bold" if row.is_worse else None,
        )
    return table


def _cells(value: float | None, low: float | None, high: float | None, form: str) -> tuple[str, str]:
    return ("–", "") if value is None else (format(value, form), f"{low:{form}} to {high:{form}}")


def main() -> None:
    """Print the table and the sentences; with `--json`, keep them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, default=None, help="where to keep the figures for the model card")
    options = parser.parse_args()
    rows = served(Runs.load())
    console = Console(width=170)
    console.print(shown(rows))
    for sentence in sentences(rows):
        console.print(f"- {sentence}", highlight=False, markup=False)
    if options.json:
        kept = {"rows": [asdict(row) for row in rows], "sentences": sentences(rows)}
        options.json.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
