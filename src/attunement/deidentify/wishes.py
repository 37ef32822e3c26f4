"""What the user wants: words to leave, words to replace too; kept for the next time, with the days dates move by."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from attunement.deidentify.lists import folded
from attunement.errors import InputError

# Whole weeks keep the days of the week; less than five would leave dates nearly where they are.
FEWEST_WEEKS, MOST_WEEKS = 5, 52
MOST_DAYS = 20_000


def secret_days() -> int:
    """A number of days, back or forth, that nobody can guess: whole weeks, so that a Tuesday stays one."""
    weeks = FEWEST_WEEKS + secrets.randbelow(MOST_WEEKS - FEWEST_WEEKS + 1)
    return 7 * weeks * secrets.choice((-1, 1))


@dataclass(frozen=True)
class Wishes:
    """`keep` and `also` are words as they are spelled; `days` is how far dates are moved, secret."""

    keep: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    days: int = field(default_factory=secret_days)

    @property
    def kept(self) -> frozenset[str]:
        """The single words to leave, folded."""
        return frozenset(word for words in self.keep for word in map(folded, words.split()))

    @property
    def added(self) -> frozenset[str]:
        """The single words to replace, folded."""
        return frozenset(word for words in self.also for word in map(folded, words.split())) - self.kept

    def with_more(self, keep: Iterable[str], also: Iterable[str]) -> Wishes:
        """These and more words."""
        return Wishes((*self.keep, *keep), (*self.also, *also), self.days)


def read_wishes(path: Path) -> Wishes:
    """The wishes in a review file: lists `keep` and `also`, and `days`; its list of what was replaced is not read.

    Raises:
        InputError: when it is not such a file.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError):
        raise InputError(f"{path}: cannot be read as YAML; put it right, or delete it to begin anew.") from None
    if not isinstance(content, Mapping):
        raise InputError(f"{path}: holds no lists 'keep' and 'also'; delete it to begin anew.")
    days = content.get("days")
    if not isinstance(days, int) or isinstance(days, bool) or not 0 < abs(days) <= MOST_DAYS:
        raise InputError(f"{path}: 'days' must be a whole number, not 0; it says how far dates are moved.")
    return Wishes(_words(content, "keep", path), _words(content, "also", path), days)


def _words(content: Mapping[Any, Any], part: str, path: Path) -> tuple[str, ...]:
    words = content.get(part) or []
    if not isinstance(words, list):
        raise InputError(f"{path}: '{part}' must be a list; begin each word with '- '.")
    return tuple(str(word) for word in words)
