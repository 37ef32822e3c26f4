"""A case in the terminal: where it stands, what to look at first, the picture, the threads, the next session."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from attunement.case.findings import CaseFindings
from attunement.reports import words
from attunement.reports.case import wording
from attunement.reports.case.attention import alerts_section, before_next_sections
from attunement.reports.case.course import course
from attunement.reports.case.entries import Entry, Group, Section, in_short
from attunement.reports.case.picture import picture, sparkline
from attunement.reports.case.sections import detail_sections, notes
from attunement.reports.case.standing import case_summary, facts
from attunement.reports.palette import TERMINAL
from attunement.reports.printing import INDENT, WIDEST, print_parts, title

# What a tired reader needs; the rest is on the page, and here on demand.
IN_SHORT = ("beliefs", "hidden")
MORE = "Left out here: what ran across sessions, what has helped, change, ratings, fit and frame. --full shows them, "
MORE += "and so does the page (--html)."


def render_case(findings: CaseFindings, console: Console, *, full: bool = False) -> None:
    """Print a case, at most 96 columns wide; colours and signs follow what the console can show.

    Unless `full`, with the sections that most evenings need, and of the evidence the most telling piece of each kind.
    """
    width = min(console.width, WIDEST) - 2 * INDENT
    print_parts(_parts(findings, width, console.options.ascii_only, full), console)


def _parts(findings: CaseFindings, width: int, ascii_only: bool, full: bool) -> Iterator[RenderableType]:
    yield Text()
    yield Text(words.safe(findings.case.client), style="bold")
    yield Text(facts(findings), style="dim")
    yield Text()
    for sentence in case_summary(findings):
        yield Text(sentence)
        yield Text()

    yield from _section(alerts_section(findings), ascii_only, numbered=True)

    yield from title("Time line")
    yield from picture(course(findings), width=width, ascii_only=ascii_only)
    yield Text()

    for section in detail_sections(findings):
        if full or section.key in IN_SHORT:
            yield from _section(section if full else in_short(section), ascii_only)

    yield from title(f"Before session {findings.before_next.session}")
    for section in before_next_sections(findings):
        yield Text(section.title, style="bold")
        yield from _entries(section if full else in_short(section), ascii_only)

    if not full:
        yield Text(MORE, style="dim")
        yield Text()
    if unread := notes(findings):
        yield from title("Not read, or to mind")
        yield from (Text(note) for note in unread)
        yield Text()
    for line in (words.DISCLAIMER, wording.MEASURES, words.PROVENANCE):
        yield Text(line, style="dim")
    yield Text()


def _section(section: Section, ascii_only: bool, *, numbered: bool = False) -> Iterator[RenderableType]:
    heading, _ = title(section.title)
    yield heading
    yield Text(section.rests_on, style="dim")
    yield Text()
    yield from _entries(section, ascii_only, numbered=numbered)


def _entries(section: Section, ascii_only: bool, *, numbered: bool = False) -> Iterator[RenderableType]:
    if not section.entries:
        yield Text(section.nothing)
        yield Text()
    for place, entry in enumerate(section.entries, start=1):
        yield from _entry(entry, section.step, ascii_only, f"{place}. " if numbered else "")
    if section.also:
        yield from (Text(sentence, style="dim") for sentence in section.also)
        yield Text()


def _entry(entry: Entry, step: str, ascii_only: bool, number: str) -> Iterator[RenderableType]:
    colour = TERMINAL.get(entry.hue, "")
    beside = "".join(f"   {each}" for each in (entry.place and entry.place.place.lower(), entry.confidence) if each)
    yield Text.assemble((number + entry.title, f"bold {colour}"), (beside, "dim"))
    if entry.text:
        yield Text(entry.text)
    if len(entry.strength) > 1:
        yield sparkline(entry.strength, ascii_only=ascii_only)
    if entry.evidence:
        yield _evidence(entry.evidence)
    if entry.basis:
        yield Text(entry.basis, style="dim")
    if entry.step:
        yield Text.assemble((f"{step}: ", "bold"), entry.step)
    yield Text()


def _evidence(groups: tuple[Group, ...]) -> Table:
    """Where to look, who said it or what was answered."""
    table = Table.grid(padding=(0, 1))
    labelled = any(group.label for group in groups)
    for style in ("dim", "dim", "bold dim", None)[0 if labelled else 1 :]:
        table.add_column(style=style)
    for group in groups:
        for place, shown in enumerate(group.shown):
            label = [group.label or "" if place == 0 else ""] if labelled else []
            who = shown.speaker[0].upper() if shown.speaker else ""
            said = Text(shown.words or "no transcript here", style="italic" if shown.speaker else "")
            table.add_row(*label, shown.place.lower(), who, said)
    return table
