"""What a client would answer in the check-in of `attunement`, from the one rating that the model gives.

The model rates the alliance with one number. Its four items scatter around it (`ITEM_SPREAD`) in such a way that their
mean is the rating, up to rounding and the ends of the scale. What stays unsaid is what safety does not let out:
10 · (1 − safety), and in an open withdrawal only the share `open_withdrawn` of safety counts. Both are conventions of
the export, not of the model.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from attunement.dyad.courses import Courses
from attunement.dyad.model import WITHDRAWAL
from attunement.measures.alliance.check_in import ALLIANCE_ITEMS

ITEM_SPREAD = 0.8  # points; SD of an item around the rating before rounding
UNSAID_SPREAD = 1.0
ITEMS = (*ALLIANCE_ITEMS, "unsaid")


def check_in_answers(
    courses: Courses, draws: np.random.Generator, *, open_withdrawn: float
) -> dict[str, NDArray[np.float64]]:
    """Whole numbers 0–10 by item, (sessions, clients) each; high `unsaid` is bad, the others are good when high."""
    sessions, clients = courses.attended.shape
    # Client by client, so that the first clients answer the same however many there are.
    scatter = draws.normal(0, 1, (clients, sessions, len(ITEMS))).transpose(1, 0, 2)
    own = scatter[..., :-1] - scatter[..., :-1].mean(-1, keepdims=True)
    items = {
        name: _whole(courses.reports.rating + ITEM_SPREAD * own[..., place])
        for place, name in enumerate(ALLIANCE_ITEMS)
    }
    let_out = np.where(courses.state.rupture == WITHDRAWAL, open_withdrawn, 1.0) * courses.state.safety
    return items | {"unsaid": _whole(10 * (1 - let_out) + UNSAID_SPREAD * scatter[..., -1])}


def _whole(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.clip(np.round(values), 0, 10))
