"""A verdict on a finding: what was judged comes from the stored reading, never from what a browser sends."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from attunement.errors import InputError
from attunement.web.findings.models import Feedback, Verdict
from attunement.web.people.models import User
from attunement.web.sessions.models import Reading, Session


@dataclass(frozen=True, slots=True)
class Place:
    """Which finding of a session: its kind and its turns."""

    finding: str
    start: int
    end: int

    @property
    def anchor(self) -> str:
        """The name of the place on the page."""
        return f"{self.finding}-{self.start}-{self.end}"

    @classmethod
    def of(cls, feedback: Feedback) -> Place:
        """What a verdict is about."""
        return cls(feedback.finding, feedback.start, feedback.end)


def judge(session: Session, place: Place, *, author: User, verdict: Verdict, words: str | None) -> Feedback:
    """Keep a verdict, in the place of the author's last one on this finding.

    Raises:
        InputError: when there is no such finding (any more): the transcript was read anew, or is gone.
    """
    reading = Reading.objects.filter(session=session).first()
    if reading is None or place not in (probabilities := probabilities_of(reading)):
        raise InputError("this finding is no longer there; load the page again.")
    with transaction.atomic():
        withdraw(session, place, author=author)
        return Feedback.objects.create(
            client_id=session.client_id,
            session=session,
            transcript_id=reading.transcript_id,
            author=author,
            finding=place.finding,
            start=place.start,
            end=place.end,
            probability=probabilities[place],
            coder=reading.coder,
            verdict=verdict,
            words=words or None,
        )


def withdraw(session: Session, place: Place, *, author: User) -> None:
    """Take a verdict back."""
    Feedback.objects.filter(
        session=session, author=author, finding=place.finding, start=place.start, end=place.end
    ).delete()


def probabilities_of(reading: Reading) -> dict[Place, float | None]:
    """What the report of this reading shows, each finding with the probability (0–1) that it states."""
    from attunement.reports.findings import findings
    from attunement.web.reading.stored import unpacked_reading

    found = findings(unpacked_reading(reading.content))
    return {Place(each.kind, each.start, each.end): each.confidence for each in found}
