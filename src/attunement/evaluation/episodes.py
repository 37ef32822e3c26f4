"""Which found episodes are the ones a person marked."""

from __future__ import annotations

from collections.abc import Sequence

from attunement.episodes.model import Corrective, Episode, Repair
from attunement.evaluation.coded import CodedEpisode

SAME_FROM_OVERLAP = 0.5

Span = tuple[int, int]
AnyEpisode = Episode | CodedEpisode


def type_of(episode: AnyEpisode) -> str:
    """`rupture`, `repair` or `corrective`."""
    if isinstance(episode, CodedEpisode):
        return episode.type
    return "corrective" if isinstance(episode, Corrective) else "repair" if isinstance(episode, Repair) else "rupture"


def spans(episodes: Sequence[AnyEpisode], kind: str) -> list[Span]:
    """First and last turn of every episode of one type."""
    return [(episode.start, episode.end) for episode in episodes if type_of(episode) == kind]


def overlap(one: Span, other: Span) -> float:
    """Intersection over union of the turns of two spans, 0–1; both ends belong to a span."""
    shared = min(one[1], other[1]) - max(one[0], other[0]) + 1
    if shared <= 0:
        return 0.0
    return shared / (one[1] - one[0] + other[1] - other[0] + 2 - shared)


def pairs(marked: Sequence[Span], found: Sequence[Span]) -> list[tuple[int, int]]:
    """Indices of marked and found spans that are the same episode, each span used once, best overlap first."""
    candidates = [
        (i, j)
        for i, one in enumerate(marked)
        for j, other in enumerate(found)
        if overlap(one, other) >= SAME_FROM_OVERLAP
    ]
    # Equal overlaps are settled by place in the session, so that the order in which episodes are listed never counts.
    candidates.sort(key=lambda pair: (-overlap(marked[pair[0]], found[pair[1]]), marked[pair[0]], found[pair[1]]))
    taken: list[tuple[int, int]] = []
    for i, j in candidates:
        if all(i != used_i and j != used_j for used_i, used_j in taken):
            taken.append((i, j))
    return taken
