"""The minutes worth watching first: what the excerpts hold, in the order in which a supervisor is shown it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from attunement.web.supervision import wording
from attunement.web.supervision.models import Excerpt


@dataclass(frozen=True)
class Watched:
    """One moment and the excerpt it stands in; the words are made when a page asks for them."""

    excerpt: Excerpt
    moment: dict[str, Any]

    @property
    def kind(self) -> str:
        """One of those of `picking`."""
        return str(self.moment["kind"])

    @property
    def reason(self) -> str:
        """Why it is worth watching."""
        return wording.reason(self.moment)

    @property
    def afterwards(self) -> str:
        """What later sessions say of it."""
        return wording.afterwards(self.moment)

    @property
    def turns(self) -> str:
        """Which turns."""
        return wording.turns(self.moment["start"], self.moment["end"])

    @property
    def confidence(self) -> str:
        """How likely a careful reader would mark it too."""
        return wording.confidence(self.moment["confidence"])

    @property
    def focus(self) -> int:
        """The turn to comment at: the first that it rests on."""
        quotes = self.moment["quotes"]
        return int(quotes[0]["turn"] if quotes else self.moment["start"])


@dataclass(frozen=True)
class Group:
    """All moments of one kind, of which a page shows the first few."""

    kind: str
    title: str
    why: str
    count: int
    shown: list[Watched]


def watched(excerpts: Iterable[Excerpt]) -> list[Watched]:
    """The moments of these sessions, each session's surest first; the order of the sessions stays."""
    return [
        Watched(excerpt, moment)
        for excerpt in excerpts
        for moment in sorted(excerpt.moments, key=lambda moment: -moment["confidence"])
    ]


def groups(moments: list[Watched], *, first: int) -> list[Group]:
    """The kinds in their order, with the first few moments of each."""
    found = []
    for kind, (title, why) in wording.GROUPS.items():
        of_kind = [each for each in moments if each.kind == kind]
        found.append(Group(kind, str(title), str(why), len(of_kind), of_kind[:first]))
    return found
