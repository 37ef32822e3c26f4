"""Fills an empty database with the invented clinic; the worker then reads the transcripts."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from attunement import examples
from attunement.case.events import NAME as EVENTS
from attunement.case.events import read_events
from attunement.case.record import Event as CaseEvent
from attunement.measures.answers import load_scores
from attunement.web.api.models import Token
from attunement.web.api.scopes import Scope
from attunement.web.checkins.models import Answers, FeltOff, Link
from attunement.web.checkins.questions import CHECK_IN
from attunement.web.clients.consent import decide
from attunement.web.clients.ending import end
from attunement.web.clients.models import Client, ConsentKind, consents
from attunement.web.demo.asked import questionnaire_of
from attunement.web.demo.invented import CLIENTS, CLINIC, COMMENTS, CRISIS, STAFF, SUPERVISION, Invented
from attunement.web.demo.rest import rest_of_clinic
from attunement.web.findings.models import Comment
from attunement.web.people.models import Clinic, Supervision, User
from attunement.web.reading.queue import case_changed
from attunement.web.research.jobs import make_later
from attunement.web.research.models import Export, State
from attunement.web.sessions.models import Event, Session
from attunement.web.sessions.upload import upload

T = TypeVar("T")
WEEK = timedelta(days=7)


def build() -> None:
    """Everybody, unless somebody is there already."""
    if Clinic.objects.exists():
        return
    with transaction.atomic():
        people = _staff()
        for folder in examples.cases():
            _bundled(folder, people["alma"])
        for invented in CLIENTS:
            _invented(invented, people[invented.therapist])
        questionnaire_of(people["chris"].clinic)
        rest_of_clinic(people["chris"].clinic, {"IS": people["ida"], "TN": people["tomasz"]})
        _comments(people)
        _programs(people["alma"])
        _exports(people["noor"])


def _staff() -> dict[str, User]:
    clinic = Clinic.objects.create(name=CLINIC, crisis_text=CRISIS)
    people = {
        key: User.objects.create_user(clinic=clinic, email=f"{key}@example.org", name=name, password=None, roles=roles)
        for key, (name, roles) in STAFF.items()
    }
    for supervisor, therapist in SUPERVISION:
        Supervision.objects.create(supervisor=people[supervisor], therapist=people[therapist])
    return people


def _programs(therapist: User) -> None:
    """A token in use, and one that has ended."""
    Token.issue(therapist, name="Practice system", scopes=(Scope.CLIENTS_READ, Scope.MEASURES_WRITE), days=180)
    Token.objects.update(last_used_at=timezone.now() - timedelta(hours=3))
    Token.issue(therapist, name="Trial with spreadsheets", scopes=(Scope.MEASURES_READ,), days=7)
    ended = timezone.now() - timedelta(days=40)
    Token.objects.filter(last_used_at=None).update(created_at=ended, expires_at=ended + timedelta(days=7))


def _exports(researcher: User) -> None:
    """One fetched a while ago, and one that the worker makes when the transcripts are read."""
    clients = Client.objects.filter(clinic=researcher.clinic_id)
    agreeing = [str(pk) for pk, holds in consents(clients).items() if holds[ConsentKind.RESEARCH]]
    fetched = timezone.now() - 3 * WEEK
    Export.objects.create(
        clinic_id=researcher.clinic_id,
        by=researcher,
        asked_at=fetched,
        ready_at=fetched,
        state=State.FETCHED,
        clients=agreeing[:2],
        replaced={"PERSON": 58, "PLACE": 17, "DATE": 31},
    )
    make_later(researcher)


def _bundled(folder: Path, therapist: User) -> None:
    """One of the cases that come with the program: transcripts, answers, events."""
    notebook = read_events(folder / EVENTS)
    client = _agreeing(therapist, notebook.client or folder.name, tuple(ConsentKind.values))
    for entry in notebook.sessions:
        if entry.transcript:
            path = folder / entry.transcript
            upload(client, number=entry.session, date=entry.date, name=path.name, content=path.read_bytes())
    sessions: dict[int, Session] = {}
    items = {question.name for question in CHECK_IN}
    ratings: dict[int, dict[str, float]] = {}
    for score in load_scores(folder / "measures.csv"):
        if score.session is None or score.value is None:
            continue
        sessions[score.session] = session = _session(client, score.session, score.date)
        if score.instrument == "check_in":
            if score.subscale in items:
                ratings.setdefault(score.session, {})[str(score.subscale)] = score.value
        elif score.subscale is None:
            Answers.objects.create(
                client=client, session=session, instrument=score.instrument, items={}, total=score.value
            )
    for number, given in ratings.items():
        Answers.objects.create(client=client, session=sessions[number], instrument="check_in", items=given)
    for event in notebook.events:
        keep_event(client, event)
    case_changed(client)


def _invented(invented: Invented, therapist: User) -> None:
    client = _agreeing(therapist, invented.label, invented.agreed)
    count = max(len(invented.distress), len(invented.check_ins))
    session = None
    for number in range(1, count + 1):
        session = _session(client, number, date.today() - WEEK * (count - number) - timedelta(days=2))
        _answers(session, "phq9", total=_at(invented.distress, number))
        given = _at(invented.check_ins, number)
        _answers(session, "check_in", items=given and dict(zip((q.name for q in CHECK_IN), given, strict=True)))
        _transcript(session, invented.label)
    if session is None:
        return
    if invented.felt_off:
        sight, words = invented.felt_off
        FeltOff.objects.create(client=client, session=session, sight=sight, text=words)
    if invented.link_is_open:
        Link.issue(session)
    if invented.ended:
        end(client, session.date or date.today())
    if invented.unreadable:
        upload(client, number=session.number, date=None, name="transcript.docx", content=b"%PDF-1.7 not a transcript")
    case_changed(client)


def _transcript(session: Session, label: str) -> None:
    """The session's transcript, where one was invented."""
    path = Path(__file__).parent / "transcripts" / f"{label.lower()}-{session.number}.txt"
    if path.exists():
        upload(session.client, number=session.number, date=None, name=path.name, content=path.read_bytes())


