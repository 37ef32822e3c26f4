"""A text as words: where each stands, whether it has a capital, and whether it begins a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from attunement.deidentify.lists import folded

WORD = re.compile(r"[^\W\d_]+(?:['’&-][^\W\d_]+)*(?:['’](?=\W|$))?")
ENDS_SENTENCE = ".!?…:;—–)]*>"
CLOSES = "\"”’'"
OPENS = "\"“‘('[*"
# A full stop behind these ends no sentence.
SHORTENED = frozenset("mr mrs ms dr st prof mt jr sr rev".split())  # noqa: SIM905
LOOK_BACK = 20  # letters, so that the work grows no faster than the text
CONTRACTED = re.compile(r"['’](?:m|d|ll|ve|re|t)$", re.IGNORECASE)
# Sessions in which fewer turns begin with a capital come from a recogniser that writes everything small.
FEWEST_CAPITALS = 0.3


@dataclass(frozen=True, slots=True)
class Token:
    """One word; `key` is what makes two spellings one word."""

    start: int
    end: int
    text: str
    key: str
    is_first: bool

    @property
    def has_capital(self) -> bool:
        """Whether it begins with one."""
        return self.text[0].isupper()

    @property
    def is_loud(self) -> bool:
        """Whether it is all capitals."""
        return len(self.text) > 1 and self.text.isupper()


def tokens(text: str) -> list[Token]:
    """The words of a text, in order."""
    found: list[Token] = []
    for match in WORD.finditer(text):
        before = text[max(0, match.start() - LOOK_BACK) : match.start()].rstrip()
        said = before.rstrip(CLOSES) if text[match.start() - 1 : match.start()] == " " else before
        is_first = not said or said[-1] in ENDS_SENTENCE or text[match.start() - 1] in OPENS
        if is_first and found and before.endswith(".") and found[-1].key in SHORTENED:
            is_first = False
        word = match[0]
        found.append(Token(match.start(), match.end(), word, folded(CONTRACTED.sub("", word)), is_first))
    return found


def is_all_small(texts: Sequence[str]) -> bool:
    """Whether a session's turns are written without capitals, as some recognisers do."""
    letters = [next((letter for letter in text if letter.isalpha()), "") for text in texts]
    begun = [letter for letter in letters if letter]
    return bool(begun) and sum(letter.isupper() for letter in begun) < FEWEST_CAPITALS * len(begun)
