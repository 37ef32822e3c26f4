"""A rupture in a transcript that nobody took up, or that was not mended when it was."""

from __future__ import annotations

from collections.abc import Iterator

from attunement.case.alerts.material import Material
from attunement.case.alerts.urgency import urgency
from attunement.case.dips import dips_of
from attunement.case.findings import Alert, Evidence, RuptureFate
from attunement.case.wording import times, turn_span

# More likely there than not.
LIKELY = 0.5
# How often the finder is right about how a rupture was resolved (docs/model-card.md).
RESOLUTION_IS_RIGHT = 0.67

DID = {
    "withdrawal": "drawn back",
    "confrontation": "pushed back",
    "mixed": "both drawn back and pushed back",
}
NEXT_STEP = {
    "withdrawal": "Bring it up as yours to bring up: make room and say that holding back made sense, then ask what it "
    "was like, and only then see what to do differently.",
    "confrontation": "Ask to hear more of the objection and own your part in it before you explain anything; then see "
    "together what should change.",
    "mixed": "Come back to it and let both be welcome, the protest and the holding back; ask what it was like, and "
    "only then see what to do differently.",
}


def find(material: Material) -> Iterator[Alert]:
    """One alert about the surest of the recent ruptures that are open; its evidence shows the others too."""
    still_open = sorted(unrepaired(material), key=lambda fate: -confidence_in(fate))
    if still_open:
        yield _alert(material, still_open)


def unrepaired(material: Material) -> list[RuptureFate]:
    """Recent ruptures, likely enough, that were not taken up, or taken up in the session and not mended by its end."""
    return [
        fate
        for fate in material.threads.ruptures
        if material.is_recent(fate.session) and fate.rupture.confidence >= LIKELY and is_unrepaired(fate)
    ]


def is_unrepaired(fate: RuptureFate) -> bool:
    """Whether a rupture is open as far as is known; one taken up in a later session counts as seen to."""
    if fate.noticed == "in_session":
        return fate.rupture.resolution != "full"
    return fate.noticed in ("open", "missed")


def confidence_in(fate: RuptureFate) -> float:
    """The chance (0–1) that there was a rupture and that it is open."""
    right = RESOLUTION_IS_RIGHT if fate.noticed == "in_session" else fate.confidence
    return fate.rupture.confidence * right


def _alert(material: Material, fates: list[RuptureFate]) -> Alert:
    surest, rest = fates[0], fates[1:]
    rupture, confidence = surest.rupture, confidence_in(surest)
    more = f"; {times(len(rest), 'other rupture')} of late seem{'s' if len(rest) == 1 else ''} open too" if rest else ""
    return Alert(
        kind="unrepaired_rupture",
        says=f"In session {surest.session} ({turn_span(rupture.start, rupture.end)}) the client may have "
        f"{DID[rupture.kind]}, and {_what_became(surest)}{more}.",
        evidence=tuple(_evidence(material, fates)),
        confidence=confidence,
        basis="The chance that a careful reader finds a rupture there, times how often it is rightly told what "
        "became of one; from the transcripts alone.",
        next_step=NEXT_STEP[rupture.kind],
        urgency=urgency("unrepaired_rupture", confidence),
    )


def _what_became(fate: RuptureFate) -> str:
    if fate.noticed == "in_session":
        return "although it was taken up, it did not seem mended by the end"
    return "it was not taken up then" + (" or since" if fate.noticed == "missed" else "")


def _evidence(material: Material, fates: list[RuptureFate]) -> Iterator[Evidence]:
    """The ruptures, and the dips of the rating that belong to them."""
    yield from (Evidence(fate.session, fate.rupture.evidence) for fate in fates)
    sessions = {fate.session for fate in fates}
    yield from (dip for dip in dips_of(material.rapport, material.alliance) if dip.session in sessions)
