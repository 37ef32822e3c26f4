"""The few phrases that sentences about a case share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attunement.case.alliance import CHECK_IN
from attunement.case.rapport import Rapport


def number(value: float) -> str:
    """A score as people write it: `8`, `8.5`."""
    return f"{round(value, 1):g}"


def of_ten(value: float) -> str:
    """A rating of the check-in: `7 of 10`."""
    return f"{number(value)} of 10"


def of_range(rapport: Rapport, session: int) -> str:
    """What was rated after a session, of how much: `8.5 of 10`, `SRS 37 of 40`."""
    value = rapport.at(session)
    if value is None:
        return "not rated"
    name = "" if rapport.name == CHECK_IN else f"{rapport.title} "
    return f"{name}{number(value)} of {number(rapport.range[1])}"


def turn_span(start: int, end: int) -> str:
    """`turn 4` or `turns 4–9`."""
    return f"turn {start}" if start == end else f"turns {start}–{end}"


def sessions(numbers: Sequence[int]) -> str:
    """`session 4`, `sessions 4 and 6`, `sessions 4, 6 and 7`."""
    return ("session " if len(numbers) == 1 else "sessions ") + listing(str(each) for each in numbers)


def listing(parts: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *rest, last = list(parts)
    return f"{', '.join(rest)} and {last}" if rest else last


def times(count: int, what: str, plural: str | None = None) -> str:
    """`once` things are one: `1 cancellation`, `2 cancellations`."""
    return f"{count} {what if count == 1 else plural or what + 's'}"
