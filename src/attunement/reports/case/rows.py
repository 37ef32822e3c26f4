"""A case as flat rows: sessions, values, beliefs, alerts, threads. CSV and data frames are made of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from attunement.case.findings import CaseFindings, Evidence, Trajectory
from attunement.case.record import CaseSession
from attunement.reports.case.entries import quoted
from attunement.reports.case.records.pieces import number

Row = dict[str, Any]

FIRST = ("client", "session", "date", "file", "turns")
COUNTS = ("ruptures", "ruptures_taken_up", "ruptures_taken_up_later", "ruptures_not_taken_up", "repairs", "correctives")
MARKS = (*COUNTS, "probable_rupture", "probable_repair", "sudden_gain_after", "sudden_loss_after", "alerts", "events")


def snake(name: str) -> str:
    """A name for a column: `PHQ-9` becomes `phq_9`, what begins with a digit gets an `x_` before it."""
    text = re.sub(r"\W+", "_", name.casefold()).strip("_") or "measure"
    return f"x_{text}" if text[0].isdigit() else text


def session_columns(findings: CaseFindings) -> tuple[str, ...]:
    """The columns of `session_rows`: measures in the order they are shown, what was read with its bounds."""
    return (*FIRST, *(column for _, columns in _measures(findings) for column in columns), *MARKS)


def session_rows(findings: CaseFindings) -> list[Row]:
    """One row a session, `None` where nothing is known."""
    return [_session(session, findings) for session in findings.case.sessions]


def value_rows(findings: CaseFindings) -> list[Row]:
    """One row a value of a measure, by measure and session."""
    days = {session.number: session.date for session in findings.case.sessions}
    return [
        {
            "client": findings.case.client,
            "session": point.session,
            "date": day.isoformat() if (day := days.get(point.session)) else None,
            "measure": each.name,
            "kind": each.kind,
            "value": number(point.value),
            "low": number(point.low),
            "high": number(point.high),
            "range_low": number(each.range[0]),
            "range_high": number(each.range[1]),
            "higher_is_better": each.higher_is_better,
        }
        for each in findings.trajectories
        for point in each.points
    ]


def belief_rows(findings: CaseFindings) -> list[Row]:
    """One row a belief, surest first."""
    return [
        {
            "words": quoted(belief.words, findings.case, 400),
            "session": belief.words.session,
            "turn": belief.words.turns[0] if belief.words.turns else None,
            "confidence": number(belief.confidence),
            "sessions": _sessions([belief.words, *belief.voiced]),
            "strength_first": number(belief.strength[0].value) if belief.strength else None,
            "strength_last": number(belief.strength[-1].value) if belief.strength else None,
            "contradicted": len(belief.contradicted),
            "new_views": len(belief.new_views),
            "lived_outside": len(belief.lived_outside),
            "understood": len(belief.understood),
            "loosened": belief.loosened,
        }
        for belief in sorted(findings.beliefs, key=lambda each: -each.confidence)
    ]


def alert_rows(findings: CaseFindings) -> list[Row]:
    """One row an alert, most urgent first."""
    return [
        {
            "kind": alert.kind,
            "says": alert.says,
            "confidence": number(alert.confidence),
            "urgency": number(alert.urgency),
            "sessions": _sessions(alert.evidence),
            "basis": alert.basis,
            "next_step": alert.next_step,
        }
        for alert in sorted(findings.alerts, key=lambda each: -each.urgency)
    ]


def thread_rows(findings: CaseFindings) -> list[Row]:
    """One row a rupture, repair or carry-over with what became of it, in the order of the sessions."""
    threads = findings.threads
    rows: list[Row] = [
        {
            "type": "rupture",
            "session": fate.session,
            "start": fate.rupture.start,
            "end": fate.rupture.end,
            "kind": fate.rupture.kind,
            "fate": fate.noticed,
            "fate_session": fate.taken_up.session if fate.taken_up else None,
            "confidence": number(fate.rupture.confidence),
            "fate_confidence": number(fate.confidence),
        }
        for fate in threads.ruptures
    ]
    rows += [
        {
            "type": "repair",
            "session": fate.session,
            "start": fate.repair.start,
            "end": fate.repair.end,
            "kind": fate.repair.initiated_by,
            "fate": {True: "held", False: "did_not_hold", None: "open"}[fate.held],
            "confidence": number(fate.repair.confidence),
        }
        for fate in threads.repairs
    ]
    rows += [
        {
            "type": "carry_over",
            "session": carry.experience_session,
            "start": carry.experience.start,
            "end": carry.experience.end,
            "kind": carry.experience.strength,
            "fate": "lived_on",
            "fate_session": carry.lived[0].session if carry.lived else None,
            "confidence": number(carry.experience.confidence),
            "fate_confidence": number(carry.confidence),
        }
        for carry in threads.carry_overs
    ]
    return sorted(rows, key=lambda row: (row["session"], row["start"]))


def _measures(findings: CaseFindings) -> Iterator[tuple[Trajectory, tuple[str, ...]]]:
    """Each trajectory with its columns; names that fall together are told apart by a number."""
    taken = Counter[str]((*FIRST, *MARKS))
    for each in findings.trajectories:
        name = snake(each.name)
        taken[name] += 1
        name = name if taken[name] == 1 else f"{name}_{taken[name]}"
        yield each, (name, f"{name}_low", f"{name}_high") if each.kind == "reading" else (name,)


def _session(session: CaseSession, findings: CaseFindings) -> Row:
    reading = session.reading
    row: Row = {
        "client": findings.case.client,
        "session": session.number,
        "date": session.date.isoformat() if session.date else None,
        "file": session.file,
        "turns": len(reading.session.turns) if reading else None,
    }
    for each, columns in _measures(findings):
        point = next((point for point in each.points if point.session == session.number), None)
        if point is not None:
            values = (number(point.value), number(point.low), number(point.high))
            row |= dict(zip(columns, values, strict=False))
    return row | (_counts(session, findings) if reading else {}) | _marks(session.number, findings)


def _counts(session: CaseSession, findings: CaseFindings) -> Row:
    assert session.reading is not None
    fates = Counter(fate.noticed for fate in findings.threads.ruptures if fate.session == session.number)
    return {
        "ruptures": fates.total(),
        "ruptures_taken_up": fates["in_session"],
        "ruptures_taken_up_later": fates["late"],
        "ruptures_not_taken_up": fates["missed"],
        "repairs": len(session.reading.repairs),
        "correctives": len(session.reading.correctives),
    }


def _marks(session: int, findings: CaseFindings) -> Row:
    alliance = findings.alliance
    ruptures = alliance.ruptures if alliance else None
    repairs = alliance.repairs if alliance else None
    changes = findings.changes
    return {
        "probable_rupture": None if ruptures is None else any(each.session == session for each in ruptures),
        "probable_repair": None if repairs is None else any(each.session == session for each in repairs),
        "sudden_gain_after": _joined(c.instrument for c in changes if any(g.after_session == session for g in c.gains)),
        "sudden_loss_after": _joined(
            c.instrument for c in changes if any(g.after_session == session for g in c.losses)
        ),
        "alerts": _joined(a.kind for a in findings.alerts if any(e.session == session for e in a.evidence)),
        "events": _joined(event.kind for event in findings.case.events if event.session == session),
    }


def _joined(names: Iterator[str]) -> str | None:
    return ";".join(dict.fromkeys(names)) or None


def _sessions(evidence: list[Evidence] | tuple[Evidence, ...]) -> str:
    return ";".join(str(number) for number in sorted({each.session for each in evidence}))
