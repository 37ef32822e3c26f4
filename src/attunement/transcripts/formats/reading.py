"""Our own reading (`schema: attunement/reading/1`), taken back as the transcript it was made from."""

from __future__ import annotations

import re
from collections.abc import Mapping

from attunement.errors import TranscriptError
from attunement.transcripts.formats import json_text
from attunement.transcripts.role_names import FURTHER
from attunement.transcripts.times import read_time
from attunement.transcripts.utterance import Transcript, Utterance, places

SCHEMA = re.compile(r'"schema"\s*:\s*"attunement/reading/')


def recognises(text: str) -> bool:
    """True for JSON that names the schema near its beginning."""
    return json_text.looks_like_json(text) and SCHEMA.search(text[:10_000]) is not None


def parse(text: str) -> list[Transcript]:
    """One transcript a reading; codes and episodes stay behind."""
    values, warnings = json_text.read_values(text)
    readings = [reading for _, value in values for reading in (value if isinstance(value, list) else [value])]
    transcripts = [
        _transcript(reading, reading["turns"])
        for reading in readings
        if isinstance(reading, dict) and isinstance(reading.get("turns"), list)
    ]
    if not transcripts:
        raise TranscriptError("a reading without turns; make it again from the transcript.")
    transcripts[0].warnings += warnings
    return transcripts


def _transcript(reading: Mapping[str, object], turns: list[object]) -> Transcript:
    others = _others(reading)
    transcript = Transcript([], id=_id(reading), unit="turn")
    unread = []
    for place, turn in enumerate(turns, start=1):
        if isinstance(turn, dict) and isinstance(turn.get("text"), str):
            transcript.utterances.append(_utterance(turn, others, place))
        else:
            unread.append(place)
    if unread:
        transcript.warnings.append(f"Without a text, so left out: {places('turn', unread)}.")
    return transcript


def _id(reading: Mapping[str, object]) -> str | None:
    session = reading.get("session")
    found = session.get("id") if isinstance(session, dict) else None
    return found if isinstance(found, str) else None


def _others(reading: Mapping[str, object]) -> set[str]:
    """Names of those who were read as a further therapist or client."""
    session = reading.get("session")
    roles = session.get("roles") if isinstance(session, dict) else None
    others = roles.get("others") if isinstance(roles, dict) else None
    return set(others) if isinstance(others, dict) else set()


def _utterance(turn: Mapping[str, object], others: set[str], place: int) -> Utterance:
    said = turn.get("speaker")
    role = said if isinstance(said, str) and said in ("therapist", "client") else None
    given = turn.get("name")
    name = given if isinstance(given, str) else None
    return Utterance(
        text=str(turn["text"]),
        speaker=name or (role.capitalize() if role else None),
        start_s=read_time(turn.get("start_s")),
        end_s=read_time(turn.get("end_s")),
        role=f"{FURTHER}{role}" if role and name in others else role,
        place=place,
    )
