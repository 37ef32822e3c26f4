"""Turns put together into expectations, how sure it is that one returns, and how much of a session it takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from attunement.case.beliefs.likeness import Wording, likeness
from attunement.case.beliefs.voices import Voice
from attunement.case.findings import Point

Floats = npt.NDArray[np.floating[Any]]
# Groups are joined while their turns are on average this alike; chosen on the cases kept for choosing.
ALIKE = 0.94


@dataclass(frozen=True)
class Group:
    """Turns of one expectation, strongest first."""

    voices: tuple[Voice, ...]

    @property
    def weight(self) -> float:
        """How many of its turns, by the coder's probabilities, do voice an expectation."""
        return sum(voice.chance for voice in self.voices)

    @property
    def confidence(self) -> float:
        """The chance that it returns: that two of its turns or more do voice an expectation."""
        return min(1.0, float(distribution_of_count(voice.chance for voice in self.voices)[2:].sum()))

    @property
    def best_said(self) -> Voice:
        """The turn to quote."""
        return max(self.voices, key=lambda voice: voice.quotability)

    def strength(self, session: int, client_turns: int) -> Point:
        """The expected share of the session's client turns that voice it, 0–1, with 95 % by the coder's probabilities.

        0 without bounds where no turn was found: how much was missed cannot be told.
        """
        chances = [voice.chance for voice in self.voices if voice.session == session]
        if not chances:
            return Point(session, 0.0)
        cumulative = np.cumsum(distribution_of_count(chances))
        low, high = (int(np.searchsorted(cumulative, share)) for share in (0.025, 0.975))
        return Point(session, sum(chances) / client_turns, low / client_turns, high / client_turns)


def groups_of(voices: Sequence[Voice], wording: Wording) -> list[Group]:
    """Every turn in one group (average linkage), the weightiest group first."""
    members: dict[int, list[Voice]] = {}
    for label, voice in zip(labels(likeness(voices, wording)) if voices else (), voices, strict=True):
        members.setdefault(label, []).append(voice)
    groups = [Group(tuple(sorted(each, key=lambda voice: -voice.chance))) for each in members.values()]
    return sorted(groups, key=lambda group: -group.weight)


def labels(alike: Floats, *, at_least: float = ALIKE) -> list[int]:
    """The number of each row's group, from a symmetric table of likeness."""
    if len(alike) < 2:
        return [1] * len(alike)
    from scipy.cluster.hierarchy import fcluster, linkage  # takes a third of a second to import
    from scipy.spatial.distance import squareform

    most = float(alike.max())
    distances = squareform(most - alike, checks=False)
    return [int(label) for label in fcluster(linkage(distances, "average"), most - at_least, "distance")]


def distribution_of_count(chances: Iterable[float]) -> Floats:
    """The chance that 0, 1, 2, … of independent things with these chances are so."""
    distribution = np.ones(1)
    for chance in chances:
        distribution = np.convolve(distribution, [1 - chance, chance])
    return distribution
