"""How the words are used over all of a client's sessions: which are names in some places, and so perhaps in others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from attunement.deidentify.tokens import is_all_small, tokens


@dataclass
class Talk:
    """Counts over everything said: `inside` capitals inside sentences, `small` small letters, by the folded word.

    `known` are the names of those who speak, `wanted` is always replaced, `kept` never.
    """

    known: frozenset[str] = frozenset()
    wanted: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    inside: Counter[str] = field(default_factory=Counter)
    small: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(
        cls,
        sessions: Iterable[Sequence[str]],
        *,
        known: Iterable[str] = (),
        wanted: Iterable[str] = (),
        kept: Iterable[str] = (),
    ) -> Talk:
        """Count over the turns of all sessions; those without any capitals say nothing of names."""
        talk = cls(frozenset(known), frozenset(wanted), frozenset(kept))
        for texts in sessions:
            if is_all_small(texts):
                continue
            for text in texts:
                talk.take(text)
        return talk

    def take(self, text: str) -> None:
        """Count one turn."""
        for token in tokens(text):
            if token.has_capital and not token.is_first:
                self.inside[token.key] += not token.is_loud
            elif not token.has_capital:
                self.small[token.key] += 1

    def is_mostly_name(self, word: str) -> bool:
        """Whether the word has a capital inside sentences more often than it is small."""
        return self.inside[word] > self.small[word]
