"""The reading of a session as one HTML file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from attunement.codebook import CODES
from attunement.episodes.limits import cannot_tell
from attunement.episodes.model import Episode, SessionReading
from attunement.reports import words
from attunement.reports.caveats import warnings
from attunement.reports.charts import timeline_svg
from attunement.reports.drawing import NARROW, WIDE
from attunement.reports.findings import Finding, findings
from attunement.reports.how_many import how_many
from attunement.reports.html_file import html_file, html_part
from attunement.reports.next_time import next_time
from attunement.reports.summary import summary
from attunement.reports.timeline import timeline_in_words
from attunement.transcripts.session import Turn

TEMPLATE = "page.html"
QUOTE = 90  # letters of a quotation on a card


@dataclass(frozen=True, slots=True)
class CodeView:
    """A code in the margin; `percent` is empty in the glossary."""

    label: str
    sign: str
    group: str
    definition: str
    percent: str = ""


def to_html(reading: SessionReading, *, coder: str | None = None) -> str:
    """The whole page; `coder` is the version of the weights that made the reading."""
    return html_file(
        TEMPLATE,
        styles=("base.css", "page.css"),
        scripts=("picture.js", "page.js"),
        eyebrow="Reading of a session",
        name=words.safe(reading.session.id),
        facts=words.session_facts(reading.session),
        honest=[words.DISCLAIMER, words.PROVENANCE, words.PRIVACY],
        notes=[words.safe(warning) for warning in warnings(reading)],
        coder=coder,
        **_main(reading),
    )


def to_html_part(reading: SessionReading) -> str:
    """The main part of the page alone, to stand within another page that has style and script of its own."""
    return html_part(TEMPLATE, **_main(reading))


def _main(reading: SessionReading) -> dict[str, Any]:
    return {
        "summary": summary(reading),
        "next_time": next_time(reading),
        "wide": Markup(timeline_svg(reading, width=WIDE)),
        "narrow": Markup(timeline_svg(reading, width=NARROW)),
        "how_many": how_many(reading),
        "in_words": timeline_in_words(reading),
        "findings": [_finding_view(finding, reading) for finding in findings(reading)],
        "nothing": words.NOT_LOOKED_FOR if cannot_tell(reading.session) else words.NOTHING_FOUND,
        "turns": [_turn_view(turn, reading) for turn in reading.session.turns],
        "glossary": _glossary(reading),
    }


def _finding_view(finding: Finding, reading: SessionReading) -> dict[str, Any]:
    turns = reading.session.turns
    return {
        "kind": finding.kind,
        "start": finding.start,
        "end": finding.end,
        "title": finding.title,
        "text": finding.text,
        "place": words.sentence(words.place(reading.session, finding.start, finding.end)),
        "confidence": None if finding.confidence is None else words.confidence(finding.confidence),
        "quotes": [{"number": n, "words": words.quote(turns[n - 1].text, QUOTE)} for n in finding.evidence],
    }


def _turn_view(turn: Turn, reading: SessionReading) -> dict[str, Any]:
    table, row = reading.table, turn.number - 1
    lanes: dict[str, tuple[Episode, ...]] = {
        "rupture": reading.ruptures,
        "repair": reading.repairs,
        "corrective": reading.correctives,
    }
    return {
        "number": turn.number,
        "speaker": turn.speaker,
        "who": words.speaker(reading.session, turn),
        "time": None if turn.start_s is None else words.clock(turn.start_s),
        "text": words.safe(turn.text),
        "codes": [_code_view(code, float(table.column(code)[row])) for code in table.decided(row)],
        "rails": [(kind, _rail(turn.number, episodes)) for kind, episodes in lanes.items()],
    }


def _rail(number: int, episodes: tuple[Episode, ...]) -> str:
    """How an episode's line runs past a turn."""
    for episode in episodes:
        if episode.start == episode.end == number:
            return "only"
        if number == episode.start:
            return "start"
        if number == episode.end:
            return "end"
        if episode.start < number < episode.end:
            return "through"
    return "none"


def _code_view(code: str, probability: float | None = None) -> CodeView:
    group, sign = words.code_group(code)
    return CodeView(
        label=words.code_label(code),
        sign=sign,
        group=group,
        definition=CODES[code].definition,
        percent="" if probability is None else words.percent(probability),
    )


def _glossary(reading: SessionReading) -> list[CodeView]:
    shown = {code for row in range(len(reading.table)) for code in reading.table.decided(row)}
    return [_code_view(code) for code in CODES if code in shown]
