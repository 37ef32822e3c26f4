"""What there is to say about a session, piece by piece: each with its place, words, confidence and evidence.

Terminal, page and notebook show these; they differ only in dress.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from attunement.episodes.model import Corrective, Moment, Repair, Rupture, SessionReading
from attunement.reports import words

FindingKind = Literal["rupture", "repair", "corrective", "insight", "missed", "met"]

MISSED_AT = 0.6  # chance that a moment was missed or harmed, from which it is shown by itself
MET_AT = 0.75
MOST_MISSED, MOST_MET = 3, 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, in words. `evidence` are turn numbers in the order of the session."""

    kind: FindingKind
    start: int
    end: int
    title: str
    text: str
    confidence: float | None
    evidence: tuple[int, ...]


def findings(reading: SessionReading) -> tuple[Finding, ...]:
    """Everything found, in the order of the session."""
    found = [
        *(rupture_finding(rupture, reading) for rupture in reading.ruptures),
        *(_repair_finding(repair) for repair in reading.repairs),
        *(_corrective_finding(corrective) for corrective in reading.correctives),
        *(_insight_finding(turn, reading) for turn in reading.insights),
        *(_moment_finding("missed", moment) for moment in missed_moments(reading)),
        *(_moment_finding("met", moment) for moment in met_moments(reading)),
    ]
    return tuple(sorted(found, key=lambda finding: (finding.start, finding.end)))


def repair_of(rupture: Rupture, reading: SessionReading) -> Repair | None:
    """The first repair that shares turns with the rupture."""
    touching = (r for r in reading.repairs if r.start <= rupture.end and rupture.start <= r.end)
    return min(touching, key=lambda repair: repair.start, default=None)


def missed_moments(reading: SessionReading) -> tuple[Moment, ...]:
    """The clearest moments missed or harmed that no rupture already tells of, likeliest first."""
    open_ones = _moments_outside(reading, reading.ruptures)
    missed = [moment for moment in open_ones if moment.missed + moment.harmed >= MISSED_AT]
    return tuple(sorted(missed, key=lambda m: (m.met, m.turn))[:MOST_MISSED])


def met_moments(reading: SessionReading) -> tuple[Moment, ...]:
    """The clearest moments met that no repair or corrective experience already tells of, likeliest first."""
    open_ones = _moments_outside(reading, (*reading.repairs, *reading.correctives))
    met = [moment for moment in open_ones if moment.met >= MET_AT]
    return tuple(sorted(met, key=lambda m: (-m.met, m.turn))[:MOST_MET])


def _moments_outside(reading: SessionReading, spans: tuple[Rupture | Repair | Corrective, ...]) -> Iterator[Moment]:
    for moment in reading.attunement.moments:
        if moment.reply is None:
            continue
        if not any(span.start <= moment.reply and moment.turn <= span.end for span in spans):
            yield moment


def rupture_finding(rupture: Rupture, reading: SessionReading) -> Finding:
    """A rupture with its kind, who took it up and how it ended.

    The cause is left out: as a guess it is right too seldom to be put into a therapist's mind (see the model card).
    """
    what = f"The client {words.KIND[rupture.kind]}"
    return Finding(
        kind="rupture",
        start=rupture.start,
        end=rupture.end,
        title=f"Rupture: {rupture.kind}",
        text=f"{what}. {taken_up(rupture, reading)}",
        confidence=rupture.confidence,
        evidence=tuple(sorted(rupture.evidence)),
    )


def taken_up(rupture: Rupture, reading: SessionReading) -> str:
    """Whether and by whom a rupture was taken up, and how it ended, as a sentence."""
    if rupture.noticed == "not_taken_up":
        return "It was not taken up in this session."
    ending = {
        "full": "by the end the two were back together",
        "partial": "by the end it was partly mended",
        "none": "it was not mended by the end",
    }[rupture.resolution]
    repair = repair_of(rupture, reading)
    since = f" from turn {repair.start}" if repair else ""
    who = f"The {rupture.noticed_by} took it up" if rupture.noticed_by else "It was taken up"
    return f"{who}{since}, and {ending}."


def _repair_finding(repair: Repair) -> Finding:
    ending = {
        "full": "it was settled between the two",
        "partial": "it was settled in part",
        "none": "it was not settled this time",
    }[repair.resolution]
    did = "took the strain up" if repair.initiated_by == "therapist" else "said what stood between them"
    return Finding(
        kind="repair",
        start=repair.start,
        end=repair.end,
        title="Repair",
        text=f"The {repair.initiated_by} {did}; {ending}.",
        confidence=repair.confidence,
        evidence=tuple(sorted(repair.evidence)),
    )


def _corrective_finding(corrective: Corrective) -> Finding:
    parts = words.listing(words.COMPONENT[component] for component in corrective.components)
    rest = "" if corrective.strength == "full" else " What it means was not yet put into words."
    return Finding(
        kind="corrective",
        start=corrective.start,
        end=corrective.end,
        title=f"Corrective experience ({corrective.strength})",
        text=f"{words.sentence(parts)}.{rest}",
        confidence=corrective.confidence,
        evidence=tuple(sorted(corrective.evidence)),
    )


def _insight_finding(turn: int, reading: SessionReading) -> Finding:
    return Finding(
        kind="insight",
        start=turn,
        end=turn,
        title="Insight",
        text="The client saw a link or a pattern. An understanding, not by itself a corrective experience.",
        confidence=float(reading.table.column("insight")[turn - 1]),
        evidence=(turn,),
    )


def _moment_finding(kind: Literal["missed", "met"], moment: Moment) -> Finding:
    assert moment.reply is not None
    called = f"The client {words.CALL[moment.call]}"
    if kind == "met":
        title, text, chance = "Well met", f"{called} and the therapist's answer met it.", moment.met
    else:
        missed = moment.missed + moment.harmed
        title, text, chance = (
            "Possibly missed",
            f"{called} and the therapist's answer seems to have passed it by.",
            missed,
        )
        if moment.harmed > moment.missed:
            title, text = "Possibly hurt", f"{called} and the therapist's answer may have hurt."
    return Finding(kind, moment.turn, moment.reply, title, text, chance, (moment.turn, moment.reply))
