"""Mean and standard deviation of three scores in a row, missing ones left out, for all clients and sessions at once.

Sums are kept in extended precision, as R keeps them, so that scores which lie exactly on a limit fall on the same side.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    known = _three_in_a_row(~np.isnan(padded))
    scores = _three_in_a_row(np.nan_to_num(padded))
    count = np.sum(known, axis=0)
    mean = (_total(scores) / np.maximum(count, 1)).astype(np.float64)
    squares = _total([((score - mean) * there) ** 2 for score, there in zip(scores, known, strict=True)])
    variance = (squares / np.maximum(count - 1, 1)).astype(np.float64)
    return Windows(mean, np.sqrt(variance), count)


def _three_in_a_row(sessions: NDArray[Any]) -> list[NDArray[Any]]:
    """The first, second and third session of every window."""
    return [sessions[:, first : sessions.shape[1] - OUTSIDE + first] for first in range(WINDOW)]


def _total(terms: Sequence[Floats]) -> NDArray[np.longdouble]:
    total = terms[0].astype(np.longdouble)
    for term in terms[1:]:
        total += term
    return total
