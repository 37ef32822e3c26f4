"""The reading as data: the public format `attunement/reading/1`, described by `reading.schema.json` beside this file.

Adding a field keeps the version; renaming or removing one, or changing a meaning, makes a new one. What is not known is
`null`, never NaN and never a silent zero.
"""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import numpy as np

from attunement.codebook import CLIENT_TALK, CODES, EMPATHY_MECHANISMS, THERAPIST_BEHAVIOUR
from attunement.coder.counts import Count, counts
from attunement.coder.table import CodeTable, FloatArray
from attunement.episodes.limits import cannot_tell
from attunement.episodes.model import Corrective, Episode, Moment, Repair, Rupture, SessionReading
from attunement.episodes.moments import running_rates
from attunement.reports.caveats import warnings
from attunement.reports.next_time import Suggestion, next_time
from attunement.reports.summary import summary
from attunement.transcripts.session import Session, Turn

SCHEMA = "attunement/reading/1"
DIGITS = 4


def to_json(reading: SessionReading, *, coder: str | None = None) -> dict[str, Any]:
    """The whole reading as JSON-ready values; `coder` is the version of the weights that made it."""
    return {
        "schema": SCHEMA,
        "session": _session(reading.session),
        "turns": [turn_record(turn, reading.table) for turn in reading.session.turns],
        "episodes": [episode_record(episode) for episode in episodes(reading)],
        "attunement": _attunement(reading),
        "counts": _counts(reading),
        "insights": list(reading.insights),
        "cannot_tell": cannot_tell(reading.session),
        "summary": summary(reading),
        "next_time": [_suggestion(suggestion) for suggestion in next_time(reading)],
        "warnings": warnings(reading),
        "thresholds": {code: _number(reading.table.thresholds[code]) for code in reading.table.codes},
        "coder": coder,
    }


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) that every `to_json` answer fulfils."""
    text = resources.files("attunement.reports").joinpath("reading.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def episodes(reading: SessionReading) -> list[Episode]:
    """Episodes of all types, in the order of the session."""
    every: list[Episode] = [*reading.ruptures, *reading.repairs, *reading.correctives]
    return sorted(every, key=lambda episode: (episode.start, episode.end))


def turn_record(turn: Turn, table: CodeTable) -> dict[str, Any]:
    """One turn with everything the coder says about it."""
    row = turn.number - 1
    record: dict[str, Any] = {
        "turn": turn.number,
        "speaker": turn.speaker,
        "name": turn.name,
        "text": turn.text,
        "start_s": turn.start_s,
        "end_s": turn.end_s,
        "codes": {
            code: _number(probability)
            for code, probability in zip(table.codes, table.probabilities[row], strict=True)
            if CODES[code].speaker == turn.speaker
        },
        "decided": list(table.decided(row)),
    }
    return record | (_client(table, row) if turn.speaker == "client" else _therapist(table, row))


def episode_record(episode: Episode) -> dict[str, Any]:
    """One episode with the attributes of its type."""
    record: dict[str, Any] = {
        "type": "episode",
        "start": episode.start,
        "end": episode.end,
        "confidence": _number(episode.confidence),
        "evidence": list(episode.evidence),
    }
    if isinstance(episode, Rupture):
        record |= {
            "type": "rupture",
            "kind": episode.kind,
            "cause": episode.cause,
            "noticed": episode.noticed,
            "noticed_by": episode.noticed_by,
            "resolution": episode.resolution,
        }
    elif isinstance(episode, Repair):
        record |= {"type": "repair", "initiated_by": episode.initiated_by, "resolution": episode.resolution}
    elif isinstance(episode, Corrective):
        record |= {"type": "corrective", "components": list(episode.components), "strength": episode.strength}
    return record


def moment_record(moment: Moment) -> dict[str, Any]:
    """One moment that called for attunement."""
    return {
        "turn": moment.turn,
        "reply": moment.reply,
        "call": moment.call,
        "weight": _number(moment.weight),
        "met": _number(moment.met),
        "missed": _number(moment.missed),
        "harmed": _number(moment.harmed),
    }


def _session(session: Session) -> dict[str, Any]:
    roles = session.roles
    return {
        "id": session.id,
        "source": session.source,
        "format": session.format,
        "turn_count": len(session.turns),
        "roles": {
            "therapist": roles.therapist,
            "client": roles.client,
            "how": roles.how,
            "confidence": _number(roles.confidence),
            "others": dict(roles.others),
        },
    }


def _client(table: CodeTable, row: int) -> dict[str, Any]:
    return {
        "experiencing": _level(table.experiencing[row]),
        "experiencing_probabilities": _numbers(table.experiencing[row]),
        "mi": _motivational("client_talk", CLIENT_TALK, table.client_talk[row]),
    }


def _therapist(table: CodeTable, row: int) -> dict[str, Any]:
    mechanisms = list(zip(EMPATHY_MECHANISMS, table.empathy[row], strict=True))
    return {
        "empathy": {name: _level(levels) for name, levels in mechanisms},
        "empathy_probabilities": {name: _numbers(levels) for name, levels in mechanisms},
        "mi": _motivational("therapist_behaviour", THERAPIST_BEHAVIOUR, table.therapist_behaviour[row]),
    }


def _motivational(name: str, labels: tuple[str, ...], chances: FloatArray) -> dict[str, Any]:
    best = _level(chances)
    probabilities = {label: _number(p) for label, p in zip(labels, chances, strict=True)}
    return {name: None if best is None else labels[best], "probabilities": probabilities}


def _attunement(reading: SessionReading) -> dict[str, Any]:
    attunement = reading.attunement
    running = running_rates(len(attunement.line), attunement.moments)
    known = [point if rate is not None else None for rate, point in zip(attunement.line, running, strict=True)]
    return {
        "rate": _number(attunement.rate),
        "interval": _interval(attunement.interval),
        "moments": [moment_record(moment) for moment in attunement.moments],
        "line": [_number(value) for value in attunement.line],
        "line_interval": [_interval(point.interval if point else None) for point in known],
    }


def _counts(reading: SessionReading) -> dict[str, Any]:
    """Empty where it cannot be told: the corrections were learnt from whole sessions."""
    if cannot_tell(reading.session):
        return {}
    return {group: _count(count) for group, count in counts(reading.table).items()}


def _count(count: Count) -> dict[str, Any]:
    return {
        "turns": count.turns,
        "decided": count.decided,
        "estimate": _number(count.estimate),
        "interval": [count.low, count.high],
    }


def _interval(bounds: tuple[float, float] | None) -> list[float | None] | None:
    return None if bounds is None else [_number(bound) for bound in bounds]


def _suggestion(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "text": suggestion.text,
        "finding": suggestion.finding,
        "turns": list(suggestion.turns),
        "why": suggestion.why,
    }


def _level(chances: FloatArray) -> int | None:
    """The most likely level, `None` where the coder says nothing."""
    return None if np.isnan(chances).any() else int(np.argmax(chances))


def _numbers(values: FloatArray) -> list[float | None]:
    return [_number(value) for value in values]


def _number(value: float | np.floating[Any] | None) -> float | None:
    if value is None or not np.isfinite(value):
        return None
    return round(float(value), DIGITS)
