"""What every loader returns."""

from __future__ import annotations

from dataclasses import dataclass

from attunement.evaluation.coded import CodedSession


@dataclass(frozen=True, slots=True)
class CodedSet:
    """Sessions coded by people, from one file or folder.

    `format` is said to the user; `notes` are sentences on what was left out or decided on the way.
    """

    format: str
    sessions: tuple[CodedSession, ...]
    notes: tuple[str, ...] = ()
