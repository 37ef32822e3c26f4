"""From what a format read to a session: the steps that all formats share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import accumulate, pairwise
from pathlib import PurePath

from attunement.codebook import Speaker
from attunement.errors import TranscriptError
from attunement.transcripts import roles, swaps, timing
from attunement.transcripts.labels import key
from attunement.transcripts.language import require_english
from attunement.transcripts.notation import canonical
from attunement.transcripts.role_names import role_of, split_role
from attunement.transcripts.session import Session, Turn
from attunement.transcripts.utterance import Transcript, Utterance, places

# A whole session has about 8,000 words. A turn beyond this is no turn: names are missing after its beginning.
MAX_TURN_WORDS = 20_000
LONG_TURN_WORDS = 3_000
FEW_TURNS = 6


def session_of(
    transcript: Transcript, *, therapist: str | None, name: str, format: str, any_language: bool = False
) -> Session:
    """Clean, merge, find the roles, number.

    Raises:
        TranscriptError: when there is nothing said, only one speaker, or a turn that is no turn.
        InputError: when `therapist` names nobody, or what is said is not English (unless `any_language`).
    """
    warnings = list(transcript.warnings)
    spoken = _clean(transcript, warnings)
    spoken = _with_speakers(spoken, transcript.unit, warnings)
    ordered = timing.in_order(timing.sound(spoken, transcript.unit, warnings), transcript.unit, warnings)
    merged = merge(ordered)
    _check_length(merged, transcript.unit, warnings)
    if not any_language:
        warnings += require_english([turn.text for turn in merged])
    found, remarks = roles.assign(_voices(merged), therapist)
    role = roles.role_of_each(found)
    warnings += _wrong_speakers(ordered, role) if not remarks else []
    turns = tuple(
        Turn(number, role[turn.speaker or ""], turn.text, turn.start_s, turn.end_s, turn.speaker)
        for number, turn in enumerate(merged, start=1)
    )
    if len(turns) < FEW_TURNS:
        warnings.append(f"Only {len(turns)} turns: codes can be read, but hardly anything about a session.")
    return Session(
        id=canonical(transcript.id or "") or PurePath(name).stem,
        turns=turns,
        roles=found,
        source=name,
        format=format,
        warnings=(*warnings, *remarks),
    )


def _clean(transcript: Transcript, warnings: list[str]) -> list[Utterance]:
    """Canonical text and names; what is empty goes, and is said."""
    spoken: list[Utterance] = []
    empty: list[Utterance] = []
    for utterance in _one_name_a_person(transcript.utterances):
        cleaned = replace(utterance, text=canonical(utterance.text))
        (spoken if cleaned.text else empty).append(cleaned)
    if not spoken:
        raise TranscriptError("nothing is said in this file.")
    if empty:
        warnings.append(f"Without words, so left out: {places(transcript.unit, (each.place for each in empty))}.")
    return spoken


def _one_name_a_person(utterances: list[Utterance]) -> list[Utterance]:
    """Names that differ only in case are one person; one name with two roles is two ("Speaker (client)")."""
    named = [split_role(canonical(utterance.speaker or "")) for utterance in utterances]
    stated = [canonical(utterance.role or "") or role for utterance, (_, role) in zip(utterances, named, strict=True)]
    roles_of: dict[str, set[str]] = {}
    for (name, _), role in zip(named, stated, strict=True):
        if role and (known := role_of(role)):
            roles_of.setdefault(key(name), set()).add(known)
    shown: dict[str, str] = {}
    result = []
    for utterance, (name, _), role in zip(utterances, named, stated, strict=True):
        if name and role and len(roles_of.get(key(name), ())) > 1:
            name = f"{name} ({role})"
        result.append(replace(utterance, speaker=shown.setdefault(key(name), name) or role, role=role))
    return result


def _with_speakers(spoken: list[Utterance], unit: str, warnings: list[str]) -> list[Utterance]:
    """Give what names nobody to the speaker before; before the first name, leave it out. Both are said."""
    nobody = [utterance.place for utterance in spoken if utterance.speaker is None]
    if not nobody:
        return spoken
    if len(nobody) == len(spoken):
        raise TranscriptError(
            "nothing says who speaks; use a recogniser that tells speakers apart (diarisation), "
            "or begin each turn with a name and a colon ('Therapist: …')."
        )
    first = next(index for index, utterance in enumerate(spoken) if utterance.speaker is not None)
    if first:
        early = [utterance.place for utterance in spoken[:first]]
        warnings.append(f"Said before anyone is named, so left out: {places(unit, early)}.")
    filled: list[Utterance] = []
    for utterance in spoken[first:]:
        last = filled[-1] if filled and utterance.speaker is None else utterance
        filled.append(replace(utterance, speaker=last.speaker, role=last.role))
    if len(nobody) > first:
        later = [utterance.place for utterance in spoken[first:] if utterance.speaker is None]
        warnings.append(f"No speaker named, so read as the speaker before: {places(unit, later)}.")
    return filled


def _wrong_speakers(ordered: list[Utterance], role: Mapping[str, Speaker]) -> list[str]:
    """A warning with the turns in which something fits the other speaker far better."""
    names = [utterance.speaker or "" for utterance in ordered]
    turn_of = list(accumulate((first != second for first, second in pairwise(names)), initial=1))
    found = swaps.doubtful([utterance.text for utterance in ordered], [role[name] for name in names])
    if not found:
        return []
    return [
        f"{places('Turn', (turn_of[place] for place in found))} may have the wrong speaker, wholly or in part: the "
        "words fit the other one far better. Look, and put it right before relying on what is said of it."
    ]


def merge(spoken: list[Utterance]) -> list[Utterance]:
    """One utterance for all that a speaker says until another speaks: words in order, from first start to last end."""
    groups: list[list[Utterance]] = []
    for utterance in spoken:
        if groups and groups[-1][-1].speaker == utterance.speaker:
            groups[-1].append(utterance)
        else:
            groups.append([utterance])
    return [replace(group[0], text=" ".join(each.text for each in group), end_s=_end(group)) for group in groups]


def _end(group: list[Utterance]) -> float | None:
    """The latest end, if the last utterance has one; earlier ones cannot stand for it."""
    start = group[0].start_s
    if group[-1].end_s is None:
        return None
    end = max(each.end_s for each in group if each.end_s is not None)
    return None if start is not None and end < start else end


def _check_length(merged: list[Utterance], unit: str, warnings: list[str]) -> None:
    for turn in merged:
        words = turn.text.count(" ") + 1
        where = f"{unit} {turn.place}"
        if words > MAX_TURN_WORDS:
            raise TranscriptError(
                f"the turn at {where} has {words:,} words, more than two whole sessions; "
                "names of speakers are probably missing after it."
            )
        if words > LONG_TURN_WORDS:
            warnings.append(f"The turn at {where} has {words:,} words; names of speakers may be missing after it.")


def _voices(merged: list[Utterance]) -> list[roles.Voice]:
    voices: dict[str, roles.Voice] = {}
    for turn in merged:
        voice = voices.setdefault(turn.speaker or "", roles.Voice(turn.speaker or "", None, []))
        voice.stated = voice.stated or turn.role
        voice.turns.append(turn.text)
    return list(voices.values())
