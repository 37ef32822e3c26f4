"""A simulated study in the terminal: who came, what became of them, arm by arm."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from attunement.dyad.export import Study, Tables
from attunement.reports.dyad import wording
from attunement.reports.printing import print_parts, title


def render_simulation(study: Study, tables: Tables, console: Console) -> None:
    """Print what was simulated, a row an arm, and that it describes nobody."""
    print_parts(_parts(study, tables), console)


def _parts(study: Study, tables: Tables) -> Iterator[RenderableType]:
    design = study.courses.design
    people = ", ".join(
        [
            wording.counted(study.courses.dyads, "client"),
            wording.counted(len(np.unique(design.therapist)), "therapist"),
            wording.counted(len(np.unique(design.clinic)), "clinic"),
        ]
    )
    yield Text()
    yield from title(f"Simulated: {people}")
    yield _table(study, tables)
    yield Text()
    points = tables.points
    if not points.is_published:
        yield Text(
            f"The catalogue has no clinical sample of {points.instrument.name}: clients at intake were given the "
            f"middle of its range ({points.mean:g}) and a sixth of it as spread ({points.sd:.1f}).",
            style="dim",
        )
    yield Text(wording.A_MODEL, style="dim")
    yield Text()


def _table(study: Study, tables: Tables) -> Table:
    name = tables.points.instrument.name
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("condition")
    for head in ("clients", "sessions each", "left early", "with a rupture", "repaired", f"{name} before", "after"):
        table.add_column(head, justify="right")
    for condition in study.conditions:
        own = tables.clients[tables.clients["condition"] == condition]
        if own.empty:
            continue
        ruptures = int(own["ruptures"].sum())
        table.add_row(
            condition,
            f"{len(own):,}",
            f"{own['sessions'].mean():.1f}",
            wording.share(own["dropped_out"].mean()),
            wording.share((own["ruptures"] > 0).mean()),
            f"{int(own['repaired'].sum())} of {ruptures}" if ruptures else "–",
            f"{own[f'{name}_first'].mean():.1f}",
            f"{own[f'{name}_last'].mean():.1f}",
        )
    return table
