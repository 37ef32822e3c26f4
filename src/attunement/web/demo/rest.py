"""The rest of the invented clinic: colleagues with many clients, so that there are figures; rules, and what is due."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from attunement.web.alerts.models import Alert
from attunement.web.checkins.models import Answers, Link
from attunement.web.checkins.questions import CHECK_IN
from attunement.web.clients.consent import decide
from attunement.web.clients.models import Client, ConsentKind
from attunement.web.lead.models import ClinicSettings
from attunement.web.people.models import Clinic, User, token_hash
from attunement.web.reading.jobs import follow_client
from attunement.web.reading.models import CaseView
from attunement.web.reading.queue import LATER
from attunement.web.retention.models import Due, Kind, Rules
from attunement.web.sessions.models import Session

WEEK, FORTNIGHT = timedelta(days=7), timedelta(days=14)
# PHQ-9 at the first and the last session; what comes back of the check-ins (a letter a session, `-` where none came).
COURSES = (
    (19, 9, "567-788"),
    (16, 8, "66-7788"),
    (14, 13, "777-7-7"),
    (21, 12, "45-6678"),
    (12, 5, "7788889"),
    (17, 15, "66-66-6"),
    (18, 10, "5566-77"),
    (11, 18, "876-554"),
    (15, 14, "7-7788-"),
    (20, 11, "5-66778"),
    (13, 12, "8888-88"),
    (9, None, "77"),
    (18, 7, "6677889"),
    (16, 15, "--66-66"),
)
# Weeks since the last session; None while the therapy goes on.
ENDED = (None, None, None, 9, None, None, 30, None, 14, None, 21, None, 40, 26)
LONG_ENDED_YEARS = 11
# Alerts that have been open for a while: client's label, kind, days, the therapist's word (None: not seen).
OPEN = (
    ("K-03", "deterioration", 33, None),
    ("R-02", "probable_rupture", 6, "Take it up on Thursday."),
    ("IS-08", "deterioration", 24, "Asked how it is. She sees her doctor."),
)


def rest_of_clinic(clinic: Clinic, therapists: dict[str, User]) -> None:
    """Clients of these therapists, named by what is given as key; the clinic's settings and rules."""
    ClinicSettings.objects.create(clinic=clinic, distress="phq9")
    Rules.objects.create(clinic=clinic, transcripts_months=12, erase_years=10)
    for prefix, therapist in therapists.items():
        for number, (course, ended) in enumerate(zip(COURSES, ENDED, strict=True), start=1):
            _client(therapist, f"{prefix}-{number:02}", course, ended)
    _long_ended(next(iter(therapists.values())))
    _open_alerts(clinic)


def _client(therapist: User, label: str, course: tuple[int, int | None, str], ended: int | None) -> None:
    first, last, ratings = course
    client = Client.admit(therapist=therapist, label=label)
    decide(client, ConsentKind.ANALYSIS, is_given=True, by_client=False)
    end = timezone.now() - WEEK * (ended or 0) - timedelta(days=len(label) + first % 5)
    for number, rating in enumerate(ratings, start=1):
        _session(client, number, end - FORTNIGHT * (len(ratings) - number), rating)
    for number, total in ((1, first), (len(ratings), last)):
        if total is not None:
            session = Session.objects.get(client=client, number=number)
            Answers.objects.create(client=client, session=session, instrument="phq9", items={}, total=total)
    client.created_at = end - FORTNIGHT * len(ratings)
    client.ended_at = end if ended is not None else None
    client.save(update_fields=["created_at", "ended_at"])
    CaseView.objects.create(client=client)
    follow_client.using(priority=LATER).enqueue(str(client.pk))  # the other cases are looked at first


def _session(client: Client, number: int, moment: datetime, rating: str) -> None:
    """A session, the link that was sent after it, and what came back."""
    session = Session.objects.create(client=client, number=number, date=moment.date())
    answered = None if rating == "-" else moment + timedelta(hours=5)
    link = Link.objects.create(
        client=client,
        session=session,
        token_hash=token_hash(f"{client.pk}/{number}"),
        instruments=["check_in"],
        created_at=moment,
        expires_at=moment + 2 * WEEK,
        used_at=answered,
    )
    if answered:
        items = {question.name: int(rating) for question in CHECK_IN} | {"unsaid": 10 - int(rating)}
        Answers.objects.create(
            client=client, session=session, link=link, instrument="check_in", items=items, at=answered
        )


def _long_ended(therapist: User) -> None:
    """A therapy of long ago, which the clinic's rules say is to be erased."""
    client = Client.admit(therapist=therapist, label="Z-77")
    client.ended_at = timezone.now() - LONG_ENDED_YEARS * timedelta(days=366)
    client.created_at = client.ended_at - 40 * WEEK
    client.save(update_fields=["created_at", "ended_at"])
    Due.objects.create(client=client, kind=Kind.ERASURE, listed_at=timezone.now() - timedelta(days=5))


def _open_alerts(clinic: Clinic) -> None:
    """As if the worker had raised them some time ago; it finds them again, and leaves the day as it is."""
    by_label = {client.label: client for client in Client.objects.filter(clinic=clinic)}
    for label, kind, days, words in OPEN:
        raised, client = timezone.now() - timedelta(days=days), by_label[label]
        seen = None if words is None else raised + timedelta(days=2)
        Alert.objects.create(
            client=client,
            kind=kind,
            raised_at=raised,
            last_raised_at=raised,
            seen_at=seen,
            seen_by=client.therapist if words else None,
            words=words,
        )
