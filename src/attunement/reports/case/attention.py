"""What asks for attention: alerts, and the page before the next session."""

from __future__ import annotations

from collections.abc import Iterator

from attunement.case.alerts.looked_at import looked_at
from attunement.case.findings import Alert, CaseFindings, OpenThread
from attunement.case.record import Case
from attunement.reports import words
from attunement.reports.case import wording
from attunement.reports.case.entries import Entry, Hue, Section, group
from attunement.reports.case.threads import response_entry

HUE: dict[str, Hue] = {"hidden_strain": "plain", "no_gain_in_safety": "plain", "not_on_track": "plain"}


def alerts_section(findings: CaseFindings) -> Section:
    """The alerts, most urgent first."""
    ranked = sorted(findings.alerts, key=lambda alert: -alert.urgency)
    return Section(
        key="alerts",
        title="To look at first",
        rests_on="Rests on transcripts, ratings and your notes, most urgent first. A prompt to look, not a verdict.",
        entries=tuple(_alert(alert, findings.case) for alert in ranked),
        nothing="Nothing asks for attention. That is no all-clear: what goes unsaid leaves no trace here.",
        also=tuple(map(words.safe, looked_at(findings.case, findings.changes, findings.alliance))),
    )


def _alert(alert: Alert, case: Case) -> Entry:
    return Entry(
        hue=HUE.get(alert.kind, "strain"),
        title=wording.ALERT[alert.kind],
        text=words.safe(alert.says),
        confidence="how likely is not known" if alert.confidence is None else words.confidence(alert.confidence),
        evidence=group(alert.evidence, case, most=3),
        step=words.safe(alert.next_step),
        basis=words.sentence(words.safe(alert.basis).rstrip(".")) + ".",
    )


def before_next_sections(findings: CaseFindings) -> tuple[Section, Section, Section]:
    """What was left open, what has helped, what to hold on to."""
    before, case = findings.before_next, findings.case
    return (
        Section(
            key="open",
            title="Left open",
            rests_on="Rests on the transcripts, the client's words first.",
            entries=tuple(_thread(thread, case) for thread in before.left_open),
            nothing="Nothing that was left open was found. You might ask what is most alive today.",
            step="To take up",
        ),
        Section(
            key="helped",
            title="What has helped before",
            rests_on="Rests on the turns after strain; what came before relief need not have brought it.",
            entries=tuple(response_entry(response, case) for response in before.helped_before),
            nothing="Nothing can be told yet.",
        ),
        Section(
            key="strengths",
            title="To hold on to",
            rests_on="Rests on what went well, in words or ratings.",
            entries=tuple(_strengths(findings)),
            nothing="Nothing was found; that says more about the program than about the client.",
        ),
    )


def _thread(thread: OpenThread, case: Case) -> Entry:
    return Entry(
        hue="plain",
        title=words.safe(thread.title),
        text=words.safe(thread.why),
        evidence=group([thread.words], case) if thread.words else (),
        step=words.safe(thread.might),
    )


def _strengths(findings: CaseFindings) -> Iterator[Entry]:
    if found := group(findings.before_next.strengths, findings.case, most=5):
        yield Entry("attunement", "Strengths", "", evidence=found)
