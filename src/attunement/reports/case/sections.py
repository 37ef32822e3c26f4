"""All that is shown of a case beside its picture, in the order of need."""

from __future__ import annotations

from attunement.case.findings import CaseFindings
from attunement.reports import words
from attunement.reports.case.beliefs import beliefs_section
from attunement.reports.case.change import change_section
from attunement.reports.case.entries import Section
from attunement.reports.case.model import model_section
from attunement.reports.case.relationship import fit_section, frame_section, hidden_section, ratings_section
from attunement.reports.case.threads import straining_section, threads_section


def detail_sections(findings: CaseFindings) -> tuple[Section, ...]:
    """Everything between the picture and the page before the next session."""
    inferred = () if findings.inferred is None else (model_section(findings.inferred),)
    return (
        beliefs_section(findings),
        threads_section(findings),
        straining_section(findings),
        hidden_section(findings),
        change_section(findings),
        ratings_section(findings),
        fit_section(findings),
        frame_section(findings),
        *inferred,
    )


def notes(findings: CaseFindings) -> list[str]:
    """What could not be read or was out of order, and what each session's file warned of."""
    found = list(findings.case.notes)
    for session in findings.case.read:
        assert session.reading is not None
        found += [f"Session {session.number}: {warning}" for warning in session.reading.session.warnings]
    return [words.safe(note) for note in found]
