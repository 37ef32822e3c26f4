"""Recent sessions in which sources disagree; the alert wonders, as the finding does."""

from __future__ import annotations

from collections.abc import Iterator

from attunement.case.alerts.material import Material
from attunement.case.alerts.urgency import UNKNOWN, urgency
from attunement.case.findings import Alert, HiddenStrain

NEXT_STEP = (
    "Do not put it to them as something found: say that it is easy to leave things out here and that you would like to "
    "know even so, then leave room."
)


def find(material: Material) -> Iterator[Alert]:
    """Alerts for recent findings, the latest session first, the surest of a session before the others."""
    recent = [each for each in material.hidden if material.is_recent(each.session)]
    for each in sorted(recent, key=lambda each: (-each.session, -_sureness(each))):
        says, _, _ = each.question.partition(". ")
        yield Alert(
            kind="hidden_strain",
            says=f"{says}.",
            evidence=each.evidence,
            confidence=each.confidence,
            basis=_basis(each),
            next_step=NEXT_STEP,
            urgency=urgency("hidden_strain", each.confidence),
        )


def _sureness(hidden: HiddenStrain) -> float:
    return UNKNOWN if hidden.confidence is None else hidden.confidence


def _basis(hidden: HiddenStrain) -> str:
    if hidden.confidence is None:
        return "Two answers of the client that do not go together; whether there is strain only they can say."
    return "The chance that the transcript says what is set against the other source, not that there is strain."
