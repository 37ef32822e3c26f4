"""What a case's writer marked, and the case as read but with the marked episodes in place of those found."""

from __future__ import annotations

from dataclasses import replace

from attunement.case.record import Case
from attunement.episodes.model import Corrective, Repair, SessionReading
from attunement.evaluation.coded import CodedEpisode
from benchmarks.held_out_cases import HeldOutCase
from training.episodes import same


def marked_in(case: HeldOutCase, kind: str) -> list[tuple[int, CodedEpisode]]:
    """Session number and episode of everything of this type that was marked."""
    return [(number, each) for number, coded in case.coded.items() for each in coded.episodes if each.type == kind]


def marked_at(
    marked: list[tuple[int, CodedEpisode]], number: int, start: int, end: int
) -> tuple[int, CodedEpisode] | None:
    """The marked episode that a found one overlaps by half or more, None where there is none."""
    return next((m for m in marked if m[0] == number and same((start, end), (m[1].start, m[1].end))), None)


def with_marked(case: HeldOutCase, kind: str) -> Case:
    """The case as read, but with the correctives or repairs that were marked."""

    def told(number: int, reading: SessionReading) -> SessionReading:
        marked = [each for each in case.coded[number].episodes if each.type == kind]
        if kind == "corrective":
            return replace(reading, correctives=tuple(_corrective(each) for each in marked))
        return replace(reading, repairs=tuple(_repair(each) for each in marked))

    sessions = tuple(
        replace(session, reading=told(session.number, session.reading)) if session.reading else session
        for session in case.case.sessions
    )
    return replace(case.case, sessions=sessions)


def _corrective(marked: CodedEpisode) -> Corrective:
    strength = marked.attributes["strength"]
    return Corrective(marked.start, marked.end, 1.0, (marked.start,), marked.components, strength)  # type: ignore[arg-type]


def _repair(marked: CodedEpisode) -> Repair:
    by, resolution = marked.attributes["initiated_by"], marked.attributes["resolution"]
    return Repair(marked.start, marked.end, 1.0, (marked.start,), by, resolution)  # type: ignore[arg-type]
