"""The signs of the time line: what stands for what, in the terminal and in the picture, and in words."""

from __future__ import annotations

from attunement.reports.case.course import Course, Row, Sign

SIGNS: dict[Sign, str] = {
    **{"gain": "+", "loss": "−", "drop": "▾", "back": "▴", "full": "★", "partial": "☆"},
    **{"in_session": "●", "late": "◐", "missed": "○", "open": "?"},
    **{"late_start": "l", "cancelled": "c", "fee": "f", "room": "r", "break": "b", "state": "t"},
    **{"kept": "k", "broken": "x", "agreed": "a"},
}
SIGNS_ASCII: dict[Sign, str] = SIGNS | {
    **{"loss": "-", "drop": "v", "back": "^", "full": "*", "partial": "'"},
    **{"in_session": "@", "late": "%", "missed": "o"},
}
MEANING: dict[Sign, str] = {
    "gain": "sudden gain",
    "loss": "sudden loss",
    "drop": "probable rupture: a drop in ratings, unreliable",
    "back": "ratings back",
    "in_session": "taken up in the session",
    "late": "taken up later",
    "missed": "not taken up so far",
    "open": "cannot be told yet",
    "full": "full",
    "partial": "partial",
    "late_start": "late",
    "cancelled": "cancelled",
    "fee": "fee",
    "room": "room",
    "break": "break",
    "state": "therapist's state",
    "kept": "agreement kept",
    "broken": "not kept",
    "agreed": "not known yet",
}
# Rows in their order: title, and the colour they are drawn in.
ROWS: dict[Row, tuple[str, str]] = {
    "steps": ("sudden change", "attunement"),
    "ratings": ("ratings", "strain"),
    "ruptures": ("ruptures", "strain"),
    "corrective": ("corrective", "corrective"),
    "events": ("around it", "repair"),
}


def legend(course: Course, *, ascii_only: bool = False) -> list[tuple[str, list[tuple[str, str]]]]:
    """A row's title with its signs and their meaning, for what occurs."""
    signs = SIGNS_ASCII if ascii_only else SIGNS
    found = []
    for row, (title, _) in ROWS.items():
        seen = {mark.sign for mark in course.of(row)}
        if seen:
            found.append((title, [(signs[sign], MEANING[sign]) for sign in MEANING if sign in seen]))
    return found
