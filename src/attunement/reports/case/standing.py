"""Where a case stands, in the sentences a therapist needs first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from attunement.case.findings import Belief, CaseFindings
from attunement.reports import words
from attunement.reports.case import wording
from attunement.reports.case.change import REAL, kind_of, main_change, moved
from attunement.reports.case.entries import quoted

LOOSENED = {
    "experience": "Something lived may have spoken against it since.",
    "insight": "It has been understood; a new experience that would loosen it was not found.",
    "none": "Nothing that loosens it was found so far.",
    None: "One session alone cannot tell whether it moves.",
}
RECOVERED = {True: "since back", False: "not back within the next sessions", None: "too lately to tell more"}
SHOWN_OPEN = 3


def case_summary(findings: CaseFindings) -> list[str]:
    """Four entries: distress, the relationship, what runs through it, what is open."""
    return [
        _distress(findings),
        " ".join(_relationship(findings)),
        _thread(findings),
        " ".join(_open(findings)),
    ]


def facts(findings: CaseFindings) -> str:
    """One line: how many sessions, from when to when, how many of them read."""
    case = findings.case
    count, read = len(case.sessions), len(case.read)
    cancelled = {event.session for event in case.events if event.kind == "cancelled"} - {
        each.number for each in case.read
    }
    parts = [wording.counted(count, "session", "sessions")]
    if cancelled:
        parts.append(f"{wording.counted(len(cancelled), 'of them', 'of them')} cancelled")
    dates = [session.date for session in case.sessions if session.date]
    if dates:
        first, last = wording.day(min(dates)), wording.day(max(dates))
        parts.append(first if first == last else f"{first} to {last}")
    parts.append("no transcript read" if not read else f"{wording.counted(read, 'transcript', 'transcripts')} read")
    return words.sentence(", ".join(parts)) + "."


def _distress(findings: CaseFindings) -> str:
    change = main_change(findings)
    if change is None:
        return (
            "No questionnaire was answered at two sessions, so whether anything changed for the client cannot be told."
        )
    kind = {None: "", "distress": "Distress", "functioning": "Functioning", "wellbeing": "Wellbeing"}[
        kind_of(change, findings)
    ]
    name = wording.measure(change.instrument, findings.case)
    text = f"{kind} ({name})" if kind else name
    text += f" {moved(change)}: {REAL[change.reliable]}"
    text += ", and no longer in the clinical range." if change.category == "recovered" else "."
    if change.gains:
        steps = words.listing(f"after session {gain.after_session}" for gain in change.gains)
        much = max(gain.share or 0 for gain in change.gains) >= 0.5
        text += f" {'Much' if much else 'Some'} of it came at once, {steps}."
    return text


def _relationship(findings: CaseFindings) -> Iterator[str]:
    yield _ratings(findings)
    yield _ruptures(findings)


def _ratings(findings: CaseFindings) -> str:
    course = findings.alliance
    if course is None:
        return "The relationship was not rated."
    if course.ruptures is None:
        return "There are too few ratings of the relationship to look for drops in them."
    if not course.ruptures:
        return "The ratings of the relationship show no unusual drop."
    falls = words.listing(f"after session {fall.session} ({RECOVERED[fall.recovered]})" for fall in course.ruptures)
    return f"The ratings of the relationship dropped {falls}. Probable rupture only: such drops are unreliable markers."


def _ruptures(findings: CaseFindings) -> str:
    fates = findings.threads.ruptures
    if not findings.case.read:
        return "No transcript was read, so what happened between the two in the sessions cannot be seen."
    if not fates:
        return "No rupture was found in the transcripts, though quiet withdrawal can leave no trace in words."
    counts: Counter[str] = Counter(fate.noticed for fate in fates)
    ends = words.listing(
        f"{wording.counted(counts[noticed], '', '').strip()} {how}"
        for noticed, how in (
            ("in_session", "taken up in the session"),
            ("late", "taken up later"),
            ("missed", "not taken up so far"),
            ("open", "of which it cannot be told yet"),
        )
        if counts[noticed]
    )
    return f"The transcripts show signs of {wording.counted(len(fates), 'rupture', 'ruptures')}: {ends}."


def _thread(findings: CaseFindings) -> str:
    if not findings.beliefs and not findings.case.read:
        return "Expectations that return show in transcripts only."
    if not findings.beliefs:
        return "No expectation that returns was found in the client's words."
    belief = max(findings.beliefs, key=lambda each: each.confidence)
    said = quoted(belief.words, findings.case, 120) or "words that are not here"
    claim = f"an expectation is voiced in {_where(belief)}: {said}"
    return f"{words.weighed(belief.confidence, claim)} {LOOSENED[belief.loosened]}"


def _where(belief: Belief) -> str:
    return wording.sessions(each.session for each in (belief.words, *belief.voiced))


def _open(findings: CaseFindings) -> Iterator[str]:
    threads = [thread.title for thread in findings.before_next.left_open]
    if threads:
        more = len(threads) - SHOWN_OPEN
        shown = "; ".join(words.safe(title) for title in threads[:SHOWN_OPEN])
        yield f"Still open: {shown}" + (f"; and {wording.counted(more, 'more', 'more')}." if more > 0 else ".")
    else:
        yield "Nothing that was left open was found."
    if findings.fit.stage in ("talk_about_it", "consider_another"):
        yield "Rapport does not grow as it usually does by now; see Fit."
