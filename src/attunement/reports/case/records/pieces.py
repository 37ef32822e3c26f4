"""What all parts of the format are made of: numbers, points, evidence with its words, events, episodes."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from attunement.case.findings import Evidence, Point
from attunement.case.record import Case, Event
from attunement.reports.json_format import episode_record as episode
from attunement.transcripts.session import Turn

DIGITS = 4


def number(value: float | None) -> float | None:
    """Rounded; `None` for what is no number."""
    return None if value is None or not math.isfinite(value) else round(float(value), DIGITS)


def points(found: Iterable[Point]) -> list[dict[str, Any]]:
    """Values by session with their bounds."""
    return [
        {"session": each.session, "value": number(each.value), "low": number(each.low), "high": number(each.high)}
        for each in found
    ]


def pieces(found: Iterable[Evidence], case: Case) -> list[dict[str, Any]]:
    """Several pieces of evidence."""
    return [evidence(each, case) for each in found]


def evidence(piece: Evidence, case: Case) -> dict[str, Any]:
    """Where to look, with the words of the turns as far as their transcript is there."""
    return {
        "session": piece.session,
        "turns": list(piece.turns),
        "words": [_said(turn) for turn in turns_of(piece, case)],
        "measure": piece.measure,
        "value": number(piece.value),
        "event": None if piece.event is None else event(piece.event),
    }


def turns_of(piece: Evidence, case: Case) -> list[Turn]:
    """The turns a piece of evidence names, as far as their transcript is there."""
    session = next((each for each in case.sessions if each.number == piece.session), None)
    said = session.reading.session.turns if session and session.reading else ()
    return [said[number - 1] for number in piece.turns if 1 <= number <= len(said)]


def _said(turn: Turn) -> dict[str, Any]:
    return {"turn": turn.number, "speaker": turn.speaker, "text": turn.text}


def event(what: Event) -> dict[str, Any]:
    """An event as it was written down."""
    return {
        "kind": what.kind,
        "session": what.session,
        "by": what.by,
        "minutes": number(what.minutes),
        "note": what.note,
        "kept": what.kept,
        "due": what.due,
        "state": what.state,
    }


__all__ = ["episode", "event", "evidence", "number", "pieces", "points", "turns_of"]
