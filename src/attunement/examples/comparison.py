"""The bundled sessions as read by the program, beside what a careful reader found: hits, misses, inventions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from attunement.episodes.model import Episode
from attunement.evaluation.coded import EPISODE_TYPES, CodedEpisode, CodedSession
from attunement.evaluation.episodes import overlap, pairs, type_of
from attunement.examples.answers import DECISIVE, answer_to
from attunement.reading import Reading

if TYPE_CHECKING:
    from rich.console import RenderableType

Verdict = Literal["found", "in part", "missed", "not marked"]
WIDEST, INDENT = 96, 2  # columns


@dataclass(frozen=True, slots=True)
class Compared:
    """One episode of the answers, or one that only the program found.

    `marked` is the careful reader's, `found` the program's of the same type. `overlap` is the share of turns in both
    among the turns in either: from one half on the episode is `found`, below it `in part`.
    """

    session: str
    type: str
    verdict: Verdict
    marked: CodedEpisode | None
    found: Episode | None
    overlap: float = 0.0

    @property
    def is_decisive(self) -> bool:
        """True for what a careful reader found in the two sessions on which the cases turn."""
        return self.marked is not None and self.session in DECISIVE

    def __str__(self) -> str:
        return f"the {self.type} of {self.session}"


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
    both = [(reading, answer_to(reading.session.id)) for reading in readings]
    return Comparison(
        sessions=len(both),
        roles_right=sum(_same_roles(reading, answer) for reading, answer in both),
        episodes=tuple(each for reading, answer in both for each in _episodes(reading, answer)),
    )


def _same_roles(reading: Reading, answer: CodedSession) -> bool:
    return [turn.speaker for turn in reading.session.turns] == [turn.speaker for turn in answer.session.turns]


def _episodes(reading: Reading, answer: CodedSession) -> Iterator[Compared]:
    findings = reading.findings
    every: tuple[Episode, ...] = (*findings.ruptures, *findings.repairs, *findings.correctives)
    for type in EPISODE_TYPES:
        marked = [episode for episode in answer.episodes if episode.type == type]
        found = [episode for episode in every if type_of(episode) == type]
        yield from _compared(reading.session.id, type, marked, found)


def _compared(session: str, type: str, marked: Sequence[CodedEpisode], found: Sequence[Episode]) -> Iterator[Compared]:
    hits = dict(pairs([_span(episode) for episode in marked], [_span(episode) for episode in found]))
    free = [episode for place, episode in enumerate(found) if place not in hits.values()]
    for place, episode in enumerate(marked):
        if place in hits:
            hit = found[hits[place]]
            yield Compared(session, type, "found", episode, hit, _overlap(episode, hit))
        elif nearest := _nearest(episode, free):
            free.remove(nearest)
            yield Compared(session, type, "in part", episode, nearest, _overlap(episode, nearest))
        else:
            yield Compared(session, type, "missed", episode, None)
    for extra in free:
        yield Compared(session, type, "not marked", None, extra)


def _nearest(marked: CodedEpisode, free: Sequence[Episode]) -> Episode | None:
    touching = [episode for episode in free if _overlap(marked, episode) > 0]
    return max(touching, key=lambda episode: _overlap(marked, episode), default=None)


def _overlap(marked: CodedEpisode, found: Episode) -> float:
    return overlap(_span(marked), _span(found))


def _span(episode: Episode | CodedEpisode) -> tuple[int, int]:
    return episode.start, episode.end


def sentences(comparison: Comparison) -> list[str]:
    """The comparison in words, misses included."""
    decisive, marked = comparison.decisive, comparison.marked
    return [
        f"Who is the therapist: right in {comparison.roles_right} of {comparison.sessions} sessions.",
        f"Found {_count(decisive, 'found')} of the {len(decisive)} decisive episodes.",
        *(f"In part only: {each}." for each in decisive if each.verdict == "in part"),
        *(f"Missed: {each}." for each in decisive if each.verdict == "missed"),
        f"Of all {len(marked)} episodes: {_count(marked, 'found')} found, {_count(marked, 'in part')} in part, "
        f"{_count(marked, 'missed')} missed; {len(comparison.invented)} more that the careful reader did not mark.",
    ]


def _count(episodes: Sequence[Compared], verdict: Verdict) -> int:
    return sum(each.verdict == verdict for each in episodes)


def rendered(comparison: Comparison) -> RenderableType:
    """For `rich.print`: the sentences, then every episode."""
    from rich.console import Group
    from rich.constrain import Constrain
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    for head in ("session", "episode", "careful reader", "program", "shared", ""):
        table.add_column(head, no_wrap=True)
    for each in comparison.episodes:
        table.add_row(*_row(each))
    parts = Group(
        Text("Beside a careful reader", style="bold"),
        Text(),
        *(Text(sentence) for sentence in sentences(comparison)),
        Padding(table, (1, 0)),
        Text(
            "Numbers are turns. Shared: turns in both, of those in either; from .50 on an episode counts as found. "
            "* The two sessions on which the cases turn.",
            style="dim",
        ),
    )
    return Constrain(Padding(parts, (0, INDENT)), WIDEST)


def _row(each: Compared) -> tuple[str, ...]:
    marked = f"{each.marked.start}–{each.marked.end}" if each.marked else "–"
    found = f"{each.found.start}–{each.found.end} ({each.found.confidence:.0%})" if each.found else "–"
    shared = f"{each.overlap:.2f}" if each.overlap else ""
    return f"{each.session}{' *' if each.is_decisive else ''}", each.type, marked, found, shared, each.verdict
