"""The alliance in the project's own check-in; a made-up composite, not validated."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from attunement.errors import InputError

ALLIANCE_ITEMS = ("understood", "safe", "goals", "fit")
FEWEST_ITEMS = 3


@dataclass(frozen=True, slots=True)
class CheckInAlliance:
    """`alliance` 0–10, higher is better; `unsaid` 0–10 as answered, higher is more left unsaid. Not validated."""

    alliance: float | None
    unsaid: float | None


def check_in_alliance(answers: Mapping[str, float | None]) -> CheckInAlliance:
    """Mean of understood, safe, goals and fit; what was left unsaid stays apart, for a high rating can hide it.

    `None` with fewer than three of the four answered. Other answers are passed over.

    Raises:
        InputError: an answer lies outside 0–10.
    """
    given = [value for item in ALLIANCE_ITEMS if (value := _answer(answers, item)) is not None]
    alliance = sum(given) / len(given) if len(given) >= FEWEST_ITEMS else None
    return CheckInAlliance(alliance, _answer(answers, "unsaid"))


def _answer(answers: Mapping[str, float | None], item: str) -> float | None:
    value = answers.get(item)
    if value is None or math.isnan(value):
        return None
    if not 0 <= value <= 10:
        raise InputError(f"the answer to {item!r} is {value:g}: the check-in goes from 0 to 10")
    return value
