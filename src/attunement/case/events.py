"""`events.yaml`: what happened around the sessions, as a therapist would jot it down.

    client: Leander
    sessions:
      - {session: 3, transcript: leander-1.vtt, date: 2023-10-24}
    events:
      - {session: 7, late: therapist, minutes: 6, note: the road was closed}
      - {session: 9, cancelled: client}
      - {session: 1, agreement: twenty sessions, kept: yes}
      - {session: 3, therapist: tired}
      - {session: 9, fee: stays at twenty}

The key beside `session` says what it is: `late` and `cancelled` by whom, `agreement`, `fee`, `room` and `break` with
words, `therapist` with how they were.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

import yaml

from attunement.case.record import Event, EventKind, TherapistState, Who

NAME = "events.yaml"
WHO, STATES = get_args(Who), get_args(TherapistState)
# The key in the file, and the kind of event it stands for.
KINDS: dict[str, EventKind] = {
    "late": "late",
    "cancelled": "cancelled",
    "agreement": "agreement",
    "fee": "fee",
    "room": "room",
    "break": "break",
    "therapist": "therapist_state",
}
DETAILS = ("session", "note", "minutes", "kept", "due")


@dataclass(frozen=True, slots=True)
class Listed:
    """What the file says about one session: its number, and the transcript and date if they are given."""

    session: int
    transcript: str | None
    date: date | None


@dataclass(frozen=True, slots=True)
class Notebook:
    """A read `events.yaml`; `notes` say, a line each, which entries were left out and why."""

    client: str | None = None
    sessions: tuple[Listed, ...] = ()
    events: tuple[Event, ...] = ()
    notes: tuple[str, ...] = ()


class _Unusable(Exception):
    """An entry that is left out; the message completes "events.yaml, entry 3: …"."""


def read_events(path: Path) -> Notebook:
    """Read the file; an entry that cannot be used is named in the notes and the others are kept.

    A file that is no YAML at all gives a notebook with nothing but the note that says so.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        return Notebook(notes=(f"{path.name}{where}: not written as YAML should be; nothing of it was used.",))
    except (OSError, UnicodeDecodeError, RecursionError):
        return Notebook(notes=(f"{path.name}: cannot be read as text; nothing of it was used.",))
    if content is None:
        return Notebook()
    if isinstance(content, list):
        content = {"events": content}
    if not isinstance(content, dict):
        return Notebook(notes=(f"{path.name}: neither a list of events nor the parts client, sessions, events.",))
    return _notebook(content, path.name)


def _notebook(content: Mapping[Any, Any], name: str) -> Notebook:
    notes = [
        f"{name}: '{_short(key)}' is none of client, sessions, events; it was left out."
        for key in content
        if key not in ("client", "sessions", "events")
    ]
    sessions = tuple(_usable(content, "sessions", _listed, name, notes))
    events = tuple(_usable(content, "events", _event, name, notes))
    client = content.get("client")
    return Notebook(str(client) if client is not None else None, sessions, events, tuple(notes))


def _usable(content: Mapping[Any, Any], part: str, parse: Any, name: str, notes: list[str]) -> Iterator[Any]:
    entries = content.get(part) or []
    if not isinstance(entries, list):
        notes.append(f"{name}: '{part}' is not a list; begin each entry with '- '.")
        return
    for number, entry in enumerate(entries, start=1):
        try:
            if not isinstance(entry, dict):
                raise _Unusable("write it as {session: 3, …}")
            yield parse(entry)
        except _Unusable as reason:
            notes.append(f"{name}, {part}, entry {number}: {reason}; it was left out.")


def _listed(entry: Mapping[Any, Any]) -> Listed:
    _refuse_unknown(entry, ("session", "transcript", "date"))
    transcript = entry.get("transcript")
    return Listed(_session(entry), str(transcript) if transcript is not None else None, _date(entry.get("date")))


def _event(entry: Mapping[Any, Any]) -> Event:
    _refuse_unknown(entry, (*KINDS, *DETAILS))
    keys = [key for key in entry if key in KINDS]
    if len(keys) != 1:
        raise _Unusable(f"give exactly one of {', '.join(KINDS)}")
    kind, said = KINDS[keys[0]], entry[keys[0]]
    note = entry.get("note")
    words = None if note is None else str(note)
    return Event(
        kind=kind,
        session=_session(entry),
        by=_one_of(said, WHO, keys[0]) if kind in ("late", "cancelled") else None,
        minutes=_number(entry.get("minutes"), "minutes"),
        note=str(said) if kind in ("agreement", "fee", "room", "break") and said is not None else words,
        kept=_yes_or_no(entry.get("kept")),
        due=None if entry.get("due") is None else _whole(entry["due"], "due"),
        state=_one_of(said, STATES, "therapist") if kind == "therapist_state" else None,
    )


def _refuse_unknown(entry: Mapping[Any, Any], known: tuple[str, ...]) -> None:
    unknown = [_short(key) for key in entry if key not in known]
    if unknown:
        raise _Unusable(f"'{unknown[0]}' is none of {', '.join(known)}")


def _session(entry: Mapping[Any, Any]) -> int:
    if "session" not in entry:
        raise _Unusable("says no session; add session: with its number")
    return _whole(entry["session"], "session")


def _whole(value: Any, key: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value < 10_000:
        return value
    raise _Unusable(f"{key} must be a whole number from 1")


def _number(value: Any, key: str) -> float | None:
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 10_000:
        return float(value)
    raise _Unusable(f"{key} must be a number")


def _yes_or_no(value: Any) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    raise _Unusable("kept must be yes or no")


def _date(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise _Unusable("date must be written as 2026-03-31") from None


def _one_of(value: Any, allowed: tuple[str, ...], key: str) -> Any:
    if value in allowed:
        return value
    raise _Unusable(f"{key} must be one of {', '.join(allowed)}")


def _short(key: Any) -> str:
    return str(key)[:30]
