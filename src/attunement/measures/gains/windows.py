"""Mean and standard deviation of three scores in a row, missing ones left out, for all clients and sessions at once.

Sums are kept in extended precision, as R keeps them, so that scores which lie exactly on a limit fall on the same side.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
WINDOW = 3  # sessions on either side of a change
OUTSIDE = WINDOW - 1  # sessions of a window that may lie before the first or after the last


@dataclass(frozen=True)
class Windows:
    """Arrays of clients × windows; window `k` ends with session `k`, counted from 0, and the last two run over the end.

    `deviation` is meaningless where `count` is below 2, `mean` where it is 0.
    """

    mean: Floats
    deviation: Floats
    count: NDArray[np.int64]

    def before(self) -> Windows:
        """For each interval, from the one after the second session on, the window that ends before it."""
        return self._between(1, -WINDOW - 1)

    def after(self) -> Windows:
        """For each interval the window that begins after it."""
        return self._between(1 + WINDOW, -1)

    def _between(self, first: int, last: int) -> Windows:
        return Windows(self.mean[:, first:last], self.deviation[:, first:last], self.count[:, first:last])


def windows(values: Floats) -> Windows:
    """The windows of scores given as clients × sessions, missing scores NaN."""
    padded = np.pad(values, ((0, 0), (OUTSIDE, OUTSIDE)), constant_values=np.nan)
    sessions = [padded[:, first : first + padded.shape[1] - OUTSIDE] for first in range(WINDOW)]
    count = np.sum([~np.isnan(session) for session in sessions], axis=0)
    rough = _total(sessions) / np.maximum(count, 1)
    mean = (rough + _total([session - rough for session in sessions]) / np.maximum(count, 1)).astype(np.float64)
    variance = _total([(session - mean) ** 2 for session in sessions]) / np.maximum(count - 1, 1)
    return Windows(mean, np.sqrt(variance.astype(np.float64)), count)


def _total(terms: Iterable[NDArray[np.floating[Any]]]) -> Any:
    """The sum of the terms that are known."""
    total: Any = np.longdouble(0)
    for term in terms:
        total = total + np.where(np.isnan(term), 0, term)
    return total
