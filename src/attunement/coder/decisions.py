"""From probabilities to decisions: which codes are given to a turn.

Alone, a code is decided where its probability reaches its threshold. Codes of a group (strain, its two kinds, repair,
failure) are rare each and easily taken for one another, while that there is any of them can be told more surely. So the
group decides whether, the codes decide which: where the group's probability reaches its gate, those of its codes that
reach their thresholds, or else the likeliest of them; where it does not, none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from attunement.codebook import CODES, FAILURE, REPAIR, STRAIN, STRAIN_CONFRONTATION, STRAIN_WITHDRAWAL

Floats = npt.NDArray[np.floating[Any]]
Booleans = npt.NDArray[np.bool_]

# Groups that are judged as such, beside their members: any of these codes in the turn.
GROUPS: dict[str, tuple[str, ...]] = {
    "strain": STRAIN,
    "withdrawal": STRAIN_WITHDRAWAL,
    "confrontation": STRAIN_CONFRONTATION,
    "repair": REPAIR,
    "failure": FAILURE,
}
COLUMNS = {name: [list(CODES).index(code) for code in codes] for name, codes in GROUPS.items()}


def decide(
    probabilities: Floats, groups: Floats, thresholds: Mapping[str, float], gates: Mapping[str, float]
) -> Booleans:
    """Which codes are given to which turns, (turns, codes), from (turns, codes) and (turns, groups) probabilities."""
    decided: Booleans = probabilities >= np.array([thresholds[code] for code in CODES])
    is_open = {name: groups[:, index] >= gates[name] for index, name in enumerate(GROUPS)}
    for name in ("withdrawal", "confrontation", "repair", "failure"):
        _gate(decided, probabilities, COLUMNS[name], is_open[name])
    # Strain whose kind is unclear: the likeliest of all strain codes.
    unclear = is_open["strain"] & ~decided[:, COLUMNS["strain"]].any(axis=1)
    _add_likeliest(decided, probabilities, COLUMNS["strain"], unclear)
    return decided


def _gate(decided: Booleans, probabilities: Floats, columns: list[int], is_open: Booleans) -> None:
    decided[:, columns] &= is_open[:, None]
    _add_likeliest(decided, probabilities, columns, is_open & ~decided[:, columns].any(axis=1))


def _add_likeliest(decided: Booleans, probabilities: Floats, columns: list[int], rows: Booleans) -> None:
    likeliest = np.array(columns)[probabilities[:, columns].argmax(axis=1)]
    decided[rows, likeliest[rows]] = True
