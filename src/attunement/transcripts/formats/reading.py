"""Our own reading (`schema: attunement/reading/1`), taken back as the transcript it was made from."""

from __future__ import annotations

import re
from collections.abc import Mapping

from attunement.errors import TranscriptError
from attunement.transcripts.formats import json_text
from attunement.transcripts.role_names import FURTHER
from attunement.transcripts.times import read_time
from attunement.transcripts.utterance import Transcript, Utterance

SCHEMA = re.compile(r'"schema"\s*:\s*"attunement/reading/')


def recognises(text: str) -> bool:
    """True for JSON that names the schema near its beginning."""
    return json_text.looks_like_json(text) and SCHEMA.search(text[:10_000]) is not None


def parse(text: str) -> list[Transcript]:
    """One transcript a reading; codes and episodes stay behind."""
    values, warnings = json_text.read_values(text)
    readings = [reading for _, value in values for reading in (value if isinstance(value, list) else [value])]
    transcripts = [
        Transcript(_utterances(reading["turns"], _others(reading)), id=_id(reading), unit="turn")
        for reading in readings
        if isinstance(reading, dict) and isinstance(reading.get("turns"), list)
    ]
    if not transcripts:
        raise TranscriptError("a reading without turns; make it again from the transcript.")
    transcripts[0].warnings += warnings
    return transcripts


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


def _utterances(turns: list[object], others: set[str]) -> list[Utterance]:
    found = []
    for place, turn in enumerate(turns, start=1):
        if not isinstance(turn, dict) or not isinstance(turn.get("text"), str):
            continue
        role = turn.get("speaker") if turn.get("speaker") in ("therapist", "client") else None
        name = turn.get("name") if isinstance(turn.get("name"), str) else None
        found.append(
            Utterance(
                text=turn["text"],
                speaker=name or (role.capitalize() if role else None),
                start_s=read_time(turn.get("start_s")),
                end_s=read_time(turn.get("end_s")),
                role=f"{FURTHER}{role}" if role and name in others else role,
                place=place,
            )
        )
    return found
