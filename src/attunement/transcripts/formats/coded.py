"""The project's coded text as a transcript: the words of the `T:` and `C:` lines, without the codes in braces."""

from __future__ import annotations

import re

from attunement.transcripts.coded_text import take_apart
from attunement.transcripts.session import Session
from attunement.transcripts.utterance import Transcript, Utterance, places

MARKED = re.compile(r"^[TC]:.*\{[^{}]*\}\s*$", re.MULTILINE)
HEADER = re.compile(r"^#\s*(?:id|case|session)\s*:|^##\s*\w+\s+\d+\s*-\s*\d+", re.MULTILINE)
TURN = re.compile(r"^[TC]:", re.MULTILINE)


def recognises(text: str) -> bool:
    """True for `T:`/`C:` lines with marks in braces or with the format's header."""
    return bool(TURN.search(text) and (MARKED.search(text) or HEADER.search(text)))


def parse(text: str) -> list[Transcript]:
    """Codes never get further than here; what fits no part of the format is left out and said."""
    marked = take_apart(text)
    utterances = [Utterance(turn.text, speaker=turn.letter, place=turn.line) for turn in marked.turns]
    warnings = []
    if marked.unread:
        warnings.append(
            f"Neither a turn nor a header of the coded format, so left out: {places('line', marked.unread)}."
        )
    return [Transcript(utterances, id=marked.header.get("id") or None, warnings=warnings)]


def write(session: Session) -> str:
    """`T:` and `C:` lines ready to be coded; names and times have no place in the format."""
    return "\n".join([f"# id: {session.id}", "", *(_line(turn.speaker, turn.text) for turn in session.turns)]) + "\n"


def _line(speaker: str, text: str) -> str:
    # Words that end in a closing brace would be taken for marks.
    return f"{'T' if speaker == 'therapist' else 'C'}: {text}{' {}' if text.endswith('}') else ''}"
