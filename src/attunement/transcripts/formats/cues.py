"""Cues: the timed blocks that WebVTT and SRT share.

Libraries for these formats skip a block they cannot read without a word (`webvtt-py`) or write its text to the log
(`srt`). A transcript must do neither, so the cutting is done here, with line numbers; markup and writing is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from attunement.transcripts import labels
from attunement.transcripts.times import read_time
from attunement.transcripts.utterance import Utterance, places

# Loose on purpose: a time that cannot be read is still a time line, and its cue's words are kept.
_TIME = r"(-?[^\s>-]{0,10}\d[^\s>-]{0,12})"
ARROW = re.compile(rf"\s*{_TIME}\s*--?>\s*{_TIME}(?:\s.*)?")
# Blocks of WebVTT that are not speech.
NOT_SPEECH = re.compile(r"(?:NOTE|STYLE|REGION|X-TIMESTAMP-MAP\S*)(?:\s.*)?")


@dataclass
class Cue:
    """A block with a time line; `place` is the number of that line, `identifier` the line above it."""

    place: int
    start_s: float | None
    end_s: float | None
    identifier: str = ""
    lines: list[str] = field(default_factory=list)


@dataclass
class Cut:
    """A file cut into cues; `unread` are the numbers of lines before the first cue that are not its header."""

    cues: list[Cue]
    unread: list[int]


def has_time_line(text: str) -> bool:
    """True when one of the first lines is a cue's time line."""
    return any(ARROW.fullmatch(line) for line in text[:4000].splitlines()[:30])


def cut(text: str) -> Cut:
    """Cut at time lines. Text after a blank line inside a cue stays with the cue, as players show it."""
    result = Cut([], [])
    blocks = list(_blocks(text.splitlines()))
    if blocks and blocks[0][0].text.startswith("WEBVTT"):
        header = blocks.pop(0)
        if any(ARROW.fullmatch(line.text) for line in header):
            blocks.insert(0, header[1:])
    for block in blocks:
        _take_block(block, result)
    return result


@dataclass(frozen=True, slots=True)
class _Line:
    place: int
    text: str


def _blocks(lines: Iterable[str]) -> Iterator[list[_Line]]:
    block: list[_Line] = []
    for place, text in enumerate(lines, start=1):
        if text.strip():
            block.append(_Line(place, text))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _take_block(block: list[_Line], result: Cut) -> None:
    if NOT_SPEECH.fullmatch(block[0].text) and not any(ARROW.fullmatch(line.text) for line in block[:2]):
        return
    identifier = ""
    for line, following in pairwise([*block, _Line(0, "")]):
        if match := ARROW.fullmatch(line.text):
            result.cues.append(Cue(line.place, read_time(match[1]), read_time(match[2]), identifier))
            identifier = ""
        elif ARROW.fullmatch(following.text) and (line is block[0] or line.text.strip().isdigit()):
            identifier = line.text.strip()
        elif result.cues:
            result.cues[-1].lines.append(line.text.strip())
        else:
            result.unread.append(line.place)


def named(utterances: list[Utterance]) -> list[Utterance]:
    """Take "Name: text" apart, line by line, where cues name their speakers so."""
    pieces = [
        (old, line, labels.split_label(line) if old.speaker is None else None)
        for old in utterances
        for line in old.text.split("\n")
    ]
    names = labels.speakers(label for _, _, label in pieces if label)
    found: list[Utterance] = []
    last: Utterance | None = None
    for old, line, label in pieces:
        if label and labels.key(label.label) in names:
            found.append(replace(old, text=label.text, speaker=names[labels.key(label.label)]))
        elif last is old:
            found[-1] = replace(found[-1], text=f"{found[-1].text}\n{line}")
        else:
            found.append(replace(old, text=line))
        last = old
    return found


def warnings(cut_file: Cut) -> list[str]:
    """What of the file belongs to no cue."""
    if not cut_file.unread:
        return []
    return [f"What stands before the first timed line was left out ({places('line', cut_file.unread)})."]
