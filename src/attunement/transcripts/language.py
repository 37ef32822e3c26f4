"""Is it English? Told by common words, and by letters that English does not use.

The coder has learnt from English alone; of any other language it would make nonsense that looks like a reading. About
half of what people say in English is made of a few hundred words (`language_words.ENGLISH`), whoever speaks and
however badly it was written down; in other languages hardly any are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from attunement.errors import InputError
from attunement.transcripts.language_words import ENGLISH, OTHERS, SCRIPTS
from attunement.transcripts.utterance import places

WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
NOTE = re.compile(r"\[[^\]]*\]")
# A session with fewer letters says too little; so does a turn with fewer words.
FEWEST_LETTERS, FEWEST_WORDS = 100, 6
# In English at least this share of a session's words are common English ones.
ENGLISH_SHARE = 0.3
# A turn is foreign where this share of its words are common in one other language, and more than are in English.
FOREIGN_SHARE = 0.3
# A session is refused from this share of letters in foreign turns on, and warned of from one foreign turn on.
MOSTLY = 0.5


@dataclass(frozen=True, slots=True)
class Signs:
    """What a text is made of: letters, words, common English words, and common words of each other language."""

    letters: int
    words: int
    english: int
    others: Counter[str]
    scripts: Counter[str]

    @property
    def language(self) -> str | None:
        """The other language it looks most like, None where nothing points to one."""
        script, letters = max(self.scripts.items(), key=lambda item: item[1], default=(None, 0))
        if 2 * letters > self.letters:
            return "Japanese" if self.scripts["Japanese"] else script
        language, found = max(self.others.items(), key=lambda item: item[1], default=(None, 0))
        return language if found >= FOREIGN_SHARE * self.words and found > self.english else None


def signs_of(text: str) -> Signs:
    """Count; notes in brackets are the transcriber's and do not count."""
    words = [word.casefold() for word in WORD.findall(NOTE.sub(" ", text).replace("’", "'"))]
    counts = Counter(words)
    return Signs(
        letters=sum(map(len, words)),
        words=len(words),
        english=sum(number for word, number in counts.items() if word in ENGLISH),
        others=Counter(
            {language: sum(counts[word] for word in common & counts.keys()) for language, common in OTHERS.items()}
        ),
        scripts=Counter() if text.isascii() else _scripts("".join(words)),
    )


def _scripts(letters: str) -> Counter[str]:
    return Counter({name: sum(first <= each <= last for each in letters) for name, (first, last) in SCRIPTS.items()})


def require_english(texts: Sequence[str]) -> list[str]:
    """What to tell the user about the language of a session's turns: nothing, or which turns are in another one.

    Raises:
        InputError: when the session as a whole is not in English. Too little text to tell is let pass.
    """
    whole = signs_of("\n".join(texts))
    if whole.letters < FEWEST_LETTERS:
        return []
    turns = [signs_of(text) for text in texts]
    foreign = {number: language for number, signs in enumerate(turns, start=1) if (language := _foreign(signs))}
    abroad = sum(turns[number - 1].letters for number in foreign)
    if whole.english < ENGLISH_SHARE * whole.words or abroad >= MOSTLY * whole.letters:
        language = whole.language or next(iter(Counter(foreign.values()).most_common(1)), (None,))[0]
        seems = f" but seems to be in {language}" if language else ""
        raise InputError(
            f"this session is not in English{seems}; Attunement has learnt from English alone and would only guess. "
            "Read a careful English translation instead, and trust it less."
        )
    return [_warning(foreign)] if foreign else []


def _foreign(signs: Signs) -> str | None:
    enough = signs.words >= FEWEST_WORDS or 2 * signs.scripts.total() > signs.letters
    return signs.language if enough else None


def _warning(foreign: dict[int, str]) -> str:
    languages = " and ".join(sorted(set(foreign.values()))[:2])
    one = len(foreign) == 1
    return (
        f"{places('Turn', foreign)} {'seems' if one else 'seem'} to be in another language ({languages}); "
        f"only English is understood, so pass over what is said of {'it' if one else 'them'}."
    )
