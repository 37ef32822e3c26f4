"""A case as one HTML file, with links to the pages of its sessions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from attunement.case.findings import CaseFindings, Point
from attunement.reports import words
from attunement.reports.case import wording
from attunement.reports.case.attention import alerts_section, before_next_sections
from attunement.reports.case.charts import case_svg
from attunement.reports.case.course import course
from attunement.reports.case.entries import Entry, Group, Section, Shown
from attunement.reports.case.sections import detail_sections, notes
from attunement.reports.case.sessions import SessionView, course_in_words, session_views
from attunement.reports.case.signs import legend
from attunement.reports.case.standing import case_summary, facts
from attunement.reports.drawing import NARROW, WIDE
from attunement.reports.html_file import html_file, html_part

Pages = Mapping[int, str]
TEMPLATE = "case.html"


def case_html(findings: CaseFindings, *, pages: Pages | None = None, coder: str | None = None) -> str:
    """The whole page; `coder` is the version of the weights that made the readings.

    `pages` are the names of the sessions' pages by session number, as the files are called (`leander-3.html`); without
    one a session is told of on this page only.
    """
    return html_file(
        TEMPLATE,
        styles=("base.css", "case.css"),
        scripts=("picture.js", "case.js"),
        eyebrow="Reading of a case",
        facts=facts(findings),
        notes=notes(findings),
        coder=coder,
        **_main(findings, pages),
    )


def case_html_part(findings: CaseFindings, *, pages: Pages | None = None) -> str:
    """The main part of the page alone, to stand within another page that has style and script of its own."""
    return html_part(TEMPLATE, **_main(findings, pages))


def _main(findings: CaseFindings, pages: Pages | None) -> dict[str, Any]:
    addresses = {number: quote(name) for number, name in (pages or {}).items()}
    alerts, sections = alerts_section(findings), detail_sections(findings)
    shown = course(findings)
    is_drawn = bool(shown.lanes or shown.marks)
    return {
        "name": words.safe(findings.case.client),
        "honest": [words.DISCLAIMER, wording.MEASURES, words.PROVENANCE, wording.PRIVACY],
        "summary": case_summary(findings),
        "contents": _contents(alerts, sections),
        "alerts": _section_view(alerts, addresses),
        "wide": Markup(case_svg(findings, width=WIDE, pages=addresses)) if is_drawn else None,
        "narrow": Markup(case_svg(findings, width=NARROW, pages=addresses)) if is_drawn else None,
        "legend": legend(shown),
        "in_words": course_in_words(findings),
        "before_next": findings.before_next.session,
        "next_sections": [_section_view(section, addresses) for section in before_next_sections(findings)],
        "sections": [_section_view(section, addresses) for section in sections],
        "sessions": [_session_view(view, addresses) for view in session_views(findings)],
    }


def _contents(alerts: Section, sections: tuple[Section, ...]) -> list[tuple[str, str]]:
    first = [(alerts.key, alerts.title), ("picture", "Time line"), ("before-next", "Before the next session")]
    return [*first, *((section.key, section.title) for section in sections), ("sessions", "Sessions")]


def _section_view(section: Section, addresses: Pages) -> dict[str, Any]:
    return {
        "key": section.key,
        "title": section.title,
        "rests_on": section.rests_on,
        "entries": [_entry_view(entry, addresses) for entry in section.entries],
        "nothing": section.nothing,
        "step": section.step,
        "also": section.also,
    }


def _entry_view(entry: Entry, addresses: Pages) -> dict[str, Any]:
    return {
        "hue": entry.hue,
        "title": entry.title,
        "text": entry.text,
        "confidence": entry.confidence,
        "place": entry.place and _shown_view(entry.place, addresses),
        "strength": [_bar(point) for point in entry.strength],
        "evidence": [_group_view(group, addresses) for group in entry.evidence],
        "basis": entry.basis,
        "step": entry.step,
    }


def _group_view(group: Group, addresses: Pages) -> dict[str, Any]:
    return {"label": group.label, "shown": [_shown_view(shown, addresses) for shown in group.shown]}


def _shown_view(shown: Shown, addresses: Pages) -> dict[str, Any]:
    page = addresses.get(shown.session)
    if page is not None:
        href = page if shown.turn is None else f"{page}#turn-{shown.turn}"
    else:
        href = f"#session-{shown.session}"
    return {"place": shown.place, "href": href, "speaker": shown.speaker, "words": shown.words}


def _bar(point: Point) -> dict[str, Any]:
    share = min(1.0, max(0.0, point.value))
    return {"session": point.session, "share": round(share, 2), "says": wording.strength(share)}


def _session_view(view: SessionView, addresses: Pages) -> dict[str, Any]:
    return {
        "number": view.number,
        "day": view.date and wording.day(view.date),
        "is_read": view.is_read,
        "answers": view.values,
        "marks": view.marks,
        "href": addresses.get(view.number),
    }
