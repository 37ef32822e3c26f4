"""From figures to words: where the coder can be relied on in these sessions, and where it should not be.

The limits below are conventions, not laws. They are named here, in one place, and docs/evaluate.md repeats them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from attunement.evaluation.bootstrap import FEWEST_CASES
from attunement.evaluation.tables import rows

Trust = Literal["as a pointer", "with care", "no", "cannot tell"]

FEWEST_EXAMPLES = 20
# F1 that the interval's lower end must reach: below `POOR` no use, from `FAIR` on good enough to point at a turn.
POOR_F1, FAIR_F1 = 0.3, 0.5
# The same for chance-corrected agreement on scales (Landis & Koch, 1977: fair from .2, moderate from .4).
POOR_KAPPA, FAIR_KAPPA = 0.2, 0.4
LARGE_CALIBRATION_ERROR = 0.1
# A mean probability this many times above or below the human rate means that the coder expects another population.
SHIFTED_RATE = 2.0
# A sentence names no more than this many; `Caution.about` has them all.
LONGEST_LIST = 12


@dataclass(frozen=True, slots=True)
class Caution:
    """One way in which the coder should not be trusted here: a key for programs, the things concerned, a sentence."""

    reason: str
    about: tuple[str, ...]
    sentence: str


def presence_trust(row: Any) -> Trust:
    """For a row of the codes or groups: F1 first, then calibration and base rate, which only ever lower it."""
    trust = episode_trust(row)
    return "with care" if trust == "as a pointer" and (is_miscalibrated(row) or is_shifted(row)) else trust


def episode_trust(row: Any) -> Trust:
    """For a row of the episodes, from its F1."""
    return _trust(row.examples, row.f1_low, POOR_F1, FAIR_F1)


def scale_trust(row: Any) -> Trust:
    """For a row of the scales: weighted κ for degrees, κ for kinds; the rarest level must have its examples too."""
    low = row.kappa_low if pd.isna(row.weighted_kappa_low) else row.weighted_kappa_low
    return _trust(row.examples, low, POOR_KAPPA, FAIR_KAPPA)


def is_miscalibrated(row: Any) -> bool:
    """True when probabilities are off by more than a tenth on average."""
    return bool(row.calibration_error > LARGE_CALIBRATION_ERROR)


def is_shifted(row: Any) -> bool:
    """True when the coder expects the code more than twice, or less than half, as often as the human marked it."""
    if row.examples < FEWEST_EXAMPLES or pd.isna(row.expected_rate):
        return False
    return not row.rate / SHIFTED_RATE <= row.expected_rate <= row.rate * SHIFTED_RATE


def _trust(examples: int, low: float, poor: float, fair: float) -> Trust:
    if examples < FEWEST_EXAMPLES or pd.isna(low):
        return "cannot tell"
    return "no" if low < poor else "with care" if low < fair else "as a pointer"


def cautions(
    codes: pd.DataFrame, groups: pd.DataFrame, scales: pd.DataFrame, episodes: pd.DataFrame, cases: int
) -> tuple[Caution, ...]:
    """Every reason for caution that applies, the gravest first. Tables need their `trust` column."""
    found = [
        _few_cases(cases),
        _poor(codes, groups, scales, episodes),
        _few_examples(codes, groups, scales, episodes),
        _miscalibrated(codes),
        _shifted(codes),
        _never_coded(codes),
    ]
    return tuple(caution for caution in found if caution is not None)


def _few_cases(cases: int) -> Caution | None:
    if cases >= FEWEST_CASES:
        return None
    return Caution(
        "few_cases",
        (),
        f"Only {counted(cases, 'case')}: too few to say how much the figures would differ with other people. "
        f"No intervals are given below {FEWEST_CASES} cases, and no answer rests on them.",
    )


def _poor(*tables: pd.DataFrame) -> Caution | None:
    poor = [row for table in tables for row in rows(table) if row.trust == "no"]
    return _caution("poor_agreement", poor, "Do not rely on what it says of {}: it may well agree poorly with you.")


def _few_examples(*tables: pd.DataFrame) -> Caution | None:
    few = [row for table in tables for row in rows(table) if 0 < row.examples < FEWEST_EXAMPLES]
    text = f"Fewer than {FEWEST_EXAMPLES} of your examples, so nobody can tell yet: {{}}. Code more before you decide."
    return _caution("few_examples", few, text)


def _miscalibrated(codes: pd.DataFrame) -> Caution | None:
    off = [row for row in rows(codes) if is_miscalibrated(row)]
    text = "Do not take its probabilities at their word for {}: they are off by more than 10 points on average."
    return _caution("miscalibrated", off, text)


def _shifted(codes: pd.DataFrame) -> Caution | None:
    shifted = [row for row in rows(codes) if is_shifted(row)]
    each = (f"{row.label} (expects {_percent(row.expected_rate)}, you found {_percent(row.rate)})" for row in shifted)
    text = "It expects other base rates than yours, so it marks too much or too little: {}."
    return _caution("base_rate_shift", shifted, text, tuple(each))


def _never_coded(codes: pd.DataFrame) -> Caution | None:
    if not codes.examples.sum():
        return None  # a set without codes: only scales or labels were judged, and nobody expects codes
    never = [row for row in rows(codes) if row.examples == 0 and row.marked > 0]
    each = tuple(f"{row.label} ({row.marked})" for row in never)
    text = "It marks, and you never did; if you looked for them, these are false alarms: {}."
    return _caution("never_coded", never, text, each)


def _caution(reason: str, found: Sequence[Any], text: str, said: tuple[str, ...] = ()) -> Caution | None:
    if not found:
        return None
    about = tuple(dict.fromkeys(row.name for row in found))
    labels = list(dict.fromkeys(said or (row.label for row in found)))
    more = f" and {len(labels) - LONGEST_LIST} more" if len(labels) > LONGEST_LIST else ""
    return Caution(reason, about, text.format(", ".join(labels[:LONGEST_LIST]) + more))


def counted(number: int, noun: str) -> str:
    """`1 case`, `2,000 cases`."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _percent(share: float) -> str:
    return f"{100 * share:.{0 if share >= 0.1 else 1}f} %"
