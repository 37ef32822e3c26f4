"""Folds that never split a case or a video, of about equal size, the same on every machine."""

from __future__ import annotations

import hashlib
from collections import defaultdict


def folds_of(groups: list[str], sizes: list[int], folds: int) -> list[int]:
    """The fold (from 0) of each session: groups dealt in an order drawn from their names, to the emptiest fold.

    Each source (the part of a group's name before the colon) is dealt on its own, so that every fold has its share.
    """
    total: dict[str, int] = defaultdict(int)
    for group, size in zip(groups, sizes, strict=True):
        total[group] += size
    fold_of: dict[str, int] = {}
    for source in sorted({group.split(":")[0] for group in total}):
        filled = [0] * folds
        members = [group for group in total if group.split(":")[0] == source]
        for group in sorted(members, key=lambda name: hashlib.sha256(name.encode()).hexdigest()):
            fold_of[group] = filled.index(min(filled))
            filled[fold_of[group]] += total[group]
    return [fold_of[group] for group in groups]
