"""JSON and JSON Lines of turns: one object a turn, or one a session with its turns in a list."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from attunement.errors import TranscriptError
from attunement.transcripts.formats import columns, json_text
from attunement.transcripts.role_names import name_and_role
from attunement.transcripts.session import Session, Turn
from attunement.transcripts.utterance import Transcript

WORDS_KEY = re.compile(rf'"(?:{"|".join(columns.TEXT)})"\s*:', re.IGNORECASE)
SESSION_NAMES = ("id", *columns.SESSION)


def recognises(text: str) -> bool:
    """True for JSON with words in it; the more particular JSON formats are asked first."""
    return json_text.looks_like_json(text) and WORDS_KEY.search(text) is not None


def recognises_lines(text: str) -> bool:
    """True for one JSON object a line."""
    return recognises(text) and json_text.is_lines(text)


def parse(text: str) -> list[Transcript]:
    """One transcript a session; objects are read by the names of their keys, as table rows by their columns."""
    values, warnings = json_text.read_values(text)
    lines = json_text.is_lines(text)
    gathered = columns.Rows("line" if lines else "entry")
    for place, value in values:
        _gather(value, place if lines else None, gathered)
    if not gathered.sessions:
        raise TranscriptError("JSON, but no turns in it; write objects with the keys 'speaker' and 'text'.")
    transcripts = gathered.transcripts()
    transcripts[0].warnings[:0] = warnings
    return transcripts


def _gather(value: object, line: int | None, gathered: columns.Rows) -> None:
    if isinstance(value, list):
        _gather_turns(value, None, line, gathered)
    elif isinstance(value, dict) and (turns := _turn_list(value)) is not None:
        _gather_turns(turns, _session_id(value), line, gathered)
    elif isinstance(value, dict):
        _gather_turns([value], None, line, gathered)
    else:
        gathered.unread.append(line or 1)


def _turn_list(value: Mapping[str, object]) -> list[object] | None:
    return next((turns for name in json_text.TURN_LISTS if isinstance(turns := value.get(name), list)), None)


def _session_id(value: Mapping[str, object]) -> str | None:
    if isinstance(session := value.get("session"), Mapping):
        return _session_id(session)
    found = next((value[name] for name in SESSION_NAMES if isinstance(value.get(name), str | int)), None)
    return None if found is None else str(found)


def _gather_turns(turns: Iterable[object], session: str | None, line: int | None, gathered: columns.Rows) -> None:
    for index, turn in enumerate(turns, start=1):
        if isinstance(turn, dict) and (found := columns.find(turn)).text:
            gathered.add(turn, found, line or index, session)
        elif isinstance(turn, dict) and (nested := _turn_list(turn)) is not None:
            _gather_turns(nested, _session_id(turn) or str(index), line, gathered)
        else:
            gathered.unread.append(line or index)


def write_lines(session: Session) -> str:
    """One object a turn, each naming its session."""
    return "".join(_dumped({"session": session.id, **_turn(turn, session)}) + "\n" for turn in session.turns)


def write(session: Session) -> str:
    """One object with the session's id and its turns."""
    return json.dumps(
        {"id": session.id, "turns": [_turn(turn, session) for turn in session.turns]}, ensure_ascii=False, indent=1
    )


def _turn(turn: Turn, session: Session) -> dict[str, object]:
    name, role = name_and_role(turn, session)
    return {
        "turn": turn.number,
        "speaker": name,
        "role": role,
        "start_s": turn.start_s,
        "end_s": turn.end_s,
        "text": turn.text,
    }


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
