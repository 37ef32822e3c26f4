"""Text as a speech recogniser would leave it: no case, little punctuation, words lost, doubled or misheard."""

from __future__ import annotations

import re

import numpy as np

# What recognisers commonly make of frequent words.
MISHEARD = {
    "their": "there",
    "there": "their",
    "you're": "your",
    "they're": "there",
    "i'm": "im",
    "it's": "its",
    "don't": "dont",
    "can't": "cant",
    "and": "an",
    "then": "than",
    "to": "too",
    "of": "a",
    "have": "of",
    "know": "no",
    "feel": "fill",
    "feeling": "filling",
    "mum": "mom",
    "really": "rely",
    "was": "is",
    "want": "won't",
    "him": "them",
}


def degrade(text: str, rng: np.random.Generator, *, word_error: float = 0.06) -> str:
    """Lower case, punctuation and brackets gone, and about `word_error` of the words deleted, doubled or misheard.

    Where anything was said, something is heard.
    """
    words = re.sub(r"[^\w\s']", " ", re.sub(r"\[[^\]]*\]|\([^)]*\)", " ", text.lower())).split()
    heard: list[str] = []
    for word in words:
        draw = rng.random()
        if draw < word_error / 3 and len(words) > 2:
            continue
        if draw < word_error * 2 / 3:
            heard.append(MISHEARD.get(word, _slip(word, rng)))
        elif draw < word_error:
            heard.extend((word, word))
        else:
            heard.append(word)
    return " ".join(heard or words)


def _slip(word: str, rng: np.random.Generator) -> str:
    if len(word) < 4:
        return word
    at = int(rng.integers(1, len(word) - 1))
    return word[:at] + word[at + 1 :] if rng.random() < 0.5 else word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def lower_and_strip(text: str) -> str:
    """Only case and punctuation lost, every word kept."""
    return " ".join(re.sub(r"[^\w\s']", " ", text.lower()).split())
