"""Agreement of reliable change with the R package clinicalsignificance 3.0.0, call by call.

    python -m benchmarks.agreement_change [--data DIR]

DIR holds the package's data sets as CSV and, in `reference/`, what it returned. Without it that is the folder
`measures` in the one that ATTUNEMENT_DATA names, or in the data folder beside the checkout. Exit code 1 when a number
differs by more than 1e-6, or anything else at all.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table

from attunement.measures import change
from attunement.measures.change import ChangeResult, PrePost, Repeated
from attunement.measures.change.table import read_table

TOLERANCE = 1e-6
ROOT = Path(__file__).parents[1]
FUNCTIONAL = {"functional_mean": 8, "functional_sd": 7, "cutoff_type": "c"}
RELIABLE = {"reliability": 0.801, "reliability_post": 0.8}


@dataclass(frozen=True)
class Agreement:
    """How far two JSON values agree; `unequal` says where something other than a number differs."""

    values: int
    largest_difference: float
    unequal: tuple[str, ...]

    @property
    def is_full(self) -> bool:
        """Every number to the tolerance, everything else exactly."""
        return not self.unequal and self.largest_difference <= TOLERANCE

    def __add__(self, other: Agreement) -> Agreement:
        return Agreement(
            self.values + other.values,
            max(self.largest_difference, other.largest_difference),
            self.unequal + other.unequal,
        )


NOTHING = Agreement(0, 0.0, ())


def compare(found: Any, expected: Any, where: str = "") -> Agreement:
    """Compare two JSON values throughout; rows and names must come in the same order."""
    if isinstance(expected, dict) and isinstance(found, dict):
        if list(found) != list(expected):
            return Agreement(1, 0.0, (f"{where}: names {list(found)}, not {list(expected)}",))
        return sum((compare(found[name], expected[name], f"{where}.{name}") for name in expected), NOTHING)
    if isinstance(expected, list) and isinstance(found, list):
        if len(found) != len(expected):
            return Agreement(1, 0.0, (f"{where}: {len(found)} rows, not {len(expected)}",))
        pairs = zip(found, expected, strict=True)
        return sum((compare(one, other, f"{where}[{row}]") for row, (one, other) in enumerate(pairs)), NOTHING)
    if _is_number(found) and _is_number(expected):
        return Agreement(1, abs(found - expected), ())
    return Agreement(1, 0.0, () if found == expected else (f"{where}: {found}, not {expected}",))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def data_folder() -> Path:
    """Where the packages' data sets are, if anywhere."""
    given = os.environ.get("ATTUNEMENT_DATA")
    folder = Path(given) if given else ROOT.parent / "shared" / "data"
    return folder if (folder / "reference").is_dir() else folder / "measures"


def calls(folder: Path) -> dict[str, Callable[[], ChangeResult]]:
    """Every reference file with the call that should return it."""

    @cache
    def table(name: str) -> pd.DataFrame:
        return read_table(folder / name)

    def claus() -> PrePost:
        return change.prepare(table("claus_2020.csv"), id="id", time="time", outcome="bdi", pre=1, post=4)

    def courses() -> Repeated:
        return change.prepare_repeated(table("claus_2020.csv"), id="id", time="time", outcome="bdi")

    def jacobson() -> PrePost:
        return change.prepare(
            table("jacobson_1989.csv"), id="subject", time="time", outcome="gds", pre="pre", post="post"
        )

    def by(method: str) -> dict[str, Callable[[], ChangeResult]]:
        return {
            f"claus_bdi_distribution_{method}": lambda: change.distribution(claus(), method=method, **RELIABLE),
            f"claus_bdi_combined_c_{method}": lambda: change.combined(claus(), method=method, **RELIABLE, **FUNCTIONAL),
        }

    others: dict[str, Callable[[], ChangeResult]] = {
        "claus_bdi_distribution_HLM": lambda: change.distribution(courses(), method="HLM"),
        "claus_bdi_statistical_JT_a": lambda: change.statistical(claus(), cutoff_type="a"),
        "claus_bdi_statistical_JT_c": lambda: change.statistical(claus(), **FUNCTIONAL),
        "jacobson_gds_combined_c_JT": lambda: change.combined(
            jacobson(), reliability=0.8, functional_mean=30, functional_sd=7, cutoff_type="c"
        ),
        "claus_bdi_percentage_50": lambda: change.percentage(claus(), improvement=0.5),
        "claus_bdi_anchor_8": lambda: change.anchor(claus(), improvement=8),
    }
    every = {name: call for method in ("JT", "GLN", "EN", "NK", "HA") for name, call in by(method).items()} | others
    return {name: call for name, call in sorted(every.items()) if (folder / "reference" / f"{name}.json").is_file()}


def agreements(folder: Path) -> dict[str, Agreement]:
    """Every reference file with how far our result agrees with it."""
    found = {}
    for name, call in calls(folder).items():
        expected = json.loads((folder / "reference" / f"{name}.json").read_text(encoding="utf-8"))
        found[name] = compare(json.loads(call().to_json()), expected)
    return found


def table_of(found: dict[str, Agreement]) -> Table:
    """One row a file."""
    table = Table(box=None, pad_edge=False)
    table.add_column("reference file")
    for column in ("values", "largest difference", "everything else"):
        table.add_column(column, justify="right")
    for name, one in found.items():
        table.add_row(name, str(one.values), f"{one.largest_difference:.1e}", "differs" if one.unequal else "equal")
    return table


def main() -> int:
    """Print the table; 1 when something differs or there is nothing to compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, default=None, help="folder with the data sets and reference/")
    folder = parser.parse_args().data or data_folder()
    if not (folder / "reference").is_dir():
        print(f"{folder}: holds no reference results; name the folder with --data or ATTUNEMENT_DATA.", file=sys.stderr)
        return 1
    found = agreements(folder)
    console = Console()
    console.print(table_of(found))
    for name, one in found.items():
        for difference in one.unequal[:3]:
            console.print(f"{name}{difference}", highlight=False)
    agreeing = sum(one.is_full for one in found.values())
    console.print(f"\n{agreeing} of {len(found)} files agree: numbers to {TOLERANCE:.0e}, everything else exactly.")
    return 0 if found and agreeing == len(found) else 1


if __name__ == "__main__":
    sys.exit(main())
