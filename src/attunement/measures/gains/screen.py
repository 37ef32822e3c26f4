"""Sudden gains on the terminal: how many clients had one, then each of them, then what the criteria mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from attunement.measures.gains.criteria import Criteria
from attunement.measures.gains.model import Gains, SuddenGain

MOST_ROWS = 50
CAUTIONS = (
    "A sudden {kind} shows when scores moved, not why; what happened in the session before it is worth a look.",
    "In scores that fluctuate, some steps meet all criteria by chance, even where change is gradual (Thomas & Persons, "
    "2013).",
)


def rendered(gains: Gains, ids: Sequence[Any]) -> RenderableType:
    """Everything for `rich.print`. `ids` names the clients in the order of the rows."""
    parts: list[RenderableType] = [_heading(gains)]
    if len(gains):
        parts.append(_table(gains, ids))
    if len(gains) > MOST_ROWS:
        parts.append(Text(f"{len(gains) - MOST_ROWS:,} more are left out here; --json writes all.", style="dim"))
    return Group(*parts, *_legend(gains))


def _heading(gains: Gains) -> Text:
    clients, judged = len(gains.values), gains.clients_judged
    return Text.assemble(
        (f"{gains.clients_with_one:,} of {judged:,} clients had a sudden {_kind(gains)}", "bold"),
        f"; {len(gains):,} in all.",
        f" Cannot tell for {clients - judged:,} more: too many scores are missing." if clients > judged else "",
        "\n",
    )


def _table(gains: Gains, ids: Sequence[Any]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False)
    for name in ("client", "between sessions", "score", "size", "share of all change", "reversed"):
        table.add_column(name, justify="left" if name == "client" else "right")
    for row, gain in _first(gains):
        table.add_row(
            Text(str(ids[row])),
            f"{gain.after_session} and {gain.after_session + 1}",
            f"{gain.before:g} → {gain.after:g}",
            f"{gain.magnitude:g}",
            "cannot tell" if gain.share is None else f"{gain.share:.0%}",
            "cannot tell" if gain.reversed is None else ("yes" if gain.reversed else "no"),
        )
    return table


def _first(gains: Gains) -> Iterator[tuple[int, SuddenGain]]:
    rows = dict.fromkeys(gains.client[:MOST_ROWS].tolist())
    listed = [(row, gain) for row in rows for gain in gains.of(row)]
    return iter(listed[:MOST_ROWS])


def _legend(gains: Gains) -> Iterator[RenderableType]:
    yield Text("\nWhat was asked for", style="bold")
    for sentence in _meanings(gains):
        yield _bullet(sentence)
    yield Text("Read with care", style="bold")
    for caution in CAUTIONS:
        yield _bullet(caution.format(kind=_kind(gains)))


def _meanings(gains: Gains) -> Iterator[str]:
    criteria, moved = gains.criteria, "fell" if gains.direction > 0 else "rose"
    if criteria.cutoff is not None:
        yield f"Large: the score {moved} by {criteria.cutoff:g} points or more from one session to the next."
    if criteria.percent is not None:
        yield _share(gains, criteria.percent)
    if criteria.criterion_3:
        yield (
            "Stable: the mean of the three scores after it differs from that of the three before it by more than "
            f"{_limit(criteria)} times their pooled standard deviation."
        )
    yield "Reversed: a later session lost half of it again."


def _share(gains: Gains, share: float) -> str:
    if gains.losses:
        return f"By share: not an improvement of {share:.0%} or more, which every loss meets (as in suddengains)."
    moved = "drop" if gains.direction > 0 else "rise"
    return f"By share: a {moved} of at least {share:.0%} of the score before it."


def _limit(criteria: Criteria) -> str:
    if not criteria.adjust:
        return f"{criteria.critical_value:g}"
    return f"a critical value (two-tailed t, alpha {criteria.alpha:g}, higher where scores are missing)"


def _kind(gains: Gains) -> str:
    return "loss" if gains.losses else "gain"


def _bullet(sentence: str) -> Padding:
    return Padding(Text(f"· {sentence}"), (0, 0, 0, 2))
