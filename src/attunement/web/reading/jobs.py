"""The worker's jobs. Each may be killed at any moment and run again: what it makes, it makes once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from attunement import __version__
from attunement.errors import InputError
from attunement.web.clients.models import Client, ConsentKind, has_consent
from attunement.web.reading.beside import Beside, beside, keep_beside
from attunement.web.reading.models import CaseView
from attunement.web.sessions.models import Reading, State, Transcript

NOT_AGREED = "the client has not agreed to their transcripts being read."
OUR_FAILURE = "the program failed while reading it; nothing is lost, read it again or report the fault."


class JobFailed(Exception):
    """A job failed; says the kind of failure and nothing that it may have quoted."""


def quietly(job: Callable[[str], None]) -> Callable[[str], None]:
    """The queue keeps what a failed job raises, in the clear: only its kind may get there."""

    @wraps(job)
    def quiet(row: str) -> None:
        try:
            job(row)
        except Exception as error:
            kind = type(error).__name__
        else:
            return
        raise JobFailed(kind)

    return quiet


@task()
@quietly
def read_transcript(transcript_id: str) -> None:
    """Parse and read one transcript; one that is gone, read or refused is left alone."""
    transcript = Transcript.objects.select_related("session", "client").filter(pk=transcript_id).first()
    if transcript is None or transcript.state in (State.READ, State.REFUSED):
        return
    if not has_consent(transcript.client, ConsentKind.ANALYSIS):
        return _refuse(transcript, NOT_AGREED)
    Transcript.objects.filter(pk=transcript.pk).update(state=State.READING)
    try:
        found = _read(transcript)
    except InputError as error:
        return _refuse(transcript, str(error))
    except Exception:
        _refuse(transcript, OUR_FAILURE)
        raise
    _keep(transcript, found)


@task()
@quietly
def follow_client(client_id: str) -> None:
    """Compute the case of one client anew, unless what is shown is as new as what is known."""
    client = Client.objects.select_related("therapist").filter(pk=client_id).first()
    view = CaseView.objects.filter(client=client).first() if client else None
    if client is None or view is None or view.is_current:
        return
    version = view.version
    found: Beside | None = None
    try:
        found = _show(view, client)
        view.failure = ""
    except Exception as error:
        view.failure = type(error).__name__
    view.shown, view.drawn_by, view.computed_at = version, __version__, timezone.now()
    with transaction.atomic():
        # Another worker may have been faster with something newer.
        newer = CaseView.objects.select_for_update().filter(pk=view.pk, shown__lt=version).exists()
        if newer:
            view.save(update_fields=["alerts", "summary", "page", "failure", "shown", "drawn_by", "computed_at"])
        if newer and found is not None:
            keep_beside(client, found)
    if view.failure:
        raise JobFailed(view.failure)


def _read(transcript: Transcript) -> dict[str, Any]:
    """The columns of a `Reading`."""
    from attunement.reading import read
    from attunement.web.reading.drawing import drawn
    from attunement.web.reading.parsing import parse
    from attunement.web.reading.stored import packed

    ending = transcript.file_name.rpartition(".")[2]
    session = parse(
        transcript.content, name=f"session-{transcript.session.number}.{ending}", therapist=transcript.therapist_name
    )
    reading = read(session)
    return {
        "content": packed(reading.findings),
        "coder": reading.coder or "unknown",
        **drawn(reading.findings),
    }


def _keep(transcript: Transcript, found: dict[str, Any]) -> None:
    from attunement.web.reading.queue import case_changed

    with transaction.atomic():
        row = Transcript.objects.select_for_update().filter(pk=transcript.pk, state=State.READING).first()
        if row is None:  # deleted, or another worker was faster
            return
        Reading.objects.filter(session=transcript.session_id).delete()
        Reading.objects.create(
            client_id=transcript.client_id,
            session_id=transcript.session_id,
            transcript=transcript,
            **found,
        )
        Transcript.objects.filter(pk=transcript.pk).update(state=State.READ)
        case_changed(transcript.client)


def _refuse(transcript: Transcript, why: str) -> None:
    transcript.state, transcript.refusal = State.REFUSED, why
    if Transcript.objects.filter(pk=transcript.pk).exists():
        transcript.save(update_fields=["state", "refusal"])


def _show(view: CaseView, client: Client) -> Beside:
    from attunement.following import follow
    from attunement.reports.case import case_html_part, case_json
    from attunement.web.reading.case import addresses, case_of

    case = case_of(client)
    if not case.sessions:
        view.alerts, view.summary, view.page = [], [], None
        return Beside()
    followed = follow(case)
    view.alerts = case_json(followed.findings)["alerts"]
    view.summary = followed.summary
    view.page = case_html_part(followed.findings, pages=addresses(client))
    return beside(client, followed.findings)
