"""One way of writing what is not speech: `[laughs]`, `[pause]`, `[inaudible]`, whatever the transcriber used.

Words are neither added nor dropped. What stands in square brackets stays there; round brackets, asterisks and angle
brackets become square ones only around a few words that name a sound, a silence or a gesture, since people also
speak in parentheses.
"""

# ruff: noqa: SIM905 (lists of words read better as text)
from __future__ import annotations

import re

# Forms of one word, under the form that is kept.
FORMS = {
    "laughs": "laugh laughs laughing laughed laughter",
    "chuckles": "chuckle chuckles chuckling chuckled",
    "giggles": "giggle giggles giggling",
    "smiles": "smile smiles smiling",
    "cries": "cry cries crying",
    "weeps": "weep weeps weeping",
    "sobs": "sob sobs sobbing",
    "sighs": "sigh sighs sighing sighed",
    "sniffs": "sniff sniffs sniffing sniffles",
    "coughs": "cough coughs coughing",
    "snorts": "snort snorts snorting",
    "yawns": "yawn yawns yawning",
    "gasps": "gasp gasps gasping",
    "groans": "groan groans groaning",
    "nods": "nod nods nodding",
    "shrugs": "shrug shrugs shrugging",
    "whispers": "whisper whispers whispering whispered",
    "exhales": "exhale exhales exhaling",
    "inhales": "inhale inhales inhaling",
    "breathes": "breathe breathes breathing",
    "pause": "pause pauses pausing paused",
    "silence": "silence silent",
    "inaudible": "inaudible unintelligible indiscernible indistinct",
    "crosstalk": "crosstalk cross-talk overlapping",
}
KEPT_AS = {form: kept for kept, forms in FORMS.items() for form in forms.split()}
# Said of a pause or a laugh; too common as words to mark a note on their own.
COMPANIONS = frozenset(
    "a again and bit blows breaks brief briefly clears deep deeply eyes face for head heavily her his little long"
    " loudly nervously nose off out quiet quietly seconds short slightly small softly speech stays still talk tearful"
    " tearfully then throat through tissue voice wipes".split()
)
PHRASES = {"clears throat", "blows nose", "wipes eyes", "wipes face", "voice breaks", "cross talk", "stays quiet"}

UNSPEAKABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
SURROGATE = re.compile(r"[\ud800-\udfff]")
NOTE = re.compile(
    r"\[(?P<square>[^\[\]]{1,80})\]|\(\((?P<double>[^()\[\]]{1,80})\)\)|\((?P<round>[^()\[\]]{1,80})\)"
    r"|\*(?P<stars>[^*\[\]]{1,40})\*|<(?P<angle>[^<>\[\]]{1,40})>|&=(?P<chat>[A-Za-z][\w:]{0,40})"
)
STAMP = re.compile(r"\s*\b\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?\b\s*")
TIMED_PAUSE = re.compile(r"(\d{1,3}\.\d{1,2})|(\d{1,3})\s*(?:s|secs?|seconds?)")
LONG_PAUSE_S = 3.0


def canonical(text: str) -> str:
    """The text on one line, without control characters, with every note in square brackets."""
    text = SURROGATE.sub("\ufffd", UNSPEAKABLE.sub(" ", text))
    if NOTE.search(text):
        text = NOTE.sub(_rewrite, text)
    return " ".join(text.split())


def _rewrite(match: re.Match[str]) -> str:
    kind = match.lastgroup
    content = " ".join(match[kind or 0].split())
    if kind == "square":
        return f"[{_in_brackets(content)}]"
    if kind == "chat":
        return f" [{_in_brackets(content.replace('_', ' ').replace(':', ' '))}] "
    if kind == "round" and (pause := _pause(content)):
        return f"[{pause}]"
    return f"[{_in_brackets(content)}]" if _is_note(content) else match[0]


def _in_brackets(content: str) -> str:
    plain = STAMP.sub(" ", content).strip() or content
    lowered = plain.casefold()
    if lowered in KEPT_AS:
        return KEPT_AS[lowered]
    if lowered in ("cross talk", "overlapping speech"):
        return "crosstalk"
    return lowered if _is_note(plain) else content


def _is_note(content: str) -> bool:
    words = STAMP.sub(" ", content).casefold().replace(",", " ").split()
    if not 1 <= len(words) <= 5:
        return False
    known = [word for word in words if word in KEPT_AS]
    return " ".join(words) in PHRASES or (bool(known) and all(w in KEPT_AS or w in COMPANIONS for w in words))


def _pause(content: str) -> str | None:
    if content in (".", ".."):
        return "pause"
    if content == "...":
        return "long pause"
    if match := TIMED_PAUSE.fullmatch(content):
        return "long pause" if float(match[1] or match[2]) >= LONG_PAUSE_S else "pause"
    return None
