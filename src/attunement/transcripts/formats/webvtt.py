"""WebVTT, as browsers and meeting software write it: voices (`<v Name>`) or "Name: text" in the cues."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import webvtt

from attunement.transcripts.formats import cues
from attunement.transcripts.role_names import name_with_role
from attunement.transcripts.session import Session
from attunement.transcripts.times import Slot, clock, slots
from attunement.transcripts.utterance import Transcript, Utterance

VOICE = re.compile(r"<v(?:\.[\w.-]*)?[ \t]+([^<>\n]{1,200})>")
MADE_UP = re.compile(r"\d+ \((start|end|start and end) made up\)")


def recognises(text: str) -> bool:
    """True for the format's own first line."""
    return text[:100].lstrip("\ufeff \r\n").startswith("WEBVTT")


def parse(text: str) -> list[Transcript]:
    """One utterance a voice; a cue without one is its speaker's if it begins with "Name:", else nobody's."""
    cut = cues.cut(text)
    spoken = [utterance for cue in cut.cues for utterance in _utterances(cue)]
    return [Transcript(cues.named(spoken), warnings=cues.warnings(cut))]


def _utterances(cue: cues.Cue) -> list[Utterance]:
    # Split with one group gives: words before the first voice, name, words, name, words…
    before, *voices = VOICE.split("\n".join(cue.lines))
    pieces = [(None, before), *zip(voices[::2], voices[1::2], strict=True)]
    made_up = MADE_UP.fullmatch(cue.identifier)
    blank = Utterance(
        text="",
        start_s=None if made_up and "start" in made_up[1] else cue.start_s,
        end_s=None if made_up and "end" in made_up[1] else cue.end_s,
        place=cue.place,
    )
    return [
        replace(blank, text=words, speaker=html.unescape(name).strip() if name else None)
        for name, raw in pieces
        if (words := html.unescape(webvtt.Caption(text=raw).text)).strip() or name
    ]


def write(session: Session) -> str:
    """One cue a turn; a turn without times gets a made-up second, and its identifier says so."""
    captions = [_caption(slot, session) for slot in slots(session.turns)]
    content: str = webvtt.WebVTT(captions=captions).content
    return content


def _caption(slot: Slot, session: Session) -> webvtt.Caption:
    turn = slot.turn
    return webvtt.Caption(
        start=clock(slot.start_s),
        end=clock(slot.end_s),
        text=f"<v {_escaped(name_with_role(turn, session))}>{_escaped(turn.text)}</v>",
        identifier=f"{turn.number} ({slot.made_up} made up)" if slot.made_up else str(turn.number),
    )


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)
