"""The cast: Alice, whose client it is; Bob, her colleague; who supervises, leads, researches; another clinic.

Everybody signs in through `as_`. `work` does what the queue holds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.test import Client as Browser
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from attunement import examples
from attunement.web.api.models import Token
from attunement.web.api.scopes import Scope
from attunement.web.checkins.models import Answers, FeltOff, Link
from attunement.web.clients.consent import decide
from attunement.web.clients.models import Client, ConsentKind, Erasure
from attunement.web.people.devices import PaperCodes
from attunement.web.people.models import Clinic, Invitation, Role, Supervision, User
from attunement.web.reading.stored import packed
from attunement.web.sessions.models import Reading, Session, State, Transcript
from attunement.web.sessions.upload import upload
from stand_in import example

PASSWORD = "seven quiet otters swim"
LABEL = "Quillfeather"
FELT_OFF = "the zanzibar thing hurt"
CALLER = {"HTTP_HOST": "testserver"}


@dataclass
class Cast:
    """Everybody who may knock at a door, and what lies behind it."""

    alice: User
    bob: User
    supervisor: User
    former_supervisor: User
    lead: User
    researcher: User
    stranger: User
    client: Client
    session: Session
    token: str
    old_token: str
    invitation: str
    receipt: Erasure
    browsers: dict[str, Browser] = field(default_factory=dict)

    def as_(self, who: str) -> Browser:
        """A browser in which this person is signed in; `anonymous` and the clients in none."""
        browser = Browser()
        user = getattr(self, who, None)
        if isinstance(user, User):
            sign_in(browser, user)
        return browser

    def read_session(self) -> None:
        """Have the session read, as the worker would."""
        transcript = Transcript.objects.create(
            client=self.client, session=self.session, file_name="a.txt", content=b"", state=State.READ
        )
        Reading.objects.create(
            client=self.client,
            session=self.session,
            transcript=transcript,
            content=packed(example(timed=True)),
            coder="test",
        )

    def program_of(self, who: str, *scopes: str) -> Browser:
        """A program with a token of this person's, for everything unless scopes are named; the others have none."""
        user = getattr(self, who, None)
        if not isinstance(user, User):
            return Browser()
        secret = Token.issue(user, name="practice", scopes=scopes or Scope.values)
        return Browser(headers={"authorization": f"Bearer {secret}"})


def gather() -> Cast:
    """Two clinics, their people, one client with consent, a session and check-ins."""
    clinic = Clinic.objects.create(name="Here", crisis_text="Call 555.")
    elsewhere = Clinic.objects.create(name="Elsewhere", crisis_text="Call 777.")
    every = (Role.THERAPIST, Role.SUPERVISOR, Role.LEAD, Role.RESEARCHER)
    alice = person(clinic, "alice", Role.THERAPIST)
    supervisor = person(clinic, "supervisor", Role.SUPERVISOR)
    former = person(clinic, "former", Role.SUPERVISOR)
    Supervision.objects.create(supervisor=supervisor, therapist=alice)
    Supervision.objects.create(supervisor=former, therapist=alice, ended_at=timezone.now())
    client = Client.admit(therapist=alice, label=LABEL)
    decide(client, ConsentKind.ANALYSIS, is_given=True, by_client=True)
    session = Session.objects.create(client=client, number=1, date=date(2026, 3, 4))
    Answers.objects.create(
        client=client,
        session=session,
        instrument="check_in",
        items={"understood": 7, "safe": 8, "goals": 6, "fit": 7, "unsaid": 2},
    )
    FeltOff.objects.create(client=client, session=session, text=FELT_OFF, sight="now")
    old = Link.issue(session)
    Link.objects.update(expires_at=timezone.now() - timedelta(days=1))
    return Cast(
        alice=alice,
        bob=person(clinic, "bob", Role.THERAPIST),
        supervisor=supervisor,
        former_supervisor=former,
        lead=person(clinic, "lead", Role.LEAD),
        researcher=person(clinic, "researcher", Role.RESEARCHER),
        stranger=person(elsewhere, "stranger", *every),
        client=client,
        session=session,
        token=Link.issue(session),
        old_token=old,
        invitation=Invitation.issue(clinic=clinic, roles=[Role.THERAPIST]),
        receipt=Erasure.objects.create(
            clinic=clinic, client="11111111-1111-4111-8111-111111111111", therapist=alice, by="Alice"
        ),
    )


def person(clinic: Clinic, name: str, *roles: Role) -> User:
    """Somebody who works there."""
    return User.objects.create_user(
        clinic=clinic, email=f"{name}@example.org", name=name.title(), password=PASSWORD, roles=roles
    )


def sign_in(browser: Browser, user: User) -> None:
    """With both factors, the password given just now."""
    from attunement.web.access.views import CONFIRMED_AT

    device = PaperCodes.objects.filter(user=user).first()
    if device is None:
        PaperCodes.write(user)
        device = PaperCodes.objects.get(user=user)
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = browser.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session[CONFIRMED_AT] = timezone.now().timestamp()
    session.save()


def transcript(name: str = "leander-3") -> tuple[str, bytes]:
    """Name and content of a bundled transcript."""
    path = next(path for path in examples.transcripts() if path.stem == name)
    return path.name, path.read_bytes()


def upload_example(client: Client, *, number: int = 2) -> Session:
    """A bundled transcript uploaded for this client, waiting to be read."""
    name, content = transcript()
    return upload(client, number=number, date=None, name=name, content=content)


def work() -> list[str]:
    """Do all that waits, as the worker does; the kinds of failures."""
    for job in iter(lambda: DBTaskResult.objects.ready().first(), None):
        job.claim("test")
        _worker().run_task(job)
    return list(DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).values_list("traceback", flat=True))


def _worker() -> Worker:
    return Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    )
