"""Power in the terminal: a row a size of study, its power as a bar beside the textbook's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from attunement.dyad.power import Cell, PowerResult
from attunement.reports.dyad import power_words, wording
from attunement.reports.dyad.wording import decimal
from attunement.reports.palette import TERMINAL
from attunement.reports.printing import INDENT, WIDEST, print_parts, title

BAR, NARROWEST_BAR, BESIDE = 24, 6, 66  # columns: of the bar, and of what stands beside it
SIGNS, SIGNS_ASCII = ("█", "·", "┊"), ("#", ".", "|")


def render_power(result: PowerResult, console: Console) -> None:
    """Print the answer, the table with its bars, and what parts it from the textbook."""
    bar = min(BAR, min(console.width, WIDEST) - 2 * INDENT - BESIDE)
    print_parts(_parts(result, bar, console.options.ascii_only), console)


def power_rows(result: PowerResult) -> list[dict[str, Any]]:
    """A row a size, as plain values; None where there is no formula."""
    return [
        {
            "therapists": cell.therapists,
            "clients_each": cell.clients_each,
            "clients": cell.clients,
            "power": cell.power.value,
            "power_low": cell.power.low,
            "power_high": cell.power.high,
            "without_effect": cell.size.value,
            "without_effect_low": cell.size.low,
            "without_effect_high": cell.size.high,
            "textbook": cell.textbook,
            "textbook_counting_therapists": cell.counting_therapists,
        }
        for cell in result.cells
    ]


def _parts(result: PowerResult, bar: int, ascii_only: bool) -> Iterator[RenderableType]:
    yield Text()
    yield from title(power_words.heading(result))
    for sentence in (power_words.answer(result), power_words.effect(result)):
        yield Text(sentence)
        yield Text()
    signs = SIGNS_ASCII if ascii_only else SIGNS
    yield _table(result, bar, signs)
    yield Text(
        f"each: clients of one therapist; {signs[2]} the power wanted; interval: 95 % of such simulations; no "
        "effect: how often the test finds one all the same",
        style="dim",
    )
    yield Text()
    for sentence in (power_words.method(result), power_words.size(result), *power_words.difference(result)):
        yield Text(sentence, style="dim")
    yield Text(wording.A_MODEL, style="dim")
    yield Text()


def _table(result: PowerResult, bar: int, signs: tuple[str, str, str]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for head in ("therapists", "each", "clients", "power", "", "interval", "textbook", "no effect"):
        table.add_column(head, justify="right", overflow="fold")
    for cell in result.cells:
        table.add_row(
            str(cell.therapists),
            str(cell.clients_each),
            f"{cell.clients:,}",
            decimal(cell.power.value),
            _bar(cell, result.wanted, bar, signs) if bar >= NARROWEST_BAR else "",
            f"{decimal(cell.power.low)}–{decimal(cell.power.high)}",
            "–" if cell.textbook is None else decimal(cell.textbook),
            decimal(cell.size.value, 3),
        )
    return table


def _bar(cell: Cell, wanted: float, width: int, signs: tuple[str, str, str]) -> Text:
    full, empty, mark = signs
    filled, place = round(cell.power.value * width), min(width - 1, round(wanted * width))
    text = Text(full * filled, style=TERMINAL["attunement"])
    text.append(empty * (width - filled), style="dim")
    if place >= filled:
        text = text[:place] + Text(mark, style="bold") + text[place + 1 :]
    return text
