"""Whether sudden gains come out as in the R package suddengains 0.7.2: one line a reference file.

The data sets and results lie in the folder that ATTUNEMENT_DATA names, or in `shared/data` beside the checkout. Exits
with 1 when a number differs by more than one millionth, or anything else differs: a flag, a gap, a column, the order.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table

from attunement.measures.gains import read_scores, sudden_gains, sudden_losses

DATA = Path(os.environ.get("ATTUNEMENT_DATA", Path(__file__).parents[2] / "shared" / "data")) / "measures"
TOLERANCE = 1e-6
NAMES = [f"bdi_s{session}" for session in range(1, 13)]

Row = dict[str, Any]
Call = Callable[[pd.DataFrame], pd.DataFrame]
CALLS: dict[str, Call] = {
    "sgdata_bdi_gains_cut7": lambda data: sudden_gains(data[NAMES], cutoff=7).wide(data["id"].tolist()),
    "sgdata_bdi_losses_cut7": lambda data: sudden_losses(data[NAMES], cutoff=-7).wide(data["id"].tolist()),
    "sgdata_bdi_bysg_cut7": lambda data: sudden_gains(data[NAMES], cutoff=7).by_gain(data, names=NAMES, measure="bdi"),
}


@dataclass(frozen=True)
class Agreement:
    """How one table compares with its reference."""

    values: int
    largest_difference: float
    unequal: int
    same_shape: bool

    @property
    def is_complete(self) -> bool:
        """Whether nothing differs."""
        return self.same_shape and not self.unequal and self.largest_difference <= TOLERANCE


def agreement(folder: Path, name: str) -> Agreement:
    """One call on the data set, beside what the R package returned."""
    data = read_scores(folder / "sgdata.csv", id_name="id", names=NAMES)
    expected = json.loads((folder / "reference" / f"{name}.json").read_text(encoding="utf-8"))
    return compared(rows(CALLS[name](data)), expected)


def compared(found: Sequence[Row], expected: Sequence[Row]) -> Agreement:
    """Value by value, as far as both tables go."""
    same_shape = [list(row) for row in found] == [list(row) for row in expected]
    pairs = [(f.get(name), value) for f, e in zip(found, expected, strict=False) for name, value in e.items()]
    numbers = [abs(one - other) for one, other in pairs if _is_number(one) and _is_number(other)]
    unequal = sum(not _same(one, other) for one, other in pairs if not (_is_number(one) and _is_number(other)))
    return Agreement(len(pairs), max(numbers, default=0.0), unequal, same_shape)


def rows(table: pd.DataFrame) -> list[Row]:
    """A table as the reference files hold it."""
    records: list[Row] = table.astype(object).where(table.notna(), None).to_dict("records")
    return records


def _same(one: object, other: object) -> bool:
    # Python takes True for 1.
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def main() -> None:
    """Print the table."""
    console = Console(width=100)
    if not (DATA / "sgdata.csv").is_file():
        console.print("The data sets are not here; name their folder in ATTUNEMENT_DATA.", style="red")
        sys.exit(1)
    found = {name: agreement(DATA, name) for name in CALLS}
    table = Table(title="Sudden gains beside suddengains 0.7.2", title_justify="left")
    for name in ("file", "values", "largest difference", "other flags or gaps", "all equal"):
        table.add_column(name, justify="left" if name == "file" else "right")
    for name, each in found.items():
        cells = (f"{each.values:,}", f"{each.largest_difference:.1e}", str(each.unequal))
        table.add_row(name, *cells, "yes" if each.is_complete else "NO")
    console.print(table)
    sys.exit(0 if all(each.is_complete for each in found.values()) else 1)


if __name__ == "__main__":
    main()
