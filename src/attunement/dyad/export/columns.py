"""What the tables have in common: names of people, numbers with gaps, which sessions were held."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from attunement.dyad.export.study import Study


class Names:
    """What clients, therapists and clinics are called: `c001`, `t01`, `k1`."""

    def __init__(self, study: Study) -> None:
        self.client = _numbered("c", np.arange(study.courses.dyads))
        self.therapist = _numbered("t", study.courses.design.therapist)
        self.clinic = _numbered("k", study.courses.design.clinic)


def _numbered(letter: str, numbers: NDArray[np.integer[Any]]) -> NDArray[np.str_]:
    width = len(str(int(numbers.max()) + 1))
    return np.array([f"{letter}{number + 1:0{width}d}" for number in numbers])


def numbers(values: NDArray[np.floating[Any]], decimals: int) -> Any:
    """With NA where there is none; whole numbers as such."""
    column = pd.array(values, dtype="Float64")
    return column if decimals else column.astype("Int64")


def attended(study: Study) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Session (from 0) and client of every session held, client by client."""
    who, when = np.nonzero(study.courses.attended.T)
    return when, who
