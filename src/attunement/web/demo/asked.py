"""An invented questionnaire of the clinic's own, who is asked it, and what they answered."""

from __future__ import annotations

from datetime import timedelta

import msgspec
from django.utils import timezone

from attunement.web.checkins.models import Answers, Link
from attunement.web.clients.models import Client
from attunement.web.people.models import Clinic
from attunement.web.questionnaires.models import Asking, Questionnaire
from attunement.web.questionnaires.own import from_form
from attunement.web.questionnaires.words import Words
from attunement.web.sessions.models import Session

TITLE = "Days at the Mühlbach (invented)"
INTRO = "Think of the time since your last session. What was it like on most days?"
ITEMS = (
    "I slept well",
    "I had the strength for what I wanted to do",
    "I was with people I like",
    "Something weighed on me all day",
    "I was kind to myself",
    "I thought that I would rather not live",
)
ANSWERS = {"0": "never", "1": "on some days", "2": "on many days", "3": "almost every day"}
TURNED, DANGER = ("4", "6"), "6"
# By the client's label: every how many sessions, and the answers by the session's number.
ASKED: dict[str, tuple[int, dict[int, tuple[int, ...]]]] = {
    "K-03": (2, {2: (2, 2, 2, 1, 1, 0), 4: (1, 2, 1, 2, 1, 0), 6: (1, 1, 1, 3, 0, 1)}),
    "T-11": (4, {1: (0, 1, 1, 3, 0, 0), 5: (1, 2, 2, 2, 1, 0), 9: (3, 2, 3, 0, 2, 0)}),
    "D-14": (1, {1: (1, 1, 2, 2, 1, 0), 2: (2, 1, 2, 2, 1, 0)}),
}


def questionnaire_of(clinic: Clinic) -> None:
    """Set it up, and let some of the clients answer it."""
    made = _made(clinic)
    for client in Client.objects.filter(clinic=clinic):
        if client.label in ASKED:
            every, answered = ASKED[client.label]
            Asking.objects.create(client=client, questionnaire=made, every=every)
            for number, values in answered.items():
                _answered(client, number, made.name, values)


def _made(clinic: Clinic) -> Questionnaire:
    instrument = from_form(
        title=TITLE,
        domain="wellbeing",
        higher_is_better=True,
        combine="sum",
        items=len(ITEMS),
        ends=(0, 3),
        reversed_items=TURNED,
        may_be_missing=1,
    )
    texts = {item.name: text for item, text in zip(instrument.items, ITEMS, strict=True)}
    words = Words(heading="Days since we met", intro=INTRO, items=texts, answers=ANSWERS)
    return Questionnaire.objects.create(
        clinic=clinic,
        name=instrument.name,
        definition=msgspec.to_builtins(instrument),
        words=msgspec.to_builtins(words),
        risk_items=[DANGER],
        is_offered=True,
    )


def _answered(client: Client, number: int, name: str, values: tuple[int, ...]) -> None:
    session = Session.objects.get(client=client, number=number)
    link = _used(session, name)
    items = {str(place): value for place, value in enumerate(values, start=1)}
    Answers.objects.create(client=client, session=session, link=link, instrument=name, items=items, at=link.created_at)


def _used(session: Session, name: str) -> Link:
    """A link that was used on the day of the session."""
    Link.issue(session, instruments=(name,))
    made = Link.objects.filter(session=session).latest("created_at")
    day = timezone.now() - (timezone.localdate() - (session.date or timezone.localdate()))
    made.created_at, made.used_at, made.expires_at, made.sent = day, day, day + timedelta(days=14), [name]
    made.save()
    return made
