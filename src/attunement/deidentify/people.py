"""Which names mean one and the same: "Maribel", "Maribel Santos", "Mari"; each gets one number over all sessions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from attunement.deidentify import lists
from attunement.deidentify.found import Found
from attunement.deidentify.kinds import Kind
from attunement.deidentify.tokens import tokens

CLIENT, THERAPIST = "[CLIENT]", "[THERAPIST]"
SHORTEST = 3  # letters from which a beginning counts as a short form: "Mari" of "Maribel"
# What a word was taken for in most places it is taken for in all; at a tie, the first of these.
PREFERENCE = (Kind.PERSON, Kind.PLACE, Kind.ORGANISATION, Kind.ORIGIN, Kind.NAME)


@dataclass
class Placeholders:
    """Gives every name its placeholder; the same to all its forms, in the order in which they were first said.

    `speakers` are the placeholders of the names of those who speak, by the folded name.
    """

    speakers: dict[str, str] = field(default_factory=dict)
    _votes: dict[str, dict[Kind, int]] = field(default_factory=dict)
    _order: list[str] = field(default_factory=list)
    _settled: dict[str, tuple[Kind, str]] | None = None

    def take(self, found: Found) -> None:
        """Remember one finding, in the order of the sessions."""
        name = plain(found.words)
        if name not in self._votes:
            self._order.append(name)
        votes = self._votes.setdefault(name, {})
        votes[found.kind] = votes.get(found.kind, 0) + 1
        self._settled = None

    def of(self, found: Found) -> tuple[Kind, str]:
        """The kind and the placeholder of a finding that was taken."""
        if self._settled is None:
            self._settled = self._settle()
        return self._settled[plain(found.words)]

    def _settle(self) -> dict[str, tuple[Kind, str]]:
        kinds = {name: self._kind(name) for name in self._order}
        same = _same_people([name for name in self._order if kinds[name] is Kind.PERSON], self.speakers)
        numbers: dict[tuple[Kind, str], int] = {}
        settled = {}
        for name in self._order:
            kind, first = kinds[name], same.get(name, name)
            if first in self.speakers:
                settled[name] = Kind.PERSON, self.speakers[first]
                continue
            number = numbers.setdefault((kind, first), sum(each is kind for each, _ in numbers) + 1)
            settled[name] = kind, f"[{kind} {number}]"
        return settled

    def _kind(self, name: str) -> Kind:
        votes = self._votes[name]
        told = {kind: count for kind, count in votes.items() if kind is not Kind.NAME} or votes
        return max(told, key=lambda kind: (told[kind], -_rank(kind)))


def plain(words: str) -> str:
    """A name's words folded: what makes two spellings of it one."""
    found = [word.key for word in tokens(words)]
    return " ".join(found) if found else " ".join(words.casefold().split())


def _rank(kind: Kind) -> int:
    return PREFERENCE.index(kind) if kind in PREFERENCE else len(PREFERENCE)


def _same_people(names: Iterable[str], speakers: Iterable[str]) -> dict[str, str]:
    """The first form of each name that is a part, a beginning or a short form of exactly one other."""
    known = list(dict.fromkeys([*speakers, *names]))
    longer = sorted(known, key=lambda name: (-len(name.split()), -len(name)))
    groups = {name: [name] for name in known}
    for name in known:
        meant = [other for other in longer if other != name and _may_mean(name, other)]
        # Forms of forms count once: "Mari" may mean "Maribel", who may be "Maribel Santos".
        ends = {other for other in meant if not any(_may_mean(other, each) for each in meant if each != other)}
        if len(ends) == 1:
            _join(groups, name, ends.pop())
    return {name: min(group, key=known.index) for name, group in groups.items()}


def _join(groups: dict[str, list[str]], name: str, other: str) -> None:
    if groups[name] is not groups[other]:
        joined = groups[name] + groups[other]
        groups.update(dict.fromkeys(joined, joined))


def _may_mean(name: str, other: str) -> bool:
    words, others = name.split(), other.split()
    if len(words) > 1:
        return len(others) > len(words) and all(word in others for word in words)
    if len(others) > 1:
        return name in others or _is_short_for(name, others[0]) or _is_short_for(others[0], name)
    return _is_short_for(name, other)


def _is_short_for(name: str, full: str) -> bool:
    is_beginning = len(name) >= SHORTEST and full.startswith(name)
    return name != full and (is_beginning or full in lists.nicknames().get(name, ()))
