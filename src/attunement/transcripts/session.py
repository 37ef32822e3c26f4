"""A session as two people speaking in turns, whatever file it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from attunement.codebook import Speaker


@dataclass(frozen=True, slots=True)
class Turn:
    """Everything one speaker says until the other speaks.

    `number` counts from 1. Times are seconds from the start of the recording, `None` where the file has none.
    `name` is the speaker as the file writes it.
    """

    number: int
    speaker: Speaker
    text: str
    start_s: float | None = None
    end_s: float | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Roles:
    """Who was taken as whom, and how that was found out.

    `how`: `named` by the user, `labelled` in the file ("Therapist:"), or `guessed` from the words.
    `confidence` (0.5–1) is set for guesses only. `others` maps each further speaker to the role whose turns
    theirs were read as, so that nobody is dropped in silence.
    """

    therapist: str
    client: str
    how: Literal["named", "labelled", "guessed"]
    confidence: float | None = None
    others: dict[str, Speaker] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Session:
    """One transcript, read.

    `source` is the file's name without folders, `None` for sessions made in memory. `warnings` are sentences for
    the user: which part of the file could not be read, who else spoke.
    """

    id: str
    turns: tuple[Turn, ...]
    roles: Roles
    source: str | None = None
    format: str | None = None
    warnings: tuple[str, ...] = ()

    @property
    def has_times(self) -> bool:
        """True when every turn has a start time."""
        return all(turn.start_s is not None for turn in self.turns)
