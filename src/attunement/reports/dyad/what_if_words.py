"""A what-if in words."""

from __future__ import annotations

from attunement.dyad.what_if import WhatIf
from attunement.reports.dyad.wording import counted, decimal, share


def heading(found: WhatIf) -> str:
    """What is set side by side."""
    return f"What if: the {found.kind} before session {found.session}, {' or '.join(found.courses)}"


def opening(found: WhatIf) -> str:
    """Who this is, and where the two courses part."""
    first, second = found.courses
    return (
        f"Made-up client {found.client} comes to session {found.session} with a {found.kind} that stands open. In the "
        f"left course it is {first} in this session, in the right one {second}. Until then both are the same."
        if set(found.courses) == {"taken up", "let pass"}
        else f"Made-up client {found.client} comes to session {found.session} with a {found.kind} that stands open. "
        f"Left: {first}. Right: {second}."
    )


def ending(found: WhatIf, way: str) -> str:
    """How the course of this client ends, against its beginning."""
    courses = found.courses[way]
    last = int(courses.sessions_attended[0]) - 1
    start, state = courses.start, courses.state
    end = f"leaves after session {last + 1}" if courses.dropped_out[0] else f"stays for all {courses.sessions} sessions"
    return (
        f"{way}: {end}; safety {decimal(float(start.safety[0]))} → {decimal(float(state.safety[last, 0]))}, "
        f"old expectation {decimal(float(start.expectation[0]))} → {decimal(float(state.expectation[last, 0]))}, "
        f"distress {decimal(float(courses.first[0]), 1)} → {decimal(float(courses.last[0]), 1)} SD."
    )


def on_the_whole(found: WhatIf) -> list[str]:
    """The same choice over all clients who stood at this point: one course is one roll of the dice."""
    first, second = found.everyone.values()
    names = list(found.everyone)
    return [
        f"One course is one roll of the dice. Of {counted(first.clients, 'simulated client')} with a rupture open as "
        f"session {found.session} began:",
        *(
            f"{name}: {share(each.repaired)} repaired in that session, {share(each.left)} leave early; in the end "
            f"safety {decimal(each.safety)}, old expectation {decimal(each.expectation)}, distress "
            f"{decimal(each.distress)} SD."
            for name, each in zip(names, (first, second), strict=True)
        ),
    ]