def _comments(people: dict[str, User]) -> None:
    """What the supervisor wrote at turns."""
    clients = {client.label: client for client in Client.objects.all()}
    for author, label, number, turn, text, is_seen in COMMENTS:
        session = Session.objects.get(client=clients[label], number=number)
        Comment.objects.create(
            client=clients[label],
            session=session,
            author=people[author],
            turn=turn,
            text=text,
            seen_at=timezone.now() if is_seen else None,
        )


def keep_event(client: Client, event: CaseEvent) -> None:
    """An event as it stands in `events.yaml`."""
    names = ("by", "minutes", "note", "kept", "due", "state")
    details = {name: value for name in names if (value := getattr(event, name)) is not None}
    session = _session(client, event.session, None)
    Event.objects.create(client=client, session=session, kind=event.kind, details=details)


def _agreeing(therapist: User, label: str, kinds: tuple[str, ...]) -> Client:
    client = Client.admit(therapist=therapist, label=label)
    for kind in kinds:
        decide(client, ConsentKind(kind), is_given=True, by_client=False)
    return client


def _session(client: Client, number: int, day: date | None) -> Session:
    session, _made = Session.objects.get_or_create(client=client, number=number)
    if day is not None and session.date is None:
        session.date = day
        session.save(update_fields=["date"])
    return session


def _answers(
    session: Session, instrument: str, *, total: int | None = None, items: dict[str, int] | None = None
) -> None:
    if total is not None or items:
        Answers.objects.create(
            client_id=session.client_id, session=session, instrument=instrument, items=items or {}, total=total
        )


def _at(values: tuple[T | None, ...], number: int) -> T | None:
    return values[number - 1] if number <= len(values) else None
