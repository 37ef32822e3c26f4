"""The turns a finding rests on, most telling first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from attunement.episodes.features import SIGNS, Floats
from attunement.episodes.semimarkov import Span

# A turn is evidence when its sign is at least this strong; the strongest one always is.
TELLING = 0.3
MOST = 4


def _strongest(column: Floats, span: Span, most: int = MOST) -> list[int]:
    rows = np.arange(span.first, span.last + 1)
    order = rows[np.argsort(-column[rows], kind="stable")][:most]
    return [int(row) for place, row in enumerate(order) if place == 0 or column[row] >= TELLING]


def _sign(signs: Floats, name: str) -> Floats:
    return np.asarray(signs[:, SIGNS.index(name)])


def _numbers(rows: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(row + 1 for row in rows))


def rupture_evidence(signs: Floats, span: Span) -> tuple[int, ...]:
    """The client's strongest turns of strain, and the therapist's turn that set it off where one stands out."""
    strain = _strongest(np.maximum(_sign(signs, "withdrawal"), _sign(signs, "confrontation")), span)
    opening, failure = replace(span, last=min(span.first + 1, span.last)), _sign(signs, "failure")
    trigger = [row for row in _strongest(failure, opening, 1) if failure[row] >= TELLING]
    return _numbers([*strain, *trigger])


def repair_evidence(signs: Floats, span: Span) -> tuple[int, ...]:
    """The turns that take the strain up, on either side."""
    return _numbers(_strongest(np.maximum(_sign(signs, "repair"), _sign(signs, "names_rupture")), span))


def corrective_evidence(signs: Floats, span: Span) -> tuple[int, ...]:
    """One turn each for what was risked, how it was answered, that it arrived, and what it changed (if it did)."""
    risk = np.maximum.reduce([_sign(signs, name) for name in ("disclosure", "fear_of_response", "names_rupture")])
    answer = np.maximum(_sign(signs, "attuned"), _sign(signs, "repair"))
    arrived, changed = _sign(signs, "felt_met"), _sign(signs, "new_view")
    rows = [_strongest(column, span, 1)[0] for column in (arrived, risk, answer)]
    return _numbers([*rows, *(row for row in _strongest(changed, span, 1) if changed[row] >= TELLING)])
