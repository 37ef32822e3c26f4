"""Times that can be, in an order that can be; whatever had to be left out or changed is said."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from attunement.transcripts.utterance import Utterance, places

# Times beyond eleven days are dates, not places in a recording.
LONGEST_RECORDING_S = 1e6
# Speakers overlap; a start this much before the last one is a jump.
JUMP_S = 60.0


def sound(spoken: list[Utterance], unit: str, warnings: list[str]) -> list[Utterance]:
    """Leave out times that cannot be, and count dates from the first turn."""
    starts = [each.start_s for each in spoken if each.start_s is not None and math.isfinite(each.start_s)]
    if starts and min(starts) > LONGEST_RECORDING_S:
        warnings.append("Times are given as dates; they were counted from the first turn.")
        spoken = [_shifted(utterance, min(starts)) for utterance in spoken]
    negative = [each.place for each in spoken if _is_negative(each.start_s) or _is_negative(each.end_s)]
    unreadable = [each.place for each in spoken if _is_unreadable(each.start_s) or _is_unreadable(each.end_s)]
    sound = [replace(each, start_s=_possible(each.start_s), end_s=_possible(each.end_s)) for each in spoken]
    reversed_ = [each.place for each in sound if _ends_before_it_starts(each)]
    for problem, where in (("negative", negative), ("unreadable", unreadable), ("end before start", reversed_)):
        if where:
            warnings.append(f"Times left out ({problem}): {places(unit, where)}.")
    return [replace(each, end_s=None) if _ends_before_it_starts(each) else each for each in sound]


def _shifted(utterance: Utterance, zero: float) -> Utterance:
    def moved(time: float | None) -> float | None:
        return None if time is None else round(time - zero, 3)

    return replace(utterance, start_s=moved(utterance.start_s), end_s=moved(utterance.end_s))


def _is_negative(time: float | None) -> bool:
    return time is not None and time < 0


def _is_unreadable(time: float | None) -> bool:
    return time is not None and not math.isfinite(time)


def _possible(time: float | None) -> float | None:
    return None if time is None or not math.isfinite(time) or time < 0 else time


def _ends_before_it_starts(utterance: Utterance) -> bool:
    return utterance.start_s is not None and utterance.end_s is not None and utterance.end_s < utterance.start_s


def in_order(spoken: list[Utterance], unit: str, warnings: list[str]) -> list[Utterance]:
    """Sort by time what was written speaker after speaker; otherwise the file's order stands, and jumps are said."""
    starts = [each.start_s for each in spoken]
    known = [start for start in starts if start is not None]
    if len(known) == len(starts) and known != sorted(known) and _speaker_after_speaker(spoken):
        warnings.append("The file gives one speaker after the other; turns were put in order of time.")
        return sorted(spoken, key=lambda each: each.start_s or 0.0)
    timed = [each for each in spoken if each.start_s is not None]
    jumps = [
        later.place
        for earlier, later in pairwise(timed)
        if later.start_s is not None and earlier.start_s is not None and later.start_s < earlier.start_s - JUMP_S
    ]
    if jumps:
        warnings.append(f"Times jump back ({places(unit, jumps)}); turns were left in the order of the file.")
    return spoken


def _speaker_after_speaker(spoken: list[Utterance]) -> bool:
    changes = sum(1 for earlier, later in pairwise(spoken) if earlier.speaker != later.speaker)
    counts = Counter(each.speaker for each in spoken)
    return changes == len(counts) - 1 and min(counts.values()) >= 2 and len(counts) > 1
