"""A result of an analysis of change on the screen: counts first, then the first clients, then how it was found."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from attunement.measures.change import words
from attunement.measures.change.result import ChangeResult

FIRST_CLIENTS = 5
HEADINGS = {
    "id": "client",
    "n": "scores",
    "pre": "before",
    "post": "after",
    "rci": "index",
    "cs_indiv": "beyond cut-off",
    "pct_change": "share",
}
SHOWN = ("id", "group", "n", "pre", "post", "change", "pct_change", "cs_indiv", "rci", "category")


def rendered(result: ChangeResult, *, heading: str, better: str) -> RenderableType:
    """The whole result; `heading` says which scores and times."""
    parts: list[RenderableType] = [Text(heading, style="bold"), ""]
    parts.append(_effects(result.summary) if "difference" in result.summary else _counts(result))
    if result.group_level is not None:
        parts += ["", *_group_level(result.group_level)]
    if not result.augmented.empty:
        parts += ["", _clients(result.augmented)]
    parts.append("")
    parts += [Padding(Text(sentence), (0, 0, 0, 2)) for sentence in words.assumptions(result, better=better)]
    return Group(*parts)


def _counts(result: ChangeResult) -> Table:
    table = Table(box=None, pad_edge=False)
    grouped = "group" in result.summary
    for name, justify in (*([("group", "left")] if grouped else []), ("category", "left"), ("n", "right")):
        table.add_column(name, justify="right" if justify == "right" else "left")
    table.add_column("of group" if grouped else "share", justify="right")
    table.add_column("meaning", overflow="fold")
    for row in result.summary.to_dict("records"):
        share = row["percent_by_group"] if grouped else row["percent"]
        cells = [row["category"], str(row["n"]), f"{share:.0%}", words.meaning(result, str(row["category"]))]
        table.add_row(*([str(row["group"])] if grouped else []), *cells)
    return table


def _group_level(shares: pd.DataFrame) -> list[RenderableType]:
    names = list(shares["group"].unique()) if "group" in shares else [None]
    lines: list[RenderableType] = []
    for name in names:
        part = shares if name is None else shares.loc[shares["group"] == name]
        found = dict(zip(part["category"], part["percent"], strict=True))
        if None in found.values():
            continue
        sentence = words.SHARE_OF_CLIENTS.format(changed=found["Changed"], functional=found["Functional"])
        lines.append(Text(sentence if name is None else f"{name}. {sentence}"))
    return lines


def _effects(effects: pd.DataFrame) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in effects.columns:
        table.add_column(str(name).replace("_", " "), justify="left" if effects[name].dtype == object else "right")
    for row in effects.itertuples(index=False):
        table.add_row(*("cannot tell" if cell is None else _cell(cell) for cell in row))
    return table


def _clients(clients: pd.DataFrame) -> Table:
    names = [name for name in SHOWN if name in clients]
    more = len(clients) - FIRST_CLIENTS
    table = Table(
        box=None,
        pad_edge=False,
        title="The first clients" if more > 0 else "Clients",
        title_justify="left",
        caption=f"and {more} more; --json writes them all" if more > 0 else None,
        caption_justify="left",
    )
    for name in names:
        table.add_column(HEADINGS.get(name, name), justify="left" if name in ("id", "group", "category") else "right")
    for row in clients[names].head(FIRST_CLIENTS).itertuples(index=False):
        table.add_row(*(_cell(cell) for cell in row))
    return table


def _cell(value: Any) -> str:
    if isinstance(value, float):
        if not math.isfinite(value):
            return "–"
        return f"{value:.0f}" if value.is_integer() else f"{value:.2f}"
    return str(value)
