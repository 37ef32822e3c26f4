"""`attunement gains`: sudden gains and losses in a table of scores, as the R package suddengains finds them."""

from __future__ import annotations

import re
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from attunement.cli import screen
from attunement.cli.outputs import STANDARD_OUTPUT, checked, write
from attunement.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from attunement.measures.gains import Gains

RANGE = re.compile(r"(?P<name>.*?)(?P<first>\d+)\.\.(?P=name)(?P<last>\d+)")


class Better(StrEnum):
    """Which end of the scale is better."""

    LOWER = "lower"
    HIGHER = "higher"


class Layout(StrEnum):
    """What a row of the JSON is."""

    WIDE = "wide"
    BY_GAIN = "by-gain"
    BY_PERSON = "by-person"


class Select(StrEnum):
    """Which of several gains stands for a person."""

    FIRST = "first"
    LAST = "last"
    SMALLEST = "smallest"
    LARGEST = "largest"


def gains(
    data: Annotated[Path, typer.Argument(metavar="DATA.csv", help="One row a client, one column a session.")],
    id: Annotated[str, typer.Option(metavar="COLUMN", help="The column of the clients' ids.")],
    values: Annotated[
        str, typer.Option(metavar="S1,S2,…", help="The columns of the scores in order; s1..s12 for twelve of them.")
    ],
    cutoff: Annotated[
        float | None,
        typer.Option(metavar="POINTS", help="Criterion 1: how many points are large; as a rule the reliable change."),
    ] = None,
    percent: Annotated[
        float, typer.Option(metavar="SHARE", help="Criterion 2: the share of the score before; .25 is 25 %.")
    ] = 0.25,
    alpha: Annotated[float, typer.Option(help="Criterion 3: two-tailed error rate.")] = 0.05,
    no_cutoff: Annotated[bool, typer.Option("--no-cutoff", help="Leave out criterion 1, with --cutoff too.")] = False,
    no_percent: Annotated[bool, typer.Option("--no-percent", help="Leave out criterion 2.")] = False,
    no_criterion_3: Annotated[bool, typer.Option("--no-criterion-3", help="Leave out criterion 3.")] = False,
    no_adjust: Annotated[
        bool, typer.Option("--no-adjust", help="Criterion 3: one critical value, however many scores are missing.")
    ] = False,
    critical_value: Annotated[
        float | None, typer.Option(metavar="T", help="The critical value with --no-adjust; 2.776 without this.")
    ] = None,
    from_first: Annotated[
        bool, typer.Option("--from-first", help="The first column is a baseline: look from session 1 to 2 on.")
    ] = False,
    losses: Annotated[bool, typer.Option("--losses", help="Look for sudden losses.")] = False,
    better: Annotated[Better, typer.Option(help="Which scores are better.")] = Better.LOWER,
    json: Annotated[Path | None, typer.Option(metavar="OUT", help="Write rows as JSON; - for standard output.")] = None,
    layout: Annotated[
        Layout, typer.Option(help="The rows of the JSON: every interval, one a gain, one a person.")
    ] = Layout.WIDE,
    select: Annotated[Select, typer.Option(help="Of several gains, which stands for a person.")] = Select.FIRST,
    measure: Annotated[
        str | None, typer.Option(metavar="NAME", help="The measure's name in --layout; what the columns begin with.")
    ] = None,
    start: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="The score at the start in --layout; the first of --values.")
    ] = None,
    end: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="The score at the end in --layout; the last of --values.")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there already.")] = False,
) -> None:
    """Find sudden gains: large, stable improvements between two sessions (Tang & DeRubeis, 1999).

    docs/gains.md shows how each option is called in the R package suddengains, whose results these are.
    """
    from attunement.measures.gains import read_scores, sudden_gains, sudden_losses

    if cutoff is None and not no_cutoff:
        raise InputError("Give --cutoff with a number of points, or --no-cutoff to leave out criterion 1.")
    if critical_value is not None and not no_adjust:
        screen.note("--critical-value is used with --no-adjust only, as in suddengains; it changes nothing here.")
    target = None if json is None else _checked(json, data, overwrite=overwrite)
    names = _names(values, id)
    table = read_scores(data, id_name=id, names=[*names, *(extra for extra in (start, end) if extra)])
    found = (sudden_losses if losses else sudden_gains)(
        table[names].to_numpy(),
        cutoff=None if no_cutoff else cutoff,
        percent=None if no_percent else percent,
        criterion_3=not no_criterion_3,
        alpha=alpha,
        adjust=not no_adjust,
        from_first=from_first,
        better=better.value,
        **({} if critical_value is None else {"critical_value": critical_value}),
    )
    if target is not None:
        ends: dict[str, Any] = {"measure": measure or _measure(names), "start": start, "end": end}
        write(target, _json(_rows(found, table, id, names, layout, select, ends)))
    if target != STANDARD_OUTPUT:
        _show(found, table[id].tolist())


def _checked(target: Path, data: Path, *, overwrite: bool) -> Path:
    if target.is_file() and target.resolve() == data.resolve():
        raise InputError(f"{target}: is the table being read; write to another file.")
    return checked(target, overwrite)


def _names(values: str, id_name: str) -> list[str]:
    names = [name for part in values.split(",") for name in _expanded(part.strip())]
    twice = [name for name, count in Counter([id_name, *names]).items() if count > 1]
    if twice:
        raise InputError(f"--values: the column {twice[0]!r} is named twice, here or in --id.")
    return names


def _expanded(part: str) -> list[str]:
    """The columns of `s1..s12`; any other text is one column."""
    matched = RANGE.fullmatch(part)
    if matched is None:
        return [part]
    first, last = matched["first"], matched["last"]
    width = len(first) if first.startswith("0") else 0
    names = [f"{matched['name']}{number:0{width}d}" for number in range(int(first), int(last) + 1)]
    if not names:
        raise InputError(f"--values: {part!r} runs backwards; write the smaller number first.")
    return names


def _measure(names: list[str]) -> str:
    """What the columns begin with: `bdi` of `bdi_s1`, `bdi_s2`."""
    return re.split(r"[_.\- ]?[A-Za-z]?\d+$", names[0])[0] or "score"


def _rows(
    found: Gains, table: pd.DataFrame, id_name: str, names: list[str], layout: Layout, select: Select, ends: Any
) -> pd.DataFrame:
    if layout is Layout.WIDE:
        return found.wide(table[id_name].tolist(), id_name=id_name)
    if layout is Layout.BY_GAIN:
        return found.by_gain(table, names=names, id_name=id_name, **ends)
    return found.by_person(table, names=names, id_name=id_name, select=select.value, **ends)


def _json(table: pd.DataFrame) -> str:
    from json import dumps

    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    lines = [dumps({str(name): _plain(value) for name, value in row.items()}, ensure_ascii=False) for row in rows]
    return "[\n  " + ",\n  ".join(lines) + "\n]\n" if lines else "[]\n"


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _show(found: Gains, ids: list[Any]) -> None:
    from attunement.measures.gains.screen import rendered

    screen.results().print(rendered(found, ids), highlight=False)
