"""Times as files write them, and times made up for formats that cannot do without."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from attunement.transcripts.session import Turn

CLOCK = re.compile(r"(-)?(?:(\d{1,6}):)?(\d{1,6}):(\d{1,2})(?:[.,](\d{1,9}))?")
SECONDS = re.compile(r"(-?\d{1,12}(?:\.\d{1,9})?)\s*(?:s|sec|seconds?)?")
ABSENT = {"", "-", "n/a", "na", "nan", "none", "null"}


def read_time(value: object) -> float | None:
    """Seconds from a clock ("1:02:03.4", "02:03"), a number or a date; None where there is none, NaN if unreadable."""
    if value is None or isinstance(value, bool):
        return None if value is None else math.nan
    if isinstance(value, int | float):
        return float(value) if abs(value) < 1e15 else math.nan
    if isinstance(value, datetime.timedelta):
        return value.total_seconds()
    if isinstance(value, datetime.datetime):
        return value.replace(tzinfo=value.tzinfo or datetime.UTC).timestamp()
    if isinstance(value, datetime.time):
        return value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6
    return _from_text(value.strip()) if isinstance(value, str) else math.nan


def _from_text(text: str) -> float | None:
    if text.casefold() in ABSENT:
        return None
    if match := CLOCK.fullmatch(text):
        return from_clock(match)
    if match := SECONDS.fullmatch(text):
        return float(match[1])
    try:
        return read_time(datetime.datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        return math.nan


def from_clock(match: re.Match[str]) -> float:
    """Seconds from a match of `CLOCK`; a fraction of any number of digits."""
    sign, hours, minutes, seconds, fraction = match.group(1, 2, 3, 4, 5)
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return float(f"{sign or ''}{whole}.{fraction or 0}")


def clock(seconds: float, mark: str = ".") -> str:
    """`01:02:03.400`, rounded to milliseconds; `mark` goes before them."""
    milliseconds = round(seconds * 1000)
    whole, milliseconds = divmod(milliseconds, 1000)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}{mark}{milliseconds:03d}"


MadeUp = Literal["", "start", "end", "start and end"]


@dataclass(frozen=True, slots=True)
class Slot:
    """A turn's place on the time line; `made_up` says which of its two times the turn did not have."""

    turn: Turn
    start_s: float
    end_s: float
    made_up: MadeUp


def slots(turns: tuple[Turn, ...]) -> Iterator[Slot]:
    """Give every turn a start and an end; one second each where the session has none."""
    cursor = 0.0
    for turn in turns:
        start = cursor if turn.start_s is None else turn.start_s
        end = start + 1 if turn.end_s is None else max(turn.end_s, start)
        yield Slot(turn, start, end, _made_up(turn))
        cursor = max(cursor, end)


def _made_up(turn: Turn) -> MadeUp:
    if turn.start_s is None:
        return "start and end" if turn.end_s is None else "start"
    return "end" if turn.end_s is None else ""
