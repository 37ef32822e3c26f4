"""SubRip (SRT): numbered cues; speakers stand as "Name: text" or, from WhisperX, "[SPEAKER_00]: text"."""

from __future__ import annotations

import re
from datetime import timedelta

import srt  # type: ignore[import-untyped]

from attunement.transcripts.formats import cues, plain
from attunement.transcripts.session import Session
from attunement.transcripts.times import slots
from attunement.transcripts.utterance import Transcript, Utterance

# The markup that players know; other angle brackets are words.
MARKUP = re.compile(r"</?(?:b|i|u|s|font|c)(?:\s[^<>]{0,80})?>|\{\\[^{}]{0,40}\}", re.IGNORECASE)


def recognises(text: str) -> bool:
    """True when a cue's time line stands near the top."""
    return cues.has_time_line(text)


def parse(text: str) -> list[Transcript]:
    """One utterance a cue, without markup."""
    cut = cues.cut(text)
    spoken = [
        Utterance(MARKUP.sub("", "\n".join(cue.lines)), start_s=cue.start_s, end_s=cue.end_s, place=cue.place)
        for cue in cut.cues
    ]
    return [Transcript(cues.named(spoken), warnings=cues.warnings(cut))]


def write(session: Session) -> str:
    """One cue a turn. The format has no place to say that times are made up; see `webvtt` for one that has."""
    subtitles = [
        srt.Subtitle(
            index=slot.turn.number,
            start=timedelta(seconds=slot.start_s),
            end=timedelta(seconds=slot.end_s),
            content=f"{plain.label(slot.turn, session)}: {slot.turn.text}",
        )
        for slot in slots(session.turns)
    ]
    content: str = srt.compose(subtitles, reindex=False, strict=False)
    return content
