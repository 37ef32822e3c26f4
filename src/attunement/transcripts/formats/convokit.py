"""ConvoKit corpus folders: `utterances.jsonl` with one utterance a line, `speakers.json` with who they are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from attunement.errors import TranscriptError
from attunement.transcripts.files import decode, read_bytes
from attunement.transcripts.formats import json_text
from attunement.transcripts.role_names import name_and_role
from attunement.transcripts.session import Session
from attunement.transcripts.times import read_time
from attunement.transcripts.utterance import Transcript, Utterance, places

UTTERANCES, SPEAKERS, OLD_SPEAKERS = "utterances.jsonl", "speakers.json", "users.json"
ROLE_KEYS = ("role", "type", "interlocutor", "speaker_role")


def recognises_folder(folder: Path) -> bool:
    """True for a folder that holds a corpus."""
    try:
        return (folder / UTTERANCES).is_file()
    except OSError:  # not permitted, a link to itself: the reader says so
        return False


def parse_folder(folder: Path) -> list[Transcript]:
    """One transcript a conversation, in the order of the file; roles from the metadata where it has them."""
    text, warnings = decode(read_bytes(folder / UTTERANCES))
    lines, broken = json_text.read_lines(text)
    roles, no_roles = _roles(folder)
    conversations: dict[str, list[Utterance]] = {}
    unread: list[int] = []
    for place, entry in lines:
        if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
            unread.append(place)
            continue
        conversation = entry.get("conversation_id") or entry.get("root") or ""
        conversations.setdefault(str(conversation), []).append(_utterance(entry, roles, place))
    if not conversations:
        raise TranscriptError(f"{UTTERANCES} holds no utterances with a text.")
    transcripts = [Transcript(spoken, id=name or None) for name, spoken in conversations.items()]
    if unread:
        broken.append(f"Without a text, so left out: {places('line', unread)}.")
    transcripts[0].warnings += [*warnings, *broken, *no_roles]
    return transcripts


def _utterance(entry: Mapping[str, object], roles: Mapping[str, str], place: int) -> Utterance:
    speaker = entry.get("speaker", entry.get("user"))
    name = str(speaker) if isinstance(speaker, str | int) else None
    meta = entry.get("meta")
    meta = meta if isinstance(meta, dict) else {}
    return Utterance(
        text=str(entry["text"]),
        speaker=name,
        start_s=read_time(meta.get("start_s", entry.get("timestamp"))),
        end_s=read_time(meta.get("end_s")),
        role=_role(meta) or roles.get(name or ""),
        place=place,
    )


def _roles(folder: Path) -> tuple[dict[str, str], list[str]]:
    path = next((folder / name for name in (SPEAKERS, OLD_SPEAKERS) if (folder / name).is_file()), None)
    if path is None:
        return {}, []
    try:
        listed = json.loads(decode(read_bytes(path))[0])
    except (TranscriptError, ValueError, RecursionError):
        return {}, [f"{path.name} could not be read; roles stated there are unknown."]
    if not isinstance(listed, dict):
        return {}, []
    return {name: role for name, entry in listed.items() if (role := _role_of_entry(entry))}, []


def _role_of_entry(entry: object) -> str | None:
    if not isinstance(entry, dict):
        return None
    meta = entry.get("meta")
    return _role(meta if isinstance(meta, dict) else entry)


def _role(meta: Mapping[str, object]) -> str | None:
    return next((role for key in ROLE_KEYS if isinstance(role := meta.get(key), str)), None)


def write_folder(session: Session, folder: Path) -> None:
    """A corpus of one conversation; times are in the utterances' metadata, in seconds."""
    folder.mkdir(parents=True, exist_ok=True)
    # The id of a conversation is that of its first utterance.
    ids = [session.id, *(f"{session.id}-{turn.number}" for turn in session.turns[1:])]
    lines, speakers = [], {}
    for turn, own, previous in zip(session.turns, ids, [None, *ids], strict=False):
        name, role = name_and_role(turn, session)
        speakers[name] = {"meta": {"role": role}, "vectors": []}
        entry: dict[str, object] = {
            "id": own,
            "conversation_id": session.id,
            "text": turn.text,
            "speaker": name,
            "meta": {"start_s": turn.start_s, "end_s": turn.end_s, "role": role},
            "reply-to": previous,
            "timestamp": turn.start_s,
            "vectors": [],
        }
        lines.append(json.dumps(entry, ensure_ascii=False))
    index: dict[str, object] = {f"{what}-index": {} for what in ("utterances", "speakers", "conversations", "overall")}
    contents = {
        UTTERANCES: "\n".join(lines) + "\n",
        SPEAKERS: json.dumps(speakers, ensure_ascii=False),
        "conversations.json": json.dumps({session.id: {"meta": {}, "vectors": []}}, ensure_ascii=False),
        "corpus.json": "{}",
        "index.json": json.dumps({**index, "vectors": [], "version": 1}),
    }
    for name, content in contents.items():
        (folder / name).write_text(content, encoding="utf-8")
