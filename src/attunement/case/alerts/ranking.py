"""All alerts of a case: one a kind, none twice on the same evidence, the most urgent first."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TYPE_CHECKING

from attunement.case.alerts import (
    deterioration,
    ending_risk,
    hidden_strain,
    no_gain_in_safety,
    not_on_track,
    probable_rupture,
    unrepaired_rupture,
)
from attunement.case.alerts.material import Material
from attunement.case.alerts.urgency import MOST_SPECIFIC_FIRST
from attunement.case.findings import (
    Alert,
    AlertKind,
    Evidence,
    Fit,
    Frame,
    HiddenStrain,
    MeasureChange,
    Threads,
)
from attunement.case.record import Case

if TYPE_CHECKING:
    from attunement.measures.alliance import AllianceCourse

FINDERS: dict[AlertKind, Callable[[Material], Iterator[Alert]]] = {
    "ending_risk": ending_risk.find,
    "deterioration": deterioration.find,
    "unrepaired_rupture": unrepaired_rupture.find,
    "probable_rupture": probable_rupture.find,
    "not_on_track": not_on_track.find,
    "hidden_strain": hidden_strain.find,
    "no_gain_in_safety": no_gain_in_safety.find,
}


def alerts_of(
    case: Case,
    changes: Sequence[MeasureChange],
    alliance: AllianceCourse | None,
    threads: Threads,
    hidden: Sequence[HiddenStrain],
    frame: Frame,
    fit: Fit,
) -> tuple[Alert, ...]:
    """What asks for attention before the next session, the most urgent first; empty when nothing does.

    The first piece of an alert's evidence is what raises it. What a more specific alert already shows raises no second
    one. No alert means that nothing was found, not that all is well; `looked_at` says what was looked at.
    """
    material = Material(case, tuple(changes), alliance, threads, tuple(hidden), frame, fit)
    kept: list[Alert] = []
    for kind in MOST_SPECIFIC_FIRST:
        told = {key for alert in kept for piece in alert.evidence for key in _keys(piece)}
        new = (alert for alert in FINDERS[kind](material) if not told & set(_keys(alert.evidence[0])))
        kept += [alert for alert in [next(new, None)] if alert is not None]
    return tuple(sorted(kept, key=lambda alert: -alert.urgency))


def _keys(piece: Evidence) -> Iterator[Hashable]:
    """The single things that a piece of evidence shows."""
    yield from (("turn", piece.session, turn) for turn in piece.turns)
    if piece.measure is not None:
        yield ("measure", piece.session, piece.measure)
    if piece.event is not None:
        yield ("event", piece.event)
