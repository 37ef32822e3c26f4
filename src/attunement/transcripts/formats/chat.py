"""CHAT (`.cha`, TalkBank): `*THE:` lines, their times between bullets.

What CHAT adds about form (retracings, replacements, groups) is taken off; the words that were said stay, and so do
laughter, pauses and unintelligible speech. `pylangacq`, the library for this format, brings a compiled linguistics
toolkit and gives cleaned word lists from which just those are gone; hence this small reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from attunement.transcripts.role_names import name_and_role
from attunement.transcripts.session import Session, Turn
from attunement.transcripts.utterance import Transcript, Utterance, places

MAIN = re.compile(r"\*([^\s:]{1,20}):[ \t]*(.*)")
BULLET = re.compile(r"[\x15•](?:%snd:)?(?:\"[^\"]*\"_)?(\d{1,9})_(\d{1,9})[\x15•]?")
# Utterances end in a token of their own; these are what they are in ordinary writing.
ENDS = {".": ".", "?": "?", "!": "!", "+...": "...", "+..?": "...?", "+/.": "—", "+/?": "—?", "+//.": "—", "+//?": "—?"}
ENDS |= {"+!?": "!?", '+"/.': ".", '+".': ".", ",": ",", "„": ",", "‡": ",", ";": ";"}
LINKERS = {"+<", "++", "+^", "+,", '+"', "+≋", "+≈", "0"}
UNINTELLIGIBLE = {"xxx", "xx", "yyy", "yy", "www"}
MANNER = re.compile(r"\[=!\s*([^\[\]]{1,80})\]")
FORM = re.compile(r"\[(?:[:=%*+^<>/?\"#$-][^\[\]]{0,200}|![^\[\]]{0,20}|x \d{1,3})\]")
WHILE_SPEAKING = re.compile(r"&\*([A-Z0-9]{1,7}):(\S+)")
LEFT_OUT = re.compile(r"0[^\W\d_]\w*|&[{}]\S*")
PART_OF_WORD = re.compile(r"[\w'-]*\([^\W\d_][\w']*\)[\w'-]*")
WORD_ENDING = re.compile(r"(?<=\w)@[a-z:$]{1,6}\b")
LENGTHENED = re.compile(r"(?<=[^\W\d_]):+(?=[^\W\d_])|(?<=[^\W\d_]):{2,}")


@dataclass
class _Participant:
    name: str
    role: str | None


def recognises(text: str) -> bool:
    """True for the format's headers, or for main lines where they are missing."""
    head = text[:3000]
    return bool(re.search(r"^@(?:UTF8|Begin|Participants)\b", head, re.MULTILINE)) or bool(
        re.match(r"\s*\*[A-Z][A-Z0-9]{1,6}:\s", head)
    )


def parse(text: str) -> list[Transcript]:
    """One utterance a main line; dependent tiers (`%mor:`, `%com:`…) are not speech."""
    participants: dict[str, _Participant] = {}
    utterances: list[Utterance] = []
    unread: list[int] = []
    for place, line in _joined(text.splitlines()):
        if match := MAIN.fullmatch(line):
            who = participants.get(match[1], _Participant(match[1], None))
            utterances.append(_utterance(match[2], who, place))
        elif line.startswith("@Participants:"):
            participants = _participants(line.partition(":")[2])
        elif not line.startswith(("@", "%")):
            unread.append(place)
    warnings = [f"Not lines of the CHAT format, so left out: {places('line', unread)}."] if unread else []
    return [Transcript(utterances, warnings=warnings)]


