"""Slows down whoever sends wrong tokens.

A token has 256 random bits, so that nobody finds one by trying; this keeps a program that was not told of a new token
from asking day and night. A right token is never held up by somebody else's wrong ones. Each server process counts for
itself.
"""

from __future__ import annotations

import hashlib

from django.core.cache import cache

AT_MOST, SECONDS = 20, 15 * 60


def is_slowed_down(address: str) -> bool:
    """Whether too many wrong tokens came from this address lately."""
    return int(cache.get(_key(address), 0)) >= AT_MOST


def count_wrong(address: str) -> None:
    """One more wrong token from this address."""
    cache.add(_key(address), 0, SECONDS)
    try:
        cache.incr(_key(address))
    except ValueError:  # it ended just now
        cache.add(_key(address), 1, SECONDS)


def _key(address: str) -> str:
    return f"wrong-tokens-{hashlib.sha256(address.encode()).hexdigest()[:24]}"
