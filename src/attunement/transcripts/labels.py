"""Speaker names at the start of a line: `Anna:`, `T:`, `[00:01:23] Dr Bell:`, `Client (00:05):`, `**Therapist:**`.

A colon early in a line is not always a name ("Okay: let's see"), so a file's lines are looked at together: what
recurs, or looks like a name and nothing else, is a speaker.
"""

# ruff: noqa: SIM905 (lists of words read better as text)
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from attunement.transcripts.role_names import role_of, split_role

TIME = r"\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"


def _stamp(group: str) -> str:
    return rf"[\[(]?\s*(?P<{group}>{TIME})(?:\s*(?:-->|-|–|to)\s*(?P<{group}_end>{TIME}))?\s*[\])]?"


LABEL = r"(?P<label>[^\W\d_][^:：\t\[\]<>{}\"“”]{0,59}?)"
DRESS = r"[\[*_]{0,4}"
UNDRESS = r"[\]*_]{0,4}"
LABELLED = re.compile(
    rf"\s*(?:\d{{1,5}}[.)]?\s+)?(?:{_stamp('before')}\s*[-–]?\s*)?"
    rf"{DRESS}{LABEL}{UNDRESS}\s*(?:{_stamp('after')}\s*)?[:：](?!(?<=\d.)\d\d\b)(?!//)(?:\*\*|__)?"
)
# As Otter, Teams and Zoom write them: a line with name and time, the words below.
NAME_AND_TIME = re.compile(rf"\s*{DRESS}{LABEL}{UNDRESS}[\s,–-]+{_stamp('after')}\s*")
# As some write by hand: the role on a line of its own. Too short a word could be an answer.
ROLE_ALONE = re.compile(r"\s*(?P<label>[^\W\d_]{6,}(?: \d{1,2})?)\s*")
# "Client's mother" is a person of her own.
OF_A_ROLE = re.compile(r"(?:the )?(?:client|patient|therapist|counsell?or)['’]s \w+", re.IGNORECASE)
TIME_ALONE = re.compile(rf"\s*{_stamp('before')}\s*")

NOT_NAMES = frozenset(
    "a actually also although and anyway as because but basically exactly example finally first he here hey how"
    " however i'm if in is it it's like look maybe mean meaning my no note now oh ok okay one or question really right"
    " said say second she so sorry still that that's the then there they third this to um uh wait we well what when"
    " which who why with yeah yes you".split()
)
HEADER_NAMES = frozenset(
    "attendees case clinic copyright created date duration file filename from job language length location meeting"
    " modality name organizer page participants place project recorded recording session setting source speakers"
    " start subject time title to topic transcribed transcriber transcript transcription url version".split()
)
PARTICLES = frozenset("al bin da de del della den der di du el ibn la le of the ten ter van von zu".split())
# A header's line ("Title: …") does not come this often; a person may be called Page.
MANY_FOR_A_HEADER = 5
# No name is looked for beyond this; it bounds what the patterns can cost on a line.
MAX_HEAD = 160
# A label that is written small counts only when it opens this share of the labelled lines.
MIN_SHARE_OF_SMALL_LABELS = 0.1


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line with a label at its start; `text` is the rest of it, times are as written."""

    label: str
    text: str
    start: str | None
    end: str | None


def split_label(line: str) -> Labelled | None:
    """The label of a line, if it has the shape of one; whether it is a speaker only `speakers` can tell."""
    line = line.strip()
    head = line[:MAX_HEAD]
    if line == head and (match := NAME_AND_TIME.fullmatch(line)) and _is_name(match["label"]):
        return Labelled(_bare(match["label"]), "", match["after"], match["after_end"])
    if match := LABELLED.match(head):
        start, end = match["before"] or match["after"], match["before_end"] or match["after_end"]
        return Labelled(_bare(match["label"]), line[match.end() :].strip(), start, end)
    if line == head and (match := ROLE_ALONE.fullmatch(line)) and role_of(match["label"]):
        return Labelled(match["label"], "", None, None)
    return None


def time_alone(line: str) -> str | None:
    """The time on a line that holds nothing else."""
    line = line.strip()
    match = TIME_ALONE.fullmatch(line) if len(line) <= MAX_HEAD else None
    return match["before"] if match else None


def _bare(label: str) -> str:
    return label.strip().strip("*_-– ").strip()


def key(label: str) -> str:
    """What makes two spellings of a name one speaker: case and spaces do not."""
    return " ".join(label.casefold().split())


def speakers(lines: Iterable[Labelled]) -> dict[str, str]:
    """The labels that are speakers: key to the name to show, which is the first spelling.

    Numbers that count turns and not people (T1, C1, T2, C2, T3…) are taken off.
    """
    found = [line for line in lines if line.label]
    counts = Counter(key(line.label) for line in found)
    with_text = {key(line.label) for line in found if line.text}
    spelling = {key(line.label): line.label for line in reversed(found)}
    recurring = sum(1 for label, count in counts.items() if count > 1 and _is_name(spelling[label]))
    turn_numbered = _turn_numbered(counts)
    return {
        label: turn_numbered.get(label, spelling[label])
        for label, count in counts.items()
        if label in turn_numbered
        or _is_speaker(spelling[label], count, len(found), others_recur=recurring >= 2, speaks=label in with_text)
    }


def _turn_numbered(counts: Counter[str]) -> dict[str, str]:
    series: dict[str, list[str]] = {}
    for label in counts:
        match = re.fullmatch(r"([^\W\d_]+)\s?\d{1,4}", label)
        if match and (len(match[1]) <= 3 or role_of(match[1])):
            series.setdefault(match[1], []).append(label)
    # People are numbered too (P1, P2, P3), but not on both sides, and they speak more than once.
    counted = {
        letters: labels
        for letters, labels in series.items()
        if len(labels) >= 3 and sum(counts[label] for label in labels) <= 1.5 * len(labels)
    }
    return {label: letters.upper() for letters, labels in counted.items() if len(counted) > 1 for label in labels}


def _is_speaker(label: str, count: int, total: int, *, others_recur: bool, speaks: bool) -> bool:
    words = key(label).split()
    if split_role(label)[1] or OF_A_ROLE.fullmatch(label):
        return True
    if role_of(label) and len(words) <= 4 and (len(words) == 1 or NOT_NAMES.isdisjoint(words)):
        return True
    if key(label).rstrip("0123456789_ #") in HEADER_NAMES and count < MANY_FOR_A_HEADER:
        return False
    if all(word in NOT_NAMES for word in words) and not re.fullmatch("[A-Z]", label):
        return False
    if _is_name(label):
        return count > 1 or not others_recur or (speaks and _is_strictly_name(label))
    return speaks and len(words) <= 2 and count > 1 and count >= MIN_SHARE_OF_SMALL_LABELS * total


def _is_name(label: str) -> bool:
    """Up to five words, each with a capital or a digit at its start."""
    words = label.replace("(", " ").replace(")", " ").split()
    if not 1 <= len(words) <= 5 or re.search(r"[?!;…]|\.\s+[a-z]", label):
        return False
    return all(
        word[0].isupper() or word[0].isdigit() or not word[0].isalpha() or _is_small_part(word) for word in words
    )


def _is_small_part(word: str) -> bool:
    # Scripts without capitals have names too.
    return word.casefold() in PARTICLES or word.lower() == word.upper() or role_of(word) is not None


def _is_strictly_name(label: str) -> bool:
    words = label.split()
    return len(words) <= 3 and all(word[0].isupper() and word.casefold() not in NOT_NAMES for word in words)
