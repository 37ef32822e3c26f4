"""A clinic of many clients with many sessions, made from the bundled transcripts: sizes are those of life.

Two clients are made as in life, read and followed by the jobs of the worker; all others are copies of them, each
sealed anew with the key of its own client.
"""

from __future__ import annotations

import secrets
import uuid
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.db import models, transaction
from django.db.models.query import QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from rich.progress import track

from attunement import examples
from attunement.web.checkins.models import Answers, Link
from attunement.web.checkins.questions import CHECK_IN
from attunement.web.clients.consent import decide
from attunement.web.clients.models import Client, ConsentKind
from attunement.web.people.devices import PaperCodes
from attunement.web.people.models import Clinic, Role, Supervision, User
from attunement.web.reading.heartbeat import Beat
from attunement.web.reading.jobs import follow_client, read_transcript
from attunement.web.reading.models import CaseView
from attunement.web.sessions.models import Reading, Session, State, Transcript
from attunement.web.vault.backup import models_in_order
from attunement.web.vault.fields import OfClient

CLIENTS, SESSIONS, OF_A_THERAPIST = 200, 40, 20
SUPERVISORS, LINKS = 2, 400
PASSWORD = "seven quiet otters swim"
BEGUN = date(2025, 1, 7)


def build(clients: int = CLIENTS, sessions: int = SESSIONS) -> dict[str, Any]:
    """Fill the empty database; who can sign in how, and which pages there are."""
    clinic = Clinic.objects.create(name="Clinic", crisis_text="Day and night: 555.")
    therapists = [_person(clinic, f"therapist-{n}", Role.THERAPIST) for n in range(max(1, clients // OF_A_THERAPIST))]
    supervisors = [_person(clinic, f"supervisor-{n}", Role.SUPERVISOR) for n in range(SUPERVISORS)]
    for number, therapist in enumerate(therapists):
        Supervision.objects.create(supervisor=supervisors[number % SUPERVISORS], therapist=therapist)
    lead = _person(clinic, "lead", Role.LEAD)
    first = [_lived(therapists[0], folder, sessions) for folder in examples.cases()]
    for number in track(range(len(first), clients), description="Copies"):
        _copy(first[number % len(first)], therapists[number % len(therapists)])
    DBTaskResult.objects.all().delete()
    Beat("benchmark").beat()
    return {
        "therapists": [_places(person, person.clients.all()) for person in therapists],
        "supervisors": [_places(each, _supervised(each)) for each in supervisors],
        "leads": [_places(lead, Client.objects.none())],
        "signing in": [{"email": person.email, "password": PASSWORD} for person in therapists],
        "clients": [{"links": [Link.issue(each) for each in Session.objects.order_by("?")[:LINKS]]}],
    }


def _person(clinic: Clinic, name: str, *roles: Role) -> User:
    user = User.objects.create_user(
        clinic=clinic, email=f"{name}@example.org", name=name, password=PASSWORD, roles=roles
    )
    PaperCodes.write(user)
    return user


def _lived(therapist: User, folder: Path, count: int) -> Client:
    """A client whose transcripts were read and whose case was followed, as the worker does."""
    client = Client.admit(therapist=therapist, label=f"{folder.name} 0")
    for kind in ConsentKind.values:
        decide(client, ConsentKind(kind), is_given=True, by_client=True)
    files = [path for path in examples.transcripts() if path.parent == folder]
    read: dict[Path, Reading] = {}
    for number in track(range(1, count + 1), description=folder.name):
        session = Session.objects.create(client=client, number=number, date=BEGUN + timedelta(weeks=number))
        _answer(session, count)
        path = files[number % len(files)]
        transcript = Transcript.objects.create(
            client=client, session=session, file_name=path.name, content=path.read_bytes()
        )
        if path not in read:
            read_transcript.func(str(transcript.pk))
            read[path] = Reading.objects.get(session=session)
            continue
        kept = {name: getattr(read[path], name) for name in ("content", "page", "drawn_by", "coder")}
        Reading.objects.create(client=client, session=session, transcript=transcript, **kept)
        Transcript.objects.filter(pk=transcript.pk).update(state=State.READ)
    CaseView.objects.filter(client=client).update(version=count)
    follow_client.func(str(client.pk))
    return client


def _answer(session: Session, count: int) -> None:
    share = session.number / count
    items = {question.name: round(5 + 4 * share) for question in CHECK_IN}
    for instrument, given, total in (("check_in", items, None), ("phq9", {}, round(18 - 12 * share))):
        Answers.objects.create(
            client_id=session.client_id, session=session, instrument=instrument, items=given, total=total
        )


def _copy(original: Client, therapist: User) -> None:
    """Another client of whom the same is known: every row under a new number, sealed with a new key."""
    client = Client.admit(therapist=therapist, label=f"{original.label.split()[0]} {secrets.token_hex(2)}")
    numbers: dict[Any, Any] = {original.pk: client.pk, original.therapist_id: therapist.pk}
    with transaction.atomic():
        for model in models_in_order():
            if issubclass(model, OfClient):
                _copy_rows(model, original, numbers)
        for consent in original.consents.all():
            decide(client, ConsentKind(consent.kind), is_given=consent.is_given, by_client=True)


def _copy_rows(model: type[models.Model], original: Client, numbers: dict[Any, Any]) -> None:
    copies = []
    for row in model._default_manager.filter(client=original):
        values = {}
        for field in model._meta.concrete_fields:
            value = getattr(row, field.attname)  # opens what is sealed
            if field.primary_key:
                value = numbers[row.pk] = uuid.uuid4()
            elif field.is_relation:
                value = numbers.get(value, value)
            elif field.unique:
                value = secrets.token_hex(32)
            values[field.attname] = value
        copies.append(model(**values))
    for copy in copies:
        if isinstance(copy, CaseView) and copy.page:
            copy.page = _with_numbers(copy.page, numbers)
    QuerySet(model).bulk_create(copies)


def _with_numbers(page: str, numbers: dict[Any, Any]) -> str:
    for old, new in numbers.items():
        page = page.replace(str(old), str(new))
    return page


def _supervised(supervisor: User) -> models.QuerySet[Client]:
    return Client.objects.filter(therapist__supervised_by__supervisor=supervisor)


def _places(person: User, clients: models.QuerySet[Client]) -> dict[str, Any]:
    """What this person can look at, by the name in the addresses of `visitors`, and the cookie that lets them in."""
    sessions = Session.objects.filter(client__in=clients).order_by("?")[:200]
    trainees = User.objects.filter(supervised_by__supervisor=person)
    listed = {"clients": clients, "sessions": sessions, "supervises": trainees}
    return {"cookie": _signed_in(person), **{name: [str(row.pk) for row in rows] for name, rows in listed.items()}}


def _signed_in(person: User) -> str:
    """The cookie of a browser in which this person gave both factors."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django_otp import DEVICE_ID_SESSION_KEY

    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store[DEVICE_ID_SESSION_KEY] = PaperCodes.objects.get(user=person).persistent_id
    store["last_seen"] = timezone.now().timestamp()
    store.save()
    return str(store.session_key)
