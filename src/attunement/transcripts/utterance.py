"""What a format hands over: who said what, in the order of the file, before anyone knows who is the therapist."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Utterance:
    """One line, cue, row or segment of a file.

    `speaker` is the name as written, `None` where the file names nobody. `role` is what the file says the speaker is
    ("Therapist"), where it says so apart from the name. A time that the file gives but that cannot be read is NaN.
    `place` counts lines, rows… from 1, as the user would find them.
    """

    text: str
    speaker: str | None = None
    start_s: float | None = None
    end_s: float | None = None
    role: str | None = None
    place: int = 0


@dataclass
class Transcript:
    """One session as a format read it; `unit` is what `place` counts ("line", "row"), `warnings` are sentences."""

    utterances: list[Utterance]
    id: str | None = None
    warnings: list[str] = field(default_factory=list)
    unit: str = "line"


def places(unit: str, numbers: Iterable[int]) -> str:
    """Say where in words: `line 7`, `rows 3–5, 9`, with what is beyond eight ranges only counted."""
    ranges: list[list[int]] = []
    ordered = sorted(set(numbers))
    for number in ordered:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    shown = ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in ranges[:8])
    hidden = sum(last - first + 1 for first, last in ranges[8:])
    return f"{unit}{'' if len(ordered) == 1 else 's'} {shown}" + (f" and {hidden} more" if hidden else "")
