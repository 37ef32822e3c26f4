"""`make bench-cases`: how right what is found across sessions is, on authored cases the coder has never seen.

Prints one table from `training/results` (out-of-fold answers of the last `make train`) and the corpus in this
repository. `--json FILE` keeps the figures, `--page FILE` writes the table of docs/case-figures.md anew.
"""

from __future__ import annotations

import argparse
import json
import re
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.case_figures.carry_over import carry_over_figures
from benchmarks.case_figures.course import course_figures
from benchmarks.case_figures.figure import Figure
from benchmarks.case_figures.repairs import repair_figures
from benchmarks.case_figures.ruptures import rupture_figures
from benchmarks.case_figures.straining import straining_figures
from benchmarks.held_out_cases import HeldOutCase, held_out_cases

MARKS = re.compile(r"(<!-- figures:begin -->\n).*?(<!-- figures:end -->)", re.DOTALL)


def figures_of(cases: list[HeldOutCase]) -> list[Figure]:
    """All figures, in the order of the table."""
    kinds = (rupture_figures, carry_over_figures, repair_figures, straining_figures, course_figures)
    return [figure for figures in kinds for figure in figures(cases)]


def shown(figures: list[Figure]) -> Table:
    """The table as printed."""
    table = Table(title="On cases the coder had not seen", title_justify="left")
    for name in ("task", "measure", "examples", "ours", "95 %", "plain rule", "it reaches"):
        table.add_column(name, justify="right" if name in ("examples", "ours", "95 %", "it reaches") else "left")
    for figure in figures:
        table.add_row(*cells(figure))
    return table


def cells(figure: Figure) -> tuple[str, ...]:
    """A figure as the words of its row."""
    baseline = "" if figure.baseline is None else f"{figure.baseline:.2f}"
    between = f"{figure.low:.2f} to {figure.high:.2f}"
    return (figure.task, figure.measure, str(figure.examples), f"{figure.value:.2f}", between, figure.plain, baseline)


def kept(path: Path) -> list[Figure]:
    """The figures of the last run with `--json`."""
    return [Figure(**each) for each in json.loads(path.read_text(encoding="utf-8"))["figures"]]


def markdown(figures: list[Figure]) -> str:
    """The table as docs/case-figures.md has it."""
    rows = [("task", "measure", "examples", "ours", "95 %", "plain rule", "it reaches")]
    rows += [("---", "---", "--:", "--:", "--:", "---", "--:"), *(cells(figure) for figure in figures)]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def with_table(page: str, figures: list[Figure]) -> str:
    """The page with these figures between its marks."""
    return MARKS.sub(lambda marks: f"{marks[1]}{markdown(figures)}\n{marks[2]}", page)


def main() -> None:
    """Print the table; with `--json`, keep it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, default=None, help="where to keep the figures for the documentation")
    parser.add_argument("--page", type=Path, default=None, help="the page whose table is to be written anew")
    options = parser.parse_args()
    cases = held_out_cases()
    figures = figures_of(cases)
    console = Console(width=160)
    console.print(shown(figures))
    console.print(
        f"{len(cases)} authored cases, {sum(len(case.coded) for case in cases)} sessions, each read by a coder and "
        "finder trained on other cases; 95 %: bootstrap over cases. Codes, episodes, beliefs and ratings are those "
        "of the corpus: written by model writers, coded by model readers, not by clinicians."
    )
    if options.json:
        run = {"cases": len(cases), "figures": [asdict(figure) for figure in figures]}
        options.json.write_text(json.dumps(run, indent=1) + "\n", encoding="utf-8")
    if options.page:
        page = options.page.read_text(encoding="utf-8")
        options.page.write_text(with_table(page, figures), encoding="utf-8")


if __name__ == "__main__":
    main()
