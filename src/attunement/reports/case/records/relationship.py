"""What runs between the two as records: threads, the frame, the page before the next session."""

from __future__ import annotations

from typing import Any

from attunement.case.findings import BeforeNext, CarryOver, Frame, RepairFate, Response, RuptureFate, Straining, Threads
from attunement.case.record import Case
from attunement.reports.case.records.pieces import episode, event, evidence, number, pieces


def threads_record(threads: Threads, case: Case) -> dict[str, Any]:
    """Ruptures, carry-overs and repairs with their fates, and how strain shows."""
    return {
        "ruptures": [_rupture(fate, case) for fate in threads.ruptures],
        "carry_overs": [_carry_over(carry, case) for carry in threads.carry_overs],
        "repairs": [_repair(fate, case) for fate in threads.repairs],
        "straining": _straining(threads.straining, case),
    }


def _rupture(fate: RuptureFate, case: Case) -> dict[str, Any]:
    return {
        "session": fate.session,
        "rupture": episode(fate.rupture),
        "noticed": fate.noticed,
        "taken_up": None if fate.taken_up is None else evidence(fate.taken_up, case),
        "confidence": number(fate.confidence),
    }


def _carry_over(carry: CarryOver, case: Case) -> dict[str, Any]:
    return {
        "session": carry.experience_session,
        "experience": episode(carry.experience),
        "lived": pieces(carry.lived, case),
        "confidence": number(carry.confidence),
    }


def _repair(fate: RepairFate, case: Case) -> dict[str, Any]:
    return {
        "session": fate.session,
        "repair": episode(fate.repair),
        "held": fate.held,
        "evidence": pieces(fate.evidence, case),
    }


def _straining(straining: Straining, case: Case) -> dict[str, Any]:
    return {
        "kind": straining.kind,
        "withdrawal": number(straining.withdrawal),
        "confrontation": number(straining.confrontation),
        "codes": [{"code": code, "expected_count": number(count)} for code, count in straining.codes],
        "helped": [_response(response, case) for response in straining.helped],
    }


def _response(response: Response, case: Case) -> dict[str, Any]:
    return {
        "code": response.code,
        "times": number(response.times),
        "eased": number(response.eased),
        "rate": number(response.rate),
        "interval": None if response.interval is None else [number(bound) for bound in response.interval],
        "evidence": pieces(response.evidence, case),
    }


def frame_record(frame: Frame, case: Case) -> dict[str, Any]:
    """Agreements counted, events by kind, and what stands beside a drop in ratings."""
    kept, broken, unknown = frame.agreements_kept
    return {
        "agreements": {"kept": kept, "broken": broken, "unknown": unknown},
        "broken": [event(each) for each in frame.broken],
        "late": [event(each) for each in frame.late],
        "cancelled": [event(each) for each in frame.cancelled],
        "changed": [event(each) for each in frame.changed],
        "therapist_strained": [event(each) for each in frame.therapist_strained],
        "beside_dips": [
            {
                "session": each.session,
                "events": [event(beside) for beside in each.events],
                "dip": evidence(each.dip, case),
            }
            for each in frame.beside_dips
        ],
    }


def before_next_record(before: BeforeNext, case: Case) -> dict[str, Any]:
    """What was left open, what has helped, what to hold on to."""
    return {
        "session": before.session,
        "left_open": [
            {
                "words": None if thread.words is None else evidence(thread.words, case),
                "title": thread.title,
                "why": thread.why,
                "might": thread.might,
            }
            for thread in before.left_open
        ],
        "helped_before": [_response(response, case) for response in before.helped_before],
        "strengths": pieces(before.strengths, case),
    }
