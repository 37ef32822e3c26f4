"""Plain text: names at line starts ("T:", "Therapist:", "Anna:"), or name and time on a line of their own."""

from __future__ import annotations

import re

from attunement.errors import TranscriptError
from attunement.transcripts import labels
from attunement.transcripts.role_names import name_with_role
from attunement.transcripts.session import Session, Turn
from attunement.transcripts.times import clock, read_time
from attunement.transcripts.utterance import Transcript, Utterance, places

LEADING_STAMP = re.compile(rf"\s*[\[(]\s*{labels.TIME}\s*[\])]\s*")
# With more, the colons of a file are not names of people speaking.
MAX_SPEAKERS = 20


def recognises(text: str) -> bool:
    """True when at least one speaker's name stands at a line start."""
    return bool(labels.speakers(line for raw in text.splitlines() if (line := labels.split_label(raw))))


def parse(text: str) -> list[Transcript]:
    """Lines under the name they follow; what stands before the first name is left out and said."""
    lines = text.splitlines()
    split = [labels.split_label(line) for line in lines]
    names = labels.speakers(line for line in split if line)
    if len(names) > MAX_SPEAKERS:
        raise TranscriptError(
            f"{len(names)} different names stand before colons; this does not look like a session. "
            "Write one line a turn, 'Therapist: …' or 'Client: …'."
        )
    reader = _Reader(names)
    for place, (line, labelled) in enumerate(zip(lines, split, strict=True), start=1):
        reader.take(place, line, labelled)
    return [reader.transcript()]


class _Reader:
    """Gathers lines into utterances."""

    def __init__(self, names: dict[str, str]) -> None:
        self.names = names
        self.utterances: list[Utterance] = []
        self.unspoken: list[int] = []
        self.pending_time: str | None = None
        self.words: list[str] = []

    def take(self, place: int, line: str, labelled: labels.Labelled | None) -> None:
        """One line: a new utterance, a time for the next, or more words for the last."""
        if labelled and labels.key(labelled.label) in self.names:
            self._begin(place, labelled)
        elif (time := labels.time_alone(line)) is not None:
            self.pending_time = time
        elif line.strip():
            if self.utterances:
                self.words.append(LEADING_STAMP.sub("", line, count=1) if LEADING_STAMP.match(line) else line)
            else:
                self.unspoken.append(place)

    def _begin(self, place: int, labelled: labels.Labelled) -> None:
        self._finish()
        self.utterances.append(
            Utterance(
                text="",
                speaker=self.names[labels.key(labelled.label)],
                start_s=read_time(labelled.start or self.pending_time),
                end_s=read_time(labelled.end),
                place=place,
            )
        )
        self.words = [labelled.text]
        self.pending_time = None

    def _finish(self) -> None:
        if self.utterances:
            last = self.utterances[-1]
            text = " ".join(self.words)
            self.utterances[-1] = Utterance(text, last.speaker, last.start_s, last.end_s, place=last.place)

    def transcript(self) -> Transcript:
        """What was gathered."""
        self._finish()
        warnings = []
        if self.unspoken:
            warnings.append(f"What stands before the first speaker was left out ({places('line', self.unspoken)}).")
        return Transcript(self.utterances, warnings=warnings)


def write(session: Session) -> str:
    """`[start - end] Name: text`, one line a turn, with only the times that the turn has."""
    return "\n".join(lines(session)) + "\n"


def lines(session: Session) -> list[str]:
    """The lines of `write`, for formats that hold such lines."""
    return [f"{_stamp(turn)}{label(turn, session)}: {turn.text}" for turn in session.turns]


def label(turn: Turn, session: Session) -> str:
    """The speaker as written before the colon: the name with its role, as far as that can be read again."""
    written = name_with_role(turn, session)
    split = labels.split_label(f"{written}: x")
    if split and split.label == written and labels.speakers([split]):
        return written
    return turn.speaker.capitalize()


def _stamp(turn: Turn) -> str:
    if turn.start_s is None:
        return ""
    return f"[{clock(turn.start_s)}{'' if turn.end_s is None else ' - ' + clock(turn.end_s)}] "
