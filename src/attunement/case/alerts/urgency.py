"""How urgent each kind of alert is, and which of two that rest on the same evidence is the more specific."""

from __future__ import annotations

from attunement.case.findings import AlertKind

# By how soon something is lost if nobody acts: a therapy that ends, a client who gets worse, strain that sets. The
# order is a judgement, the figures only keep it.
WEIGHT: dict[AlertKind, float] = {
    "ending_risk": 0.9,
    "deterioration": 0.8,
    "unrepaired_rupture": 0.7,
    "probable_rupture": 0.6,
    "not_on_track": 0.5,
    "hidden_strain": 0.4,
    "no_gain_in_safety": 0.3,
}

# Most specific first. A rupture in the transcript says more than a dip of the rating after it; a bid to end is taken as
# such before it is wondered about; a reliable change says more than a course that differs from others'.
MOST_SPECIFIC_FIRST: tuple[AlertKind, ...] = (
    "unrepaired_rupture",
    "ending_risk",
    "deterioration",
    "not_on_track",
    "probable_rupture",
    "hidden_strain",
    "no_gain_in_safety",
)
# Where there is no figure, neither sure nor unsure.
UNKNOWN = 0.5


def urgency(kind: AlertKind, confidence: float | None) -> float:
    """0–1: the weight of the kind, lowered by up to two fifths the less sure it is."""
    return round(WEIGHT[kind] * (0.6 + 0.4 * (UNKNOWN if confidence is None else confidence)), 3)
