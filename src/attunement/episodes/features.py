"""What the span models look at: signs a turn gives, and what they add up to over a span."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from attunement.codebook import CODES, FAILURE, OPENING, REPAIR, STRAIN, STRAIN_CONFRONTATION, STRAIN_WITHDRAWAL
from attunement.coder.decisions import GROUPS
from attunement.coder.table import CodeTable

Floats = npt.NDArray[np.floating[Any]]

# Signs made of several codes: the chance that the turn carries any of them.
ANY_OF: dict[str, tuple[str, ...]] = {
    "strain": STRAIN,
    "withdrawal": STRAIN_WITHDRAWAL,
    "confrontation": STRAIN_CONFRONTATION,
    "opening": OPENING,
    "owning": ("acknowledge_part", "clarify_misunderstanding"),
    "exploring": ("invite_feedback", "disclose_here_now", "link_pattern"),
    "making_room": ("validate_defence", "change_task", "explain_rationale"),
    "repair": REPAIR,
    "failure": FAILURE,
    "attuned": ("reflection_complex", "validation", "senses_unspoken", "warmth"),
    "directing": ("advice", "information", "structuring", "question_closed"),
    "belief": ("belief_self", "belief_other"),
}
SINGLE = (
    "names_rupture",
    "felt_met",
    "disclosure",
    "fear_of_response",
    "feeling",
    "grief",
    "insight",
    "new_view",
    "change_outside",
    "ending_bid",
    "hostile",
    "redirect",
    "frame",
)
SIGNS = (*ANY_OF, *SINGLE, "experiencing", "empathy")

# Signs whose strongest turn in a span says more than their sum.
PEAKS = (
    "strain",
    "withdrawal",
    "confrontation",
    "names_rupture",
    "felt_met",
    "disclosure",
    "fear_of_response",
    "grief",
    "new_view",
    "repair",
    "owning",
    "failure",
    "attuned",
    "experiencing",
)


LEVELS = np.arange(3)  # of experiencing and of each empathy mechanism


def signs_of(table: CodeTable) -> Floats:
    """(turns, signs): each between 0 and 1, zero on turns of the other speaker."""
    probabilities = np.nan_to_num(table.probabilities)
    index = {code: column for column, code in enumerate(CODES)}
    columns = [
        np.nan_to_num(table.group(name))
        if name in GROUPS
        else 1 - np.prod(1 - probabilities[:, [index[code] for code in codes]], axis=1)
        for name, codes in ANY_OF.items()
    ]
    columns += [probabilities[:, index[code]] for code in SINGLE]
    columns.append(np.nan_to_num(table.experiencing) @ LEVELS / 2)
    columns.append((np.nan_to_num(table.empathy) @ LEVELS).max(axis=1) / 2)
    return np.stack(columns, axis=1)


def _shifted(values: Floats, by: int) -> Floats:
    """Row t holds what stood at t - by; zero beyond the ends."""
    moved = np.zeros_like(values)
    if by > 0:
        moved[by:] = values[:-by]
    else:
        moved[:by] = values[-by:]
    return moved


def border_features(signs: Floats) -> Floats:
    """(turns, 5 × signs): this turn, the one before, the one after, and the strongest of three before and after."""
    before = np.maximum.reduce([_shifted(signs, by) for by in (1, 2, 3)])
    after = np.maximum.reduce([_shifted(signs, -by) for by in (1, 2, 3)])
    return np.concatenate([signs, _shifted(signs, 1), _shifted(signs, -1), before, after], axis=1)


def span_features(signs: Floats) -> Floats:
    """(turns, turns, features) of the span from row to column: its peaks, its length, whether it ends the session.

    Only the upper triangle has meaning. Columns of `signs` beyond `SIGNS` count as peaks too.
    """
    n = len(signs)
    start, end = np.arange(n)[:, None], np.arange(n)[None, :]
    length = np.maximum(end - start + 1, 1)
    peaks = signs[:, [*(SIGNS.index(name) for name in PEAKS), *range(len(SIGNS), signs.shape[1])]]
    peak = np.maximum.accumulate(np.where((end >= start)[..., None], peaks[None, :, :], 0.0), axis=1)
    is_last = np.broadcast_to(end == n - 1, (n, n))
    lengths = [
        np.log(length),
        length / 10,
        length <= 2,
        length <= 4,
        length > 20,
        is_last,
        is_last * np.log(length),
        np.broadcast_to(start == 0, (n, n)),
    ]
    return np.concatenate([peak, np.stack(lengths, axis=-1)], axis=-1)
