"""A case as data: the public format `attunement/case/1`, described by `case.schema.json` beside this file.

Adding a field keeps the version; renaming or removing one, or changing a meaning, makes a new one. What is not known is
`null`, never NaN and never a silent zero. Sessions have the numbers they have in the therapy, turns count from 1.
"""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

from attunement.case.findings import Alert, Belief, CaseFindings, Fit, HiddenStrain, Trajectory
from attunement.case.record import Case, CaseSession
from attunement.reports import words
from attunement.reports.case import wording
from attunement.reports.case.records import (
    alliance_record,
    before_next_record,
    change_record,
    frame_record,
    threads_record,
)
from attunement.reports.case.records.pieces import episode, event, evidence, number, pieces, points
from attunement.reports.case.sections import notes
from attunement.reports.case.standing import case_summary

CASE_SCHEMA = "attunement/case/1"


def case_json(findings: CaseFindings, *, coder: str | None = None) -> dict[str, Any]:
    """Everything found, as JSON-ready values; `coder` is the version of the weights that made the readings."""
    case = findings.case
    return {
        "schema": CASE_SCHEMA,
        "client": case.client,
        "sessions": [_session(session) for session in case.sessions],
        "events": [event(each) for each in case.events],
        "summary": case_summary(findings),
        "trajectories": [_trajectory(each) for each in findings.trajectories],
        "changes": [change_record(each) for each in findings.changes],
        "alliance": None if findings.alliance is None else alliance_record(findings.alliance),
        "beliefs": [_belief(each, case) for each in findings.beliefs],
        "threads": threads_record(findings.threads, case),
        "hidden_strain": [_hidden(each, case) for each in findings.hidden],
        "frame": frame_record(findings.frame, case),
        "fit": _fit(findings.fit, case),
        "alerts": [_alert(each, case) for each in sorted(findings.alerts, key=lambda alert: -alert.urgency)],
        "before_next": before_next_record(findings.before_next, case),
        "notes": notes(findings),
        "caveats": [words.DISCLAIMER, wording.MEASURES, words.PROVENANCE],
        "coder": coder,
    }


def case_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) that every `case_json` answer fulfils."""
    text = resources.files("attunement.reports.case").joinpath("case.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def _session(session: CaseSession) -> dict[str, Any]:
    reading = session.reading
    return {
        "session": session.number,
        "date": session.date.isoformat() if session.date else None,
        "id": session.id,
        "file": session.file,
        "turn_count": len(reading.session.turns) if reading else None,
        "correctives": [episode(each) for each in reading.correctives] if reading else None,
    }


def _trajectory(trajectory: Trajectory) -> dict[str, Any]:
    return {
        "name": trajectory.name,
        "kind": trajectory.kind,
        "range": [number(bound) for bound in trajectory.range],
        "higher_is_better": trajectory.higher_is_better,
        "points": points(trajectory.points),
    }


def _belief(belief: Belief, case: Case) -> dict[str, Any]:
    return {
        "words": evidence(belief.words, case),
        "voiced": pieces(belief.voiced, case),
        "confidence": number(belief.confidence),
        "strength": points(belief.strength),
        "contradicted": [{"session": each.session} | episode(each.episode) for each in belief.contradicted],
        "new_views": pieces(belief.new_views, case),
        "lived_outside": pieces(belief.lived_outside, case),
        "understood": pieces(belief.understood, case),
        "loosened": belief.loosened,
    }


def _hidden(hidden: HiddenStrain, case: Case) -> dict[str, Any]:
    return {
        "kind": hidden.kind,
        "session": hidden.session,
        "question": hidden.question,
        "evidence": pieces(hidden.evidence, case),
        "confidence": number(hidden.confidence),
    }


def _fit(fit: Fit, case: Case) -> dict[str, Any]:
    return {
        "stage": fit.stage,
        "slope": number(fit.slope),
        "interval": None if fit.interval is None else [number(bound) for bound in fit.interval],
        "talked_about": pieces(fit.talked_about, case),
        "evidence": pieces(fit.evidence, case),
    }


def _alert(alert: Alert, case: Case) -> dict[str, Any]:
    return {
        "kind": alert.kind,
        "says": alert.says,
        "evidence": pieces(alert.evidence, case),
        "confidence": number(alert.confidence),
        "basis": alert.basis,
        "next_step": alert.next_step,
        "urgency": number(alert.urgency),
    }
