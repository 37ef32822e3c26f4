"""What was done: counts by kind, which may be handed on, and every word with its placeholder, which may not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import yaml

from attunement.deidentify.kinds import WORDS, Kind
from attunement.deidentify.wishes import Wishes

PROMISE = (
    "Nobody can promise that nothing is left: what is written unlike a name, a rare event, a way of speaking can still "
    "tell who somebody is. Read it before you hand it on."
)
REVIEW_HEAD = """\
# FOR YOUR EYES ONLY: this file says who is who, and by how many days dates were moved. Never hand it on.
# keep: words to leave as they are. also: words to replace too. Change them and run the command again.
# replaced: every name that was replaced, for you to look through.
"""


@dataclass(frozen=True, slots=True)
class Replacement:
    """One thing that was replaced: its words as they were, by what, how often, and where first."""

    kind: Kind
    words: str
    placeholder: str
    times: int
    session: int
    turn: int


@dataclass(frozen=True)
class Report:
    """Everything that was replaced, in the order of its first appearance, in so many sessions and turns."""

    replacements: tuple[Replacement, ...]
    sessions: int
    turns: int

    @property
    def counts(self) -> dict[Kind, int]:
        """How many words or groups of words were replaced, by kind; all kinds are there."""
        found: Counter[Kind] = Counter()
        for each in self.replacements:
            found[each.kind] += each.times
        return {kind: found[kind] for kind in Kind}

    @property
    def lines(self) -> list[str]:
        """The counts in words, those that are not 0."""
        return [f"{WORDS[kind]}: {count}" for kind, count in self.counts.items() if count]


def review(report: Report, wishes: Wishes) -> str:
    """The review file: wishes as they are, and what was replaced."""
    content = {
        "days": wishes.days,
        "keep": list(wishes.keep),
        "also": list(wishes.also),
        "replaced": [
            {
                "words": each.words,
                "by": each.placeholder,
                "times": each.times,
                "first": f"session {each.session}, turn {each.turn}",
            }
            for each in report.replacements
        ],
    }
    return REVIEW_HEAD + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000)
