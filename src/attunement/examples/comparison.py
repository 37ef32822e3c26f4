"""The bundled sessions as read by the program, beside what a careful reader found: hits, misses, inventions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from attunement.episodes.model import Episode
from attunement.evaluation.coded import EPISODE_TYPES, CodedEpisode, CodedSession
from attunement.evaluation.episodes import overlap, pairs, type_of
from attunement.examples.answers import DECISIVE, answer_to
from attunement.reading import Reading

if TYPE_CHECKING:
    from rich.console import RenderableType


@dataclass(frozen=True, slots=True)
class Compared:
    """One episode of the answers or of the reading.

    `marked` is the careful reader's, None where the program invented it. `found` is the program's episode of the same
    type, None where it was missed; `overlap` is the share of turns in both among those in either. Where they overlap by
    less than half, the nearest is given but does not count: see `is_hit`.
    """

    session: str
    type: str
    marked: CodedEpisode | None
    found: Episode | None
    overlap: float
    is_hit: bool

    @property
    def is_decisive(self) -> bool:
        """True for episodes of the two sessions on which the cases turn."""
        return self.marked is not None and self.session in DECISIVE


@dataclass(frozen=True, slots=True)
class Comparison:
    """All episodes, session by session; `roles_right` are the sessions in which nobody was taken for the other."""

    sessions: int
    roles_right: int
    episodes: tuple[Compared, ...]

    @property
    def marked(self) -> list[Compared]:
        """What the careful reader found."""
        return [each for each in self.episodes if each.marked is not None]

    @property
    def decisive(self) -> list[Compared]:
        """Of these, the ones that a reading must not miss."""
        return [each for each in self.episodes if each.is_decisive]

    @property
    def invented(self) -> list[Compared]:
        """What only the program found."""
        return [each for each in self.episodes if each.marked is None]


def compare(readings: Sequence[Reading]) -> Comparison:
    """Readings of bundled sessions beside their answers."""
    answers = [answer_to(reading.session.id) for reading in readings]
    both = list(zip(readings, answers, strict=True))
    return Comparison(
        sessions=len(both),
        roles_right=sum(_same_roles(reading, answer) for reading, answer in both),
        episodes=tuple(each for reading, answer in both for each in _episodes(reading, answer)),
    )


def _same_roles(reading: Reading, answer: CodedSession) -> bool:
    return [turn.speaker for turn in reading.session.turns] == [turn.speaker for turn in answer.session.turns]


def _episodes(reading: Reading, answer: CodedSession) -> Iterator[Compared]:
    session, found = reading.session.id, reading.findings
    every: tuple[Episode, ...] = (*found.ruptures, *found.repairs, *found.correctives)
    for type in EPISODE_TYPES:
        marked = [episode for episode in answer.episodes if episode.type == type]
        ours = [episode for episode in every if type_of(episode) == type]
        hits = dict(pairs([_span(episode) for episode in marked], [_span(episode) for episode in ours]))
        free = [episode for place, episode in enumerate(ours) if place not in hits.values()]
        for place, episode in enumerate(marked):
            hit = ours[hits[place]] if place in hits else None
            nearest = hit or _nearest(episode, free)
            share = overlap(_span(episode), _span(nearest)) if nearest else 0.0
            yield Compared(session, type, episode, nearest, share, is_hit=hit is not None)
        for extra in free:
            yield Compared(session, type, None, extra, 0.0, is_hit=False)


def _nearest(marked: CodedEpisode, free: Sequence[Episode]) -> Episode | None:
    touching = [episode for episode in free if overlap(_span(marked), _span(episode)) > 0]
    return max(touching, key=lambda episode: overlap(_span(marked), _span(episode)), default=None)


def _span(episode: Episode | CodedEpisode) -> tuple[int, int]:
    return episode.start, episode.end


def rendered(comparison: Comparison) -> RenderableType:
    """For `rich.print`: the counts in words, then every episode."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    for head in ("session", "episode", "careful reader", "program", "shared", ""):
        table.add_column(head, no_wrap=True)
    for each in comparison.episodes:
        table.add_row(*_row(each))
    return Group(
        Text("Beside a careful reader", style="bold"),
        Text(),
        *(Text(sentence) for sentence in sentences(comparison)),
        Padding(table, (1, 0)),
        Text(
            "Numbers are turns. shared: turns in both, of those in either; from .50 on it counts as found. "
            "★ the two sessions on which the cases turn.",
            style="dim",
        ),
    )


def sentences(comparison: Comparison) -> list[str]:
    """The comparison in words, misses included."""
    decisive, marked = comparison.decisive, comparison.marked
    missed = [f"the {each.type} of {each.session}" for each in decisive if not each.is_hit]
    return [
        f"Who is the therapist: right in {comparison.roles_right} of {comparison.sessions} sessions.",
        f"Found {_hits(decisive)} of {len(decisive)} decisive episodes"
        + (f"; missed {', '.join(missed)}." if missed else "."),
        f"Found {_hits(marked)} of all {len(marked)} episodes, "
        f"and {len(comparison.invented)} that the reader did not mark.",
    ]


def _hits(episodes: Sequence[Compared]) -> int:
    return sum(each.is_hit for each in episodes)


def _row(each: Compared) -> tuple[str, ...]:
    marked = f"{each.marked.start}–{each.marked.end}" if each.marked else "–"
    found = f"{each.found.start}–{each.found.end} ({each.found.confidence:.0%})" if each.found else "–"
    verdict = "found" if each.is_hit else "missed" if each.marked else "not marked"
    name = f"{each.session} ★" if each.is_decisive else each.session
    return name, each.type, marked, found, f"{each.overlap:.2f}" if each.overlap else "", verdict
