"""A reading in the terminal: sentences, picture, the moments with their words, next time, and what this is not."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from attunement.episodes.limits import cannot_tell
from attunement.episodes.model import SessionReading
from attunement.reports import words
from attunement.reports.caveats import warnings
from attunement.reports.findings import Finding, findings
from attunement.reports.how_many import how_many
from attunement.reports.next_time import next_time
from attunement.reports.palette import TERMINAL
from attunement.reports.printing import INDENT, WIDEST, print_parts, title
from attunement.reports.summary import summary
from attunement.reports.terminal_picture import legend, picture
from attunement.reports.timeline import timeline

COLOUR = {
    "rupture": TERMINAL["strain"],
    "repair": TERMINAL["repair"],
    "corrective": TERMINAL["corrective"],
    "insight": TERMINAL["corrective"],
    "missed": TERMINAL["strain"],
    "met": TERMINAL["attunement"],
}


def render_terminal(reading: SessionReading, console: Console) -> None:
    """Print a reading; colours and signs follow what the console can show."""
    width = min(console.width, WIDEST)
    print_parts(_parts(reading, width, console.options.ascii_only), console)


def _parts(reading: SessionReading, width: int, ascii_only: bool) -> Iterator[RenderableType]:
    yield Text()
    yield from _head(reading)
    for sentence in summary(reading):
        yield Text(sentence)
        yield Text()
    for warning in warnings(reading):
        yield Text.assemble(("Note. ", "bold"), words.safe(warning), style="dim")
        yield Text()

    yield from title("Timeline")
    yield from picture(timeline(reading), reading.session, width=width - 2 * INDENT, ascii_only=ascii_only)
    yield legend(ascii_only=ascii_only)
    if counted := how_many(reading):
        yield Text(counted)
    yield Text()

    yield from title("Moments")
    found = findings(reading)
    for finding in found:
        yield from _moment(finding, reading)
    if not found:
        yield Text(words.NOT_LOOKED_FOR if cannot_tell(reading.session) else words.NOTHING_FOUND)
        yield Text()

    yield from title("To take up next time")
    for suggestion in next_time(reading):
        yield Text(suggestion.text)
        yield Text(f"Rests on: {suggestion.finding}. {suggestion.why}", style="dim")
        yield Text()

    for line in (words.DISCLAIMER, words.PROVENANCE):
        yield Text(line, style="dim")
    yield Text()


def _head(reading: SessionReading) -> Iterator[RenderableType]:
    yield Text(words.safe(reading.session.id), style="bold")
    yield Text(words.session_facts(reading.session), style="dim")
    yield Text()


def _moment(finding: Finding, reading: SessionReading) -> Iterator[RenderableType]:
    place = words.place(reading.session, finding.start, finding.end)
    sure = f"   {words.confidence(finding.confidence)}" if finding.confidence is not None else ""
    yield Text.assemble((finding.title, f"bold {COLOUR[finding.kind]}"), f"   {place}", (sure, "dim"))
    yield Text(finding.text)
    yield _quotes(finding, reading)
    yield Text()


def _quotes(finding: Finding, reading: SessionReading) -> Table:
    """The turns a finding rests on: number and speaker, what was said, what was coded."""
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", min_width=5, style="dim")
    table.add_column()
    table.add_column()
    for number in finding.evidence:
        turn = reading.session.turns[number - 1]
        said = Text(words.quote(turn.text), style="italic")
        if codes := ", ".join(words.code_label(code) for code in reading.table.decided(number - 1)):
            said.append(f"  {codes}", style="not italic dim")
        table.add_row(str(number), Text(turn.speaker[0].upper(), style="bold dim"), said)
    return table
