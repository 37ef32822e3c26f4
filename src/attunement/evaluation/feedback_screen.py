"""What therapists said to findings, on the terminal: first what it can and cannot tell, then the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from attunement.evaluation.feedback import CAVEATS, FeedbackEvaluation, Fit, Judged, OfCoder, Share
from attunement.evaluation.trust import FEWEST_EXAMPLES, counted

NAMES = {
    "corrective": "corrective experience",
    "missed": "moment missed",
    "met": "moment well met",
}
STYLES: dict[Fit, str] = {"fits": "green", "too sure": "red", "not sure enough": "yellow", "cannot tell": "dim"}


def rendered(figures: FeedbackEvaluation) -> RenderableType:
    """Everything for `rich.print`."""
    tables = (table for coder in figures.coders for table in _coder(coder))
    return Group(_heading(figures), *_caveats(), *tables, Padding(Text(_legend(), style="dim"), (1, 0, 0, 0)))


def _heading(figures: FeedbackEvaluation) -> Text:
    counts = f"{counted(figures.verdicts, 'verdict')} on findings of {counted(figures.sessions, 'session')}. "
    return Text.assemble(
        ("Were the findings right, to those who were there?\n", "bold"),
        counts,
        "The coder is not validated on real therapies, and this does not change that.\n",
    )


def _caveats() -> Iterator[RenderableType]:
    yield from (Padding(Text(f"• {sentence}"), (0, 0, 0, 2)) for sentence in CAVEATS)


def _coder(part: OfCoder) -> Iterator[RenderableType]:
    title = f"Coder {part.coder}: {counted(part.verdicts, 'verdict')}, {counted(part.sessions, 'session')}"
    yield Padding(_table("Finding", part.kinds, title), (1, 0, 0, 0))
    if part.bands:
        yield Padding(_table("Stated probability", part.bands, "The same by what was stated"), (1, 0, 0, 0))


def _table(head: str, rows: Sequence[Judged], title: str) -> Table:
    table = Table(
        box=box.SIMPLE_HEAD, title=title, title_justify="left", title_style="bold", show_edge=False, padding=0
    )
    for place, column in enumerate((head, "judged", "so it was", "otherwise", "not so", "stated", "probability")):
        table.add_column(column, justify="left" if place == 0 else "right", no_wrap=place > 0)
    for row in rows:
        shares = (_share(share) for share in (row.accepted, row.corrected, row.dismissed))
        # No estimate deserves 0 or 100 %.
        stated = "–" if row.stated is None else f"{min(0.99, max(0.01, row.stated)):.0%}"
        fit = Text(row.fit, style=STYLES[row.fit])
        table.add_row(NAMES.get(row.name, row.name), f"{row.accepted.of:,}", *shares, stated, fit)
    return table


def _share(share: Share) -> str:
    """`14, 35–62%`: how many, and the interval of their share."""
    if share.interval is None:
        return f"{share.count:,}"
    low, high = share.interval
    return f"{share.count:,}, {100 * low:.0f}–{high:.0%}"


def _legend() -> str:
    return (
        "so it was, otherwise, not so: how many, and the 95 % interval of their share\n"
        "stated: the mean probability beside the findings; too sure: it lies above the interval of “so it was”\n"
        f"cannot tell: fewer than {FEWEST_EXAMPLES} verdicts, or no probability was stated"
    )
