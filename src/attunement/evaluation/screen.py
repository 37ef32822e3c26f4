"""An evaluation on the terminal: first whether to trust the coder on these sessions, then the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from attunement.evaluation.report import Evaluation
from attunement.evaluation.tables import rows
from attunement.evaluation.trust import FAIR_F1, FAIR_KAPPA, POOR_F1, POOR_KAPPA, Trust, counted

STYLES: dict[Trust, str] = {"as a pointer": "green", "with care": "yellow", "no": "red", "cannot tell": "dim"}
NOT_KNOWN = "–"


def rendered(evaluation: Evaluation, notes: Sequence[str] = ()) -> RenderableType:
    """Everything for `rich.print`: answer, cautions, tables. `notes` are those of the coded set."""
    parts = [
        _heading(evaluation),
        _answers(evaluation),
        _legend(),
        *_cautions(evaluation, notes),
        *_details(evaluation),
    ]
    return Group(*parts)


def _heading(evaluation: Evaluation) -> Text:
    counts = [counted(evaluation.sessions, "session"), counted(evaluation.turns, "coded turn")]
    return Text.assemble(
        ("Can you trust it on these sessions?\n", "bold"),
        f"{counts[0]}, {counts[1]}, {counted(evaluation.cases, 'case')} (the unit of all intervals). ",
        "The figures are agreement with your coders. The coder is not validated on real therapies.\n",
    )


def _answers(evaluation: Evaluation) -> Table:
    table = _table("", "trust it?", "right", "found", "agreement (95 %)", "yours")
    for row in _judged(evaluation.groups, evaluation.episodes):
        shares = (_of_ten(row.precision), _of_ten(row.recall))
        table.add_row(row.label, _styled(row.trust), *shares, f"F1 {_figure(row, 'f1')}", f"{row.examples:,}")
    for row in _judged(evaluation.scales):
        name = "kappa" if pd.isna(row.weighted_kappa) else "weighted_kappa"
        table.add_row(row.label, _styled(row.trust), "", "", f"κ {_figure(row, name)}", f"{row.examples:,}*")
    return table


def _legend() -> Padding:
    lines = (
        "right: of what it marks, you marked this much too",
        "found: of what you marked, it marks this much too",
        f"as a pointer: F1 is very likely above {_number(FAIR_F1)}; still look at the turn yourself",
        f"with care: likely above {_number(POOR_F1)} only, or probabilities or base rates do not fit",
        "no: agreement may be poor · cannot tell: too few examples or cases",
        f"scales: κ instead of F1, from {_number(FAIR_KAPPA)} and {_number(POOR_KAPPA)} · * of the rarest level",
    )
    return Padding(Text("\n".join(lines), style="dim"), (0, 0, 1, 0))


def _cautions(evaluation: Evaluation, notes: Sequence[str]) -> Iterator[RenderableType]:
    if evaluation.cautions:
        yield Text("Where not to trust it", style="bold")
        yield from (_bullet(caution.sentence) for caution in evaluation.cautions)
    yield from (_bullet(note) for note in notes)


def _details(evaluation: Evaluation) -> Iterator[RenderableType]:
    of_marks = {"precision": "precision", "recall": "recall", "f1": "F1"}
    of_codes = of_marks | {"kappa": "κ", "average_precision": "average\nprecision"}
    of_scales = {"macro_f1": "macro F1", "kappa": "κ", "weighted_kappa": "weighted κ"}
    levels = evaluation.levels
    if len(levels):
        levels = levels.assign(label=levels["name"].str.replace("_", " ") + ": " + levels["level"])
    yield from _figures("Groups of codes", evaluation.groups, of_codes)
    yield from _figures("Codes", evaluation.codes, of_codes | {"calibration_error": "calib.\nerror"})
    yield from _figures("Scales", evaluation.scales, of_scales)
    yield from _figures("Levels of the scales", levels, of_marks)
    yield from _figures("Episodes, the same from half their turns on", evaluation.episodes, of_marks)


def _figures(title: str, figures: pd.DataFrame, heads: dict[str, str]) -> Iterator[RenderableType]:
    judged = _judged(figures)
    if judged:
        counts = {name: head for name, head in (("examples", "yours"), ("marked", "its")) if name in figures.columns}
        table = _table("", *counts.values(), *heads.values(), title=title)
        for row in judged:
            numbers = (f"{getattr(row, name):,}" for name in counts)
            table.add_row(row.label, *numbers, *(_figure(row, name, "\n") for name in heads))
        yield Padding(table, (1, 0, 0, 0))


def _judged(*tables: pd.DataFrame) -> list[Any]:
    """The rows of which a person gave examples."""
    return [row for table in tables for row in rows(table) if row.examples > 0]


def _table(*heads: str, title: str | None = None) -> Table:
    # Only the first column may break its lines, so that no figure is ever cut off in a window of 80 columns.
    table = Table(
        box=box.SIMPLE_HEAD,
        title=title,
        title_justify="left",
        title_style="bold",
        show_edge=False,
        padding=0,
    )
    for place, head in enumerate(heads):
        table.add_column(head, justify="left" if place == 0 else "right", no_wrap=place > 0)
    return table


def _figure(row: Any, name: str, between: str = " ") -> str:
    """`.58 .51–.64`: the figure and its interval, or a dash where it cannot be told."""
    value, low, high = (getattr(row, column) for column in (name, f"{name}_low", f"{name}_high"))
    if pd.isna(value):
        return NOT_KNOWN
    return _number(value) if pd.isna(low) else f"{_number(value)}{between}{_number(low)}–{_number(high)}"


def _number(value: float) -> str:
    """Two decimals without the leading zero, as the field writes F1 and κ; a full 1 as `1.0`."""
    written = f"{value:.2f}"
    return "1.0" if written == "1.00" else written.replace("0.", ".", 1)


def _of_ten(share: float) -> str:
    return NOT_KNOWN if pd.isna(share) else f"{10 * share:.0f} of 10"


def _styled(trust: Trust) -> Text:
    return Text(trust, style=STYLES[trust])


def _bullet(sentence: str) -> Padding:
    return Padding(Text(f"• {sentence}"), (0, 0, 0, 2))
