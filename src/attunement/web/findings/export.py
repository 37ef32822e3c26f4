"""A clinic's verdicts as `attunement evaluate` reads them: no word, no client, no therapist, no date."""

from __future__ import annotations

from secrets import SystemRandom
from typing import TYPE_CHECKING

from attunement.web.findings.models import Feedback
from attunement.web.people.models import Clinic

if TYPE_CHECKING:
    from attunement.evaluation.feedback import Judgement

HIGHEST = 999_999


def judgements_of(clinic: Clinic) -> tuple[Judgement, ...]:
    """All verdicts of a clinic, in an order that tells nothing.

    A session's number is drawn anew each time, so that two files cannot be laid beside one another.
    """
    from attunement.evaluation.feedback import Judgement

    rows = list(Feedback.objects.filter(client__clinic=clinic).defer("words"))
    sessions = list({row.session_id for row in rows})
    drawn = dict(zip(sessions, SystemRandom().sample(range(1, HIGHEST + len(sessions)), len(sessions)), strict=True))
    judgements = (
        Judgement(
            session=drawn[row.session_id],
            finding=row.finding,  # type: ignore[arg-type]
            start=row.start,
            end=row.end,
            probability=row.probability,
            verdict=row.verdict,  # type: ignore[arg-type]
            coder=row.coder,
        )
        for row in rows
    )
    return tuple(sorted(judgements, key=lambda each: (each.session, each.start, each.end, each.finding)))
