"""The reading as one HTML file: nothing is fetched, nothing is sent, and it opens from disk.

The content security policy in its head makes the browser hold to that: no network at all, and no script but ours.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from attunement.codebook import CODES
from attunement.episodes.model import Episode, SessionReading
from attunement.reports import words
from attunement.reports.caveats import warnings
from attunement.reports.charts import NARROW, WIDE, timeline_svg
from attunement.reports.findings import Finding, findings
from attunement.reports.next_time import next_time
from attunement.reports.palette import DARK, LIGHT, css_recolouring, css_variables
from attunement.reports.summary import summary
from attunement.reports.timeline import timeline_in_words
from attunement.transcripts.session import Turn

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
    script = _file("page.js")
    page = _environment().get_template("page.html")
    return page.render(
        policy=_policy(script),
        style=Markup(_style()),
        script=Markup(script),
        session_id=words.safe(reading.session.id),
        facts=words.session_facts(reading.session),
        disclaimer=words.DISCLAIMER,
        provenance=words.PROVENANCE,
        privacy=words.PRIVACY,
        warnings=[words.safe(warning) for warning in warnings(reading)],
        summary=summary(reading),
        next_time=next_time(reading),
        wide=Markup(timeline_svg(reading, width=WIDE)),
        narrow=Markup(timeline_svg(reading, width=NARROW)),
        in_words=timeline_in_words(reading),
        findings=[_finding_view(finding, reading) for finding in findings(reading)],
        turns=[_turn_view(turn, reading) for turn in reading.session.turns],
        glossary=_glossary(reading),
        coder=coder,
    )


@cache
def _environment() -> Environment:
    loader = PackageLoader("attunement.reports", "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)


@cache
def _file(name: str) -> str:
    return resources.files("attunement.reports").joinpath("templates", name).read_text(encoding="utf-8")


def _style() -> str:
    dark = f":root {{ {css_variables(DARK)} }}\n{css_recolouring('.timeline')}"
    # Only on a screen: paper stays light.
    return (
        f":root {{ {css_variables(LIGHT)} }}\n@media screen and (prefers-color-scheme: dark) {{\n{dark}\n}}\n"
        + _file("page.css")
    )


def _policy(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )


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
