"""The figures as tables: on the screen, and on the page that documents them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

Rows = list[dict[str, Any]]
ENDS = ("low", "high")


def show(name: str, rows: Rows, console: Console) -> None:
    """One table."""
    table = Table(title=name, title_justify="left")
    for column in columns(rows):
        table.add_column(column)
    for row in rows:
        table.add_row(*(cell(row, column) for column in columns(rows)))
    console.print(table)


def write(figures: dict[str, Rows], page: Path, mark: str = "figures") -> None:
    """All tables anew, between the marks of this name on the page."""
    tables = "\n".join(_markdown(name, rows) for name, rows in figures.items())
    text = page.read_text(encoding="utf-8")
    marks = re.compile(rf"(<!-- {mark}:begin -->\n).*?(<!-- {mark}:end -->)", re.DOTALL)
    page.write_text(marks.sub(lambda found: f"{found[1]}\n{tables}\n{found[2]}", text), encoding="utf-8")


def columns(rows: Rows) -> list[str]:
    """In order; the ends of an interval stand in the figure's own cell."""
    return [column for column in rows[0] if column not in ENDS]


def cell(row: dict[str, Any], column: str) -> str:
    """One figure, with its interval where it has one; a dash where there is none."""
    value = row[column]
    if isinstance(value, dict):
        return cell(value, "value")
    if column == "value" and "low" in row and np.isfinite(value):
        return f"{value:.3f} [{row['low']:.3f}, {row['high']:.3f}]"
    if isinstance(value, float):
        return f"{value:.3f}" if np.isfinite(value) else "–"
    return str(value)


def _markdown(name: str, rows: Rows) -> str:
    names = columns(rows)
    lines = [names, ["---"] * len(names), *([cell(row, column) for column in names] for row in rows)]
    return "\n".join([f"**{name}**", "", *("| " + " | ".join(line) + " |" for line in lines), ""])
