"""A file or folder in, sessions out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from attunement.errors import InputError, TranscriptError
from attunement.transcripts import files
from attunement.transcripts.assemble import session_of
from attunement.transcripts.formats import convokit
from attunement.transcripts.registry import CONVOKIT, OFFICE_FORMATS, TEXT_FORMATS, TextFormat
from attunement.transcripts.session import Session
from attunement.transcripts.utterance import Transcript

MAX_SESSIONS_LISTED = 5


def load(path: Path | str, *, therapist: str | None = None, any_language: bool = False) -> Session:
    """The one session in a file, in whatever format its content is.

    `therapist` names the therapist as the file does (case does not matter, a beginning is enough); without it the
    role is taken from labels or guessed from the words, see `Session.roles`. What is not in English is
    refused, since nothing could be made of it; `any_language` lets it pass, to be converted.

    Raises:
        TranscriptError: when the file cannot be read as a session of two people, or holds several sessions.
        InputError: when nobody in the file has the therapist's name, or it is not in English.
    """
    sessions = load_all(path, therapist=therapist, any_language=any_language)
    if len(sessions) > 1:
        raise TranscriptError(f"{path}: holds {len(sessions)} sessions; read them with load_all.")
    return sessions[0]


def load_all(path: Path | str, *, therapist: str | None = None, any_language: bool = False) -> list[Session]:
    """All sessions in a file or a ConvoKit folder; at least one.

    A session that cannot be read does not keep the others from being read: the first one's warnings say which.

    Raises:
        TranscriptError: when no session can be read.
        InputError: when nobody in the file has the therapist's name, or none is in English.
    """
    path = Path(path)
    try:
        transcripts, format = _transcripts(path)
        make = partial(session_of, therapist=therapist, name=path.name, format=format, any_language=any_language)
        return _sessions(transcripts, make)
    except InputError as error:
        raise type(error)(f"{path}: {error}") from None


def _transcripts(path: Path) -> tuple[list[Transcript], str]:
    if convokit.recognises_folder(path):
        return convokit.parse_folder(path), CONVOKIT
    if path.name == convokit.UTTERANCES:
        return convokit.parse_folder(path.parent), CONVOKIT
    data = files.read_bytes(path)
    if part := files.office_part(data):
        office = next(format for format in OFFICE_FORMATS if format.part == part)
        return office.parse(data), office.name
    text, warnings = files.decode(data)
    format = recognised(text) or _by_ending(path)
    if format is None:
        raise TranscriptError(
            "not recognised as a transcript; begin each turn with a name and a colon ('Therapist: …'), "
            "or see docs/formats.md."
        )
    transcripts = format.parse(text)
    transcripts[0].warnings[:0] = warnings
    return transcripts, format.name


def recognised(text: str) -> TextFormat | None:
    """The first format that knows this text as its own."""
    return next((format for format in TEXT_FORMATS if format.recognises(text)), None)


def _by_ending(path: Path) -> TextFormat | None:
    # Its parser then says what is missing; plain text has nothing more to say than that it was not recognised.
    return next((format for format in TEXT_FORMATS[:-1] if path.suffix.casefold() in format.endings), None)


def _sessions(transcripts: list[Transcript], make: Callable[[Transcript], Session]) -> list[Session]:
    sessions: list[Session] = []
    failures: list[tuple[Transcript, InputError]] = []
    for transcript in transcripts:
        try:
            sessions.append(make(transcript))
        except InputError as error:
            failures.append((transcript, error))
    if not sessions:
        raise failures[0][1]
    if failures:
        # What is to be said of the whole file stands with its first transcript, even where that was not read.
        of_file = transcripts[0].warnings if failures[0][0] is transcripts[0] else []
        warnings = (_not_read(failures, len(transcripts)), *of_file, *sessions[0].warnings)
        sessions[0] = replace(sessions[0], warnings=warnings)
    return sessions


def _not_read(failures: list[tuple[Transcript, InputError]], total: int) -> str:
    listed = "; ".join(f"{transcript.id or '?'}: {error}" for transcript, error in failures[:MAX_SESSIONS_LISTED])
    more = f"; and {len(failures) - MAX_SESSIONS_LISTED} more" if len(failures) > MAX_SESSIONS_LISTED else ""
    return f"{len(failures)} of {total} sessions were not read ({listed}{more})."
