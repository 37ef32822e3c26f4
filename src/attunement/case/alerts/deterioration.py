"""Symptoms, functioning or wellbeing have become reliably worse since the first answer."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import NormalDist

from attunement.case.alerts.material import Material
from attunement.case.alerts.urgency import urgency
from attunement.case.findings import Alert, Evidence, MeasureChange
from attunement.case.rapport import called
from attunement.case.record import Case
from attunement.case.wording import listing, number

# One bad answer after better ones is no course yet.
SO_FAR_ONCE = 0.7
NEXT_STEP = (
    "Show the client what the answers say and ask how it is for them; then look together at the two of you, at hope "
    "for change, support and life outside, before you change what you do."
)


def find(material: Material) -> Iterator[Alert]:
    """One alert, led by the questionnaire that got worse most."""
    worse = [change for change in material.changes if change.reliable == "deteriorated"]
    if not worse:
        return
    worse.sort(key=lambda change: change.index or 0.0)
    most = worse[0]
    once = all(_was_not_worse_before(material, change) for change in worse)
    chance = None if most.index is None else NormalDist().cdf(abs(most.index))
    yield Alert(
        kind="deterioration",
        says=f"{_course(material.case, most)} and so is worse by more than its measurement error"
        f"{_others(material.case, worse[1:])}{'; the answer before was not' if once else ''}.",
        evidence=tuple(piece for change in worse for piece in _answers(change)),
        confidence=chance,
        basis="How likely it is that there is a change for the worse, if measurement error were all that blurs the two "
        "answers" + (" (one bad day does too: this is one answer so far)." if once else "."),
        next_step=NEXT_STEP,
        urgency=round(urgency("deterioration", chance) * (SO_FAR_ONCE if once else 1.0), 3),
    )


def _course(case: Case, change: MeasureChange) -> str:
    first, last = change.first, change.last
    return (
        f"{called(case, change.instrument)} went from {number(first.value)} after session {first.session} "
        f"to {number(last.value)} after session {last.session}"
    )


def _others(case: Case, changes: list[MeasureChange]) -> str:
    return f", as are {listing(called(case, change.instrument) for change in changes)}" if changes else ""


def _answers(change: MeasureChange) -> Iterator[Evidence]:
    for point in (change.last, change.first):
        yield Evidence(point.session, measure=change.instrument, value=point.value)


def _was_not_worse_before(material: Material, change: MeasureChange) -> bool:
    """Whether the last answer but one was no worse than the first; False when there are only two."""
    between = [
        score.value
        for score in material.case.scores.of(change.instrument)
        if score.value is not None
        and score.session is not None
        and change.first.session < score.session < change.last.session
    ]
    worsening = change.last.value - change.first.value
    return bool(between) and (between[-1] - change.first.value) * worsening <= 0