def _joined(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Lines with those that continue them (after a tab) put to their end."""
    current: list[str] = []
    start = 0
    for place, line in enumerate(lines, start=1):
        if current and line[:1] in ("\t", " "):
            current.append(line.strip())
        elif line.strip():
            if current:
                yield start, " ".join(current)
            current, start = [line.strip()], place
    if current:
        yield start, " ".join(current)


def _participants(listed: str) -> dict[str, _Participant]:
    """From `THE Anna_Bell Therapist, CLI Client`: code, name if there is one, role."""
    found = {}
    for entry in listed.split(","):
        parts = entry.split()
        if parts:
            role = parts[-1].replace("_", " ") if len(parts) > 1 else None
            name = " ".join(parts[1:-1]).replace("_", " ") if len(parts) > 2 else parts[0]
            found[parts[0]] = _Participant(name, role)
    return found


def _utterance(raw: str, who: _Participant, place: int) -> Utterance:
    times = BULLET.findall(raw)
    return Utterance(
        text=_ordinary(BULLET.sub(" ", raw)),
        speaker=who.name,
        start_s=int(times[0][0]) / 1000 if times else None,
        end_s=int(times[-1][1]) / 1000 if times else None,
        role=who.role,
        place=place,
    )


def _ordinary(text: str) -> str:
    """CHAT as ordinary writing; notes in square brackets are made uniform by `notation` later."""
    text = WHILE_SPEAKING.sub(lambda match: f"[{match[1]}: {match[2].replace('_', ' ')}]", text)
    text = FORM.sub(" ", MANNER.sub(r"[\1]", text)).replace("<", " ").replace(">", " ")
    words: list[str] = []
    for token in text.split():
        if token in ENDS and words:
            words[-1] += ENDS[token]
        elif token in UNINTELLIGIBLE:
            words.append("[inaudible]")
        elif token not in LINKERS and not LEFT_OUT.fullmatch(token):
            words.append(_word(token))
    return " ".join(words)


def _word(token: str) -> str:
    if token.startswith(("&-", "&~")):  # &-um
        token = token[2:]
    elif token.startswith("&+"):  # &+th, a word broken off
        token = f"{token[2:]}-"
    elif token.startswith("&="):  # &=laughs
        return f"[{re.sub('[_:]', ' ', token[2:])}]"
    if PART_OF_WORD.fullmatch(token) and not (token.startswith("(") and token.endswith(")") and token.count("(") == 1):
        token = token.replace("(", "").replace(")", "")  # (be)cause
    return LENGTHENED.sub("", WORD_ENDING.sub("", token)).replace("_", " ")


# Writing

SENTENCE_END = re.compile(r"(?<=\w[.?!])\s+|(?<=\w\.{3})\s+|(?<=\w—)\s+")
ENDING = re.compile(r"(.*?\S)(\.\.\.|[.?!—])", re.DOTALL)
END_TOKENS = {"...": "+...", "—": "+/."}
NOTE = re.compile(r"\[([^\[\]]+)\]")
NOTES = {"pause": "(.)", "long pause": "(...)", "inaudible": "xxx"}


def write(session: Session) -> str:
    """One main line a sentence, each with the times of its turn (a sentence has none of its own).

    Characters that CHAT keeps for itself (`<`, `>`, `_`, `&`, `@` after a word…) are written as they are and may be
    read as codes.
    """
    codes = _codes(session)
    listed = (f"{code} {_joined_name(name)} {_joined_name(role)}" for (name, role), code in codes.items())
    header = ["@UTF8", "@Begin", "@Languages:\teng", f"@Participants:\t{', '.join(listed)}", "@Options:\tCA"]
    header += [f"@ID:\teng|attunement|{code}|||||{_joined_name(role)}|||" for (_, role), code in codes.items()]
    lines = [
        f"*{codes[name_and_role(turn, session)]}:\t{_sentence(sentence)}{_bullet(turn)}"
        for turn in session.turns
        for sentence in SENTENCE_END.split(turn.text)
    ]
    return "\n".join([*header, *lines, "@End"]) + "\n"


def _codes(session: Session) -> dict[tuple[str, str], str]:
    """Three letters for each speaker, by name and role: the first that are free of THE, TH2, TH3…"""
    codes: dict[tuple[str, str], str] = {}
    for turn in session.turns:
        name, role = name_and_role(turn, session)
        stem = (re.sub(r"[^A-Z]", "", name.upper()) + role.upper())[:3]
        free = (code for code in (stem, *(f"{stem[:2]}{n}" for n in range(2, 10_000))) if code not in codes.values())
        codes.setdefault((name, role), next(free))
    return codes


def _joined_name(name: str) -> str:
    return re.sub(r"[\s,]+", "_", name.strip())


def _sentence(text: str) -> str:
    match = ENDING.fullmatch(text)
    body, end = (match[1], match[2]) if match else (text, "")
    body = NOTE.sub(lambda note: _note(note[1]), body)
    return f"{body} {END_TOKENS.get(end, end)}".rstrip()


def _note(note: str) -> str:
    if note in NOTES:
        return NOTES[note]
    return f"&={note.replace(' ', '_')}" if re.fullmatch(r"[a-z][a-z ]*", note) else f"[=! {note}]"


def _bullet(turn: Turn) -> str:
    if turn.start_s is None or turn.end_s is None:
        return ""
    return f" \x15{round(turn.start_s * 1000)}_{round(turn.end_s * 1000)}\x15"
