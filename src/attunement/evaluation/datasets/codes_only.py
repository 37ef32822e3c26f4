"""Codes and words in separate files: how a second coder works, who sees the words but not the first one's codes.

    a/kwame-07.txt                        turns/kwame-07.txt
    3 question_open, emp=0,0,1            3 T: What was that like?
    4 feeling, exp=1                      4 C: I was furious.
    ## rupture 8-14 kind=withdrawal …     …

Turns that a file of codes does not mention carry none. The words may also be a coded text, whose codes are ignored.
"""

from __future__ import annotations

import re
from dataclasses import replace

from attunement.errors import TranscriptError
from attunement.evaluation.coded import CodedSession, coded_from_marked
from attunement.transcripts.coded_text import MarkedText, take_apart

WORDS_LINE = re.compile(r"^(\d{1,9})\s+([TC]:.*)$")
CODES_LINE = re.compile(r"^(\d{1,9})(?:\s+(.*))?$")


def is_words(text: str) -> bool:
    """True when every line is a numbered turn."""
    lines = _lines(text)
    return bool(lines) and all(WORDS_LINE.match(line) for line in lines)


def is_codes(text: str) -> bool:
    """True when every line is a turn's number with its codes, a heading or an episode."""
    lines = _lines(text)
    return bool(lines) and not is_words(text) and all(line.startswith("#") or CODES_LINE.match(line) for line in lines)


def read(name: str, codes: str, words: str) -> CodedSession:
    """One session from a file of codes and the file with its words, both of this name.

    Raises:
        TranscriptError: when the codes name a turn that the words do not have, or a code is not in the codebook.
    """
    spoken = _spoken(name, words)
    numbers, coded = _coded(name, codes, spoken)
    by_number = dict(zip(numbers, coded.turns, strict=True))
    turns = tuple(
        replace(turn, marks=by_number[number].marks, line=by_number[number].line)
        if number in by_number
        else replace(turn, marks=())
        for number, turn in enumerate(spoken.turns, start=1)
    )
    return coded_from_marked(replace(coded, header=spoken.header, turns=turns), name=name)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _spoken(name: str, words: str) -> MarkedText:
    if not is_words(words):
        spoken = take_apart(words)
        if spoken.unread:
            raise TranscriptError(f"{name}, line {spoken.unread[0]} of the words: not a turn; write 'T: …' or 'C: …'.")
        return spoken
    numbered = [match for line in _lines(words) if (match := WORDS_LINE.match(line))]
    for expected, match in enumerate(numbered, start=1):
        if int(match[1]) != expected:
            raise TranscriptError(f"{name}: turn {expected} of the words is numbered {match[1]}.")
    # Empty braces at the end keep braces in what was said from being taken for codes.
    return take_apart("\n".join(f"{match[2]} {{}}" for match in numbered))


def _coded(name: str, codes: str, spoken: MarkedText) -> tuple[list[int], MarkedText]:
    """The numbers of the coded turns, and the codes taken apart, with the line numbers of the file as it is."""
    numbers: list[int] = []
    lines: list[str] = []
    for place, line in enumerate(codes.splitlines(), start=1):
        match = CODES_LINE.match(line.strip())
        if match is None:
            lines.append(line if line.strip().startswith("##") else "")
            continue
        number = int(match[1])
        if not 1 <= number <= len(spoken.turns):
            raise TranscriptError(f"{name}, line {place}: there is no turn {match[1]} in the words.")
        if number in numbers:
            raise TranscriptError(f"{name}, line {place}: turn {number} is coded twice.")
        numbers.append(number)
        lines.append(f"{spoken.turns[number - 1].letter}: {{{match[2] or ''}}}")
    return numbers, take_apart("\n".join(lines))
