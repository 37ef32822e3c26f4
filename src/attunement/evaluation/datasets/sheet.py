"""A lab's own codes in one table: a row a turn, codes separated by semicolons."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attunement.codebook import CODES, EMPATHY_MECHANISMS, Speaker
from attunement.errors import TranscriptError
from attunement.evaluation.coded import CodedSession, TurnCodes
from attunement.evaluation.datasets.coded_set import CodedSet
from attunement.evaluation.datasets.text import Row, read_rows, shown, whole_number
from attunement.transcripts.session import Roles, Session, Turn

COLUMNS = ("session", "turn", "speaker", "text", "codes")
EMPATHY_COLUMNS = tuple(f"empathy_{mechanism}" for mechanism in EMPATHY_MECHANISMS)
SPEAKERS: dict[str, Speaker] = {"therapist": "therapist", "t": "therapist", "client": "client", "c": "client"}


def load(files: Sequence[tuple[str, str]]) -> CodedSet:
    """From (file name, text): one session for each value of `session`, turns in the order of `turn`.

    Optional columns: `case` (sessions of one person; else each session stands alone), `experiencing` for client turns,
    `empathy_reaction`, `empathy_interpretation`, `empathy_exploration` for therapist turns. Empty cells are not coded.

    Raises:
        TranscriptError: when a turn is numbered twice or not at all, or a speaker, code or level is unknown.
    """
    sessions: list[CodedSession] = []
    for name, text in files:
        by_session: dict[str, dict[int, Row]] = {}
        for row in read_rows(text, name=name):
            where = f"{name}, session {shown(row['session'])}, turn {shown(row['turn'])}"
            turns = by_session.setdefault(row["session"], {})
            turns[_number(row, turns, where)] = row
        sessions += [_session(key, [rows[turn] for turn in sorted(rows)], name) for key, rows in by_session.items()]
    return CodedSet("table of codes", tuple(sessions))


def _number(row: Row, taken: dict[int, Row], where: str) -> int:
    number = whole_number(row["turn"])
    if number is None:
        raise TranscriptError(f"{where}: number the turns of each session 1, 2, 3, …")
    if number in taken:
        raise TranscriptError(f"{where}: this turn occurs twice.")
    return number


def _session(key: str, rows: list[Row], name: str) -> CodedSession:
    wheres = [f"{name}, session {shown(key)}, turn {shown(row['turn'])}" for row in rows]
    speakers = [_speaker(row, where) for row, where in zip(rows, wheres, strict=True)]
    turns = tuple(
        Turn(number, speaker, row["text"], name=row["speaker"])
        for number, (speaker, row) in enumerate(zip(speakers, rows, strict=True), start=1)
    )
    roles = Roles(therapist="therapist", client="client", how="labelled")
    return CodedSession(
        session=Session(id=key, turns=turns, roles=roles, source=name, format="table of codes"),
        codes=tuple(_codes(*turn) for turn in zip(rows, speakers, wheres, strict=True)),
        episodes=(),
        case=rows[0].get("case") or key,
    )


def _speaker(row: Row, where: str) -> Speaker:
    speaker = SPEAKERS.get(row["speaker"].strip().lower())
    if speaker is None:
        raise TranscriptError(f"{where}: speaker must be 'therapist' or 'client'.")
    return speaker


def _codes(row: Row, speaker: Speaker, where: str) -> TurnCodes:
    codes = frozenset(re.sub(r"[\s-]+", "_", code.strip().lower()) for code in row["codes"].split(";") if code.strip())
    for code in sorted(codes):
        if code not in CODES or CODES[code].speaker != speaker:
            raise TranscriptError(f"{where}: '{shown(code)}' is no {speaker} code; see docs/codebook.md.")
    if speaker == "client":
        return TurnCodes(codes, experiencing=_level(row, "experiencing", where))
    return TurnCodes(codes, empathy=_empathy(row, where))


def _empathy(row: Row, where: str) -> tuple[int, int, int] | None:
    given = {column: _level(row, column, where) for column in EMPATHY_COLUMNS if column in row}
    if all(level is None for level in given.values()):
        return None
    if None in given.values():
        raise TranscriptError(f"{where}: fill in every empathy column of a turn, or none.")
    reaction, interpretation, exploration = (given.get(column) or 0 for column in EMPATHY_COLUMNS)
    return reaction, interpretation, exploration


def _level(row: Row, column: str, where: str) -> int | None:
    cell = row.get(column, "").strip()
    if cell not in ("", "0", "1", "2"):
        raise TranscriptError(f"{where}: {column} must be 0, 1, 2 or empty.")
    return int(cell) if cell else None
