"""JSON of Whisper, faster-whisper, WhisperX and whisper.cpp; diarisation names speakers by segment or by word."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from itertools import groupby

from attunement.errors import TranscriptError
from attunement.transcripts.formats import cues, json_text
from attunement.transcripts.role_names import name_and_role
from attunement.transcripts.session import Session
from attunement.transcripts.times import read_time
from attunement.transcripts.utterance import Transcript, Utterance, places

SEGMENTS = re.compile(r'"(?:segments|transcription)"\s*:\s*\[')
# Diarisation flips single words to the other speaker too often for them to count as a turn.
MIN_WORDS_OF_A_RUN = 2


def recognises(text: str) -> bool:
    """True for a JSON object with a list of segments."""
    return text.lstrip().startswith("{") and not json_text.is_lines(text) and SEGMENTS.search(text) is not None


def parse(text: str) -> list[Transcript]:
    """One utterance a segment, or several where its words were said by different people."""
    value, warnings = json_text.read_document(text)
    segments = (value.get("segments") or value.get("transcription")) if isinstance(value, dict) else None
    if not isinstance(segments, list) or not segments:
        raise TranscriptError("recogniser output without segments; transcribe again with segments on.")
    utterances: list[Utterance] = []
    unread: list[int] = []
    for place, segment in enumerate(segments, start=1):
        if isinstance(segment, dict) and isinstance(segment.get("text"), str):
            utterances += _utterances(segment, place)
        else:
            unread.append(place)
    if unread:
        warnings.append(f"Segments without text were left out ({places('segment', unread)}).")
    return [Transcript(cues.named(utterances), id=_id(value), warnings=warnings, unit="segment")]


def _id(value: object) -> str | None:
    found = value.get("id") if isinstance(value, dict) else None
    return found if isinstance(found, str) else None


def _utterances(segment: Mapping[str, object], place: int) -> list[Utterance]:
    runs = _runs_of_words(segment)
    if len(runs) > 1:
        return [Utterance(" ".join(words), speaker, start, end, place=place) for speaker, words, start, end in runs]
    start, end = _times(segment)
    role = segment.get("role")
    return [
        Utterance(
            text=str(segment["text"]),
            speaker=_speaker(segment) or (runs[0][0] if runs else None),
            start_s=start,
            end_s=end,
            role=role if isinstance(role, str) else None,
            place=place,
        )
    ]


Run = tuple[str | None, list[str], float | None, float | None]


def _runs_of_words(segment: Mapping[str, object]) -> list[Run]:
    """The segment's words by speaker; empty where words carry none, or are not the segment's text."""
    words = segment.get("words")
    if not isinstance(words, list) or not all(isinstance(word, dict) for word in words):
        return []
    spelled = [str(word.get("word") or word.get("text") or "").strip() for word in words]
    if not any(_speaker(word) for word in words) or not _same_letters(spelled, str(segment["text"])):
        return []
    names: list[str | None] = []
    for word in words:  # a word without a speaker goes with the one before it
        names.append(_speaker(word) or (names[-1] if names else _speaker(segment)))
    runs: list[list[int]] = []
    for speaker, indices in groupby(range(len(words)), key=names.__getitem__):
        run = list(indices)
        same = runs and names[runs[-1][0]] == speaker
        if runs and (same or len(run) < MIN_WORDS_OF_A_RUN):
            runs[-1] += run
        else:
            runs.append(run)
    return [
        (
            names[run[0]],
            [spelled[index] for index in run],
            _times(words[run[0]])[0],
            _times(words[run[-1]])[1],
        )
        for run in runs
    ]


def _same_letters(words: list[str], text: str) -> bool:
    return "".join("".join(words).split()) == "".join(text.split())


def _speaker(piece: Mapping[str, object]) -> str | None:
    speaker = piece.get("speaker")
    return str(speaker).strip() or None if isinstance(speaker, str | int) else None


def _times(piece: Mapping[str, object]) -> tuple[float | None, float | None]:
    offsets = piece.get("offsets")  # whisper.cpp: milliseconds
    if isinstance(offsets, dict):
        start, end = read_time(offsets.get("from")), read_time(offsets.get("to"))
        return start and start / 1000, end and end / 1000
    return read_time(piece.get("start")), read_time(piece.get("end"))


def write(session: Session) -> str:
    """Segments as Whisper writes them, with `speaker` as WhisperX does; without words and their times."""
    segments = []
    for turn in session.turns:
        name, role = name_and_role(turn, session)
        times = {"start": turn.start_s, "end": turn.end_s}
        segments.append({"id": turn.number - 1, **times, "text": turn.text, "speaker": name, "role": role})
    text = " ".join(turn.text for turn in session.turns)
    return json.dumps({"id": session.id, "text": text, "segments": segments}, ensure_ascii=False, indent=1)
