"""The reading as a notebook shows it: the sentences, the picture, the list of moments. No script, styles of its own."""

from __future__ import annotations

from html import escape

from attunement.episodes.model import SessionReading
from attunement.reports import words
from attunement.reports.charts import timeline_svg
from attunement.reports.findings import Finding, findings
from attunement.reports.palette import LIGHT
from attunement.reports.summary import summary

# A card with its own paper, so that it reads the same in a light notebook and a dark one.
STYLE = f"""
.attunement-reading {{ max-width: 60rem; padding: 1.25rem 1.5rem; border-radius: 12px; line-height: 1.5;
  background: {LIGHT["paper"]}; color: {LIGHT["ink"]}; font-family: system-ui, sans-serif; }}
.attunement-reading p {{ margin: 0 0 .6rem; color: inherit; }}
.attunement-reading svg {{ display: block; width: 100%; height: auto; margin: 1rem 0; pointer-events: none; }}
.attunement-reading svg text {{ font-family: inherit; }}
.attunement-reading ul {{ margin: 0 0 1rem; padding-left: 1.2rem; }}
.attunement-reading small {{ color: {LIGHT["soft"]}; }}
"""


def notebook_html(reading: SessionReading) -> str:
    """A fragment of HTML for `_repr_html_`."""
    sentences = "".join(f"<p>{escape(sentence)}</p>" for sentence in summary(reading))
    moments = "".join(_item(finding, reading) for finding in findings(reading))
    return (
        f'<div class="attunement-reading"><style>{STYLE}</style>'
        f"<p><strong>{escape(words.safe(reading.session.id))}</strong> "
        f"<small>{escape(words.session_facts(reading.session))}</small></p>"
        f"{sentences}{unlinked(timeline_svg(reading))}"
        f"<ul>{moments}</ul><small>{escape(words.DISCLAIMER)}</small></div>"
    )


def _item(finding: Finding, reading: SessionReading) -> str:
    place = words.place(reading.session, finding.start, finding.end)
    sure = "" if finding.confidence is None else f" <small>{escape(words.confidence(finding.confidence))}</small>"
    return f"<li><strong>{escape(finding.title)}</strong>, {place}{sure}<br>{escape(finding.text)}</li>"


def unlinked(svg: str) -> str:
    """A picture without its links: here they lead nowhere, and a hundred of them would trap the Tab key."""
    return svg.replace("<a href=", "<a data-turn=")
