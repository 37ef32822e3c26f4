"""Rows and columns, whoever holds them: CSV, Excel, a table in a Word document.

Three layouts are read: a header that names the columns; one column a speaker ("Therapist", "Client"); and no header
at all, where one column holds the speakers and the longest the words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from attunement.errors import TranscriptError
from attunement.transcripts.formats import columns
from attunement.transcripts.role_names import name_and_role, role_of
from attunement.transcripts.session import Session, Turn
from attunement.transcripts.utterance import Transcript, Utterance

Row = tuple[int, Sequence[object]]
HEADER = ("session", "turn", "speaker", "role", "start_s", "end_s", "text")
MAX_SPEAKER_LENGTH = 40
# A table without a header is known by this share of its rows naming a role.
MIN_SHARE_OF_ROLES = 0.9


def is_transcript(rows: Sequence[Row]) -> bool:
    """True when one of the three layouts fits."""
    if not rows:
        return False
    header = rows[0][1]
    return columns.find(header).complete or _one_column_a_speaker(header) or _speaker_column(rows) is not None


def read(rows: Sequence[Row], unit: str) -> list[Transcript]:
    """One transcript for each session that the rows tell apart.

    Raises:
        TranscriptError: when no layout fits. The header is not quoted: without one, it would be a turn.
    """
    if not rows:
        raise TranscriptError("the table is empty.")
    header = rows[0][1]
    found = columns.find(header)
    if found.complete:
        return _named(rows, found, unit)
    if _one_column_a_speaker(header):
        return [_side_by_side(rows, unit)]
    if (speaker := _speaker_column(rows)) is not None:
        return [_without_header(rows, speaker, unit)]
    raise TranscriptError(f"which column holds the speaker and which the words is not clear; {columns.NAMES_HELP}.")


def _named(rows: Sequence[Row], found: columns.Columns, unit: str) -> list[Transcript]:
    names = [str(name) for name in rows[0][1]]
    gathered = columns.Rows(unit)
    for place, cells in rows[1:]:
        if any(cell not in (None, "") for cell in cells):
            # Reversed, so that of two columns with one name the first counts.
            gathered.add(dict(reversed(list(zip(names, cells, strict=False)))), found, place)
    return gathered.transcripts()


def _one_column_a_speaker(header: Sequence[object]) -> bool:
    roles = [role_of(str(cell)) for cell in header if cell and len(str(cell)) <= MAX_SPEAKER_LENGTH]
    return "therapist" in roles and "client" in roles and not any(":" in str(cell) for cell in header)


def _side_by_side(rows: Sequence[Row], unit: str) -> Transcript:
    speaking = {index: str(cell) for index, cell in enumerate(rows[0][1]) if cell and role_of(str(cell))}
    return Transcript(
        [
            Utterance(str(cell), speaker=speaking[index], place=place)
            for place, cells in rows[1:]
            for index, cell in enumerate(cells)
            if index in speaking and cell not in (None, "")
        ],
        unit=unit,
    )


def _speaker_column(rows: Sequence[Row]) -> int | None:
    filled = [[str(cell or "").strip() for cell in cells] for _, cells in rows if any(cells)]
    width = max((len(cells) for cells in filled), default=0)
    for index in range(min(width, 6)):
        roles = Counter(_role_in_cell(cells[index]) if index < len(cells) else None for cells in filled)
        if roles["therapist"] and roles["client"] and roles[None] <= (1 - MIN_SHARE_OF_ROLES) * len(filled):
            return index if width > 1 else None
    return None


def _role_in_cell(cell: str) -> str | None:
    name = cell.rstrip(":： ")
    return role_of(name) if len(name) <= MAX_SPEAKER_LENGTH and ":" not in name and len(name.split()) <= 3 else None


def _without_header(rows: Sequence[Row], speaker: int, unit: str) -> Transcript:
    lengths: Counter[int] = Counter()
    for _, cells in rows:
        lengths.update({index: len(str(cell or "")) for index, cell in enumerate(cells) if index != speaker})
    words = lengths.most_common(1)[0][0] if lengths else speaker
    return Transcript(
        [
            Utterance(
                text=str(cells[words] or "") if words < len(cells) else "",
                speaker=str(cells[speaker] or "").strip().rstrip(":： ") or None if speaker < len(cells) else None,
                place=place,
            )
            for place, cells in rows
            if any(cells)
        ],
        unit=unit,
    )


def write(session: Session) -> list[tuple[object, ...]]:
    """The session as rows under `HEADER`."""
    return [HEADER, *(_row(session, turn) for turn in session.turns)]


def _row(session: Session, turn: Turn) -> tuple[object, ...]:
    name, role = name_and_role(turn, session)
    return (session.id, turn.number, name, role, turn.start_s, turn.end_s, turn.text)
