"""A case as a notebook shows it: the sentences, the picture, what to look at first. No script, styles of its own."""

from __future__ import annotations

from html import escape

from attunement.case.findings import CaseFindings
from attunement.reports import words
from attunement.reports.case import wording
from attunement.reports.case.attention import alerts_section
from attunement.reports.case.charts import case_svg
from attunement.reports.case.course import course
from attunement.reports.case.entries import Entry
from attunement.reports.case.sections import notes
from attunement.reports.case.standing import case_summary, facts
from attunement.reports.notebook import STYLE, unlinked


def case_notebook_html(findings: CaseFindings) -> str:
    """A fragment of HTML for `_repr_html_`."""
    shown, alerts = course(findings), alerts_section(findings)
    sentences = "".join(f"<p>{escape(sentence)}</p>" for sentence in case_summary(findings))
    picture = unlinked(case_svg(findings)) if shown.lanes or shown.marks else ""
    items = "".join(_item(entry, alerts.step) for entry in alerts.entries) or f"<li>{escape(alerts.nothing)}</li>"
    unread = "".join(f"<p><small>Note. {escape(note)}</small></p>" for note in notes(findings))
    return (
        f'<div class="attunement-reading"><style>{STYLE}</style>'
        f"<p><strong>{escape(words.safe(findings.case.client))}</strong> <small>{escape(facts(findings))}</small></p>"
        f"{sentences}{picture}<p><strong>{escape(alerts.title)}</strong></p><ul>{items}</ul>{unread}"
        f"<small>{escape(words.DISCLAIMER)} {escape(wording.MEASURES)}</small></div>"
    )


def _item(entry: Entry, step: str) -> str:
    return (
        f"<li><strong>{escape(entry.title)}</strong> <small>{escape(entry.confidence or '')}</small><br>"
        f"{escape(entry.text)}<br><small>{escape(step)}: {escape(entry.step or '')}</small></li>"
    )
