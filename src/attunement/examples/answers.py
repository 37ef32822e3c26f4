"""Where the bundled sessions lie, and their answers."""

from __future__ import annotations

from pathlib import Path

from attunement.evaluation.coded import CodedSession, read_coded
from attunement.transcripts import find_transcripts

FOLDER = Path(__file__).parent
CASES = ("leander", "maribel")
# The sessions in which the case turns: their episodes are the ones that a reading must not miss.
DECISIVE = ("leander-3", "maribel-3")
SHOWN, SHOWN_CASE = DECISIVE[0], CASES[0]


def cases() -> list[Path]:
    """The two folders, each with transcripts, measures and events."""
    return [FOLDER / case for case in CASES]


def transcripts() -> list[Path]:
    """The eight transcripts, in the order of the cases."""
    return find_transcripts(cases())


def answer_to(session_id: str) -> CodedSession:
    """What a careful reader marked in a bundled session."""
    return read_coded(FOLDER / "answers" / f"{session_id}.txt")
