"""A transcript that comes in: of a kind that can be read, not too large, and kept once however often it is sent."""

from __future__ import annotations

import datetime
from http import HTTPStatus
from pathlib import PurePath

from django.conf import settings
from django.db import transaction
from ninja import UploadedFile
from ninja.errors import HttpError

from attunement.transcripts.registry import ENDINGS
from attunement.web.clients.models import Client
from attunement.web.sessions.forms import PASTED
from attunement.web.sessions.models import State, Transcript
from attunement.web.sessions.upload import upload


def name_and_content(file: UploadedFile | None, pasted: str | None) -> tuple[str, bytes]:
    """What was sent, under a name that tells its kind and nothing else.

    Raises:
        HttpError: when there is nothing, or it is too large, or of no kind that can be read.
    """
    if file is None:
        if not (pasted or "").strip():
            raise HttpError(HTTPStatus.UNPROCESSABLE_ENTITY, "Send a file, or the words of the transcript as pasted.")
        return PASTED, (pasted or "").encode()
    ending = PurePath(file.name or "").suffix.casefold()
    if ending not in ENDINGS:
        raise HttpError(HTTPStatus.UNPROCESSABLE_ENTITY, f"file: send one of {', '.join(sorted(ENDINGS))}.")
    if (file.size or 0) > settings.MOST_UPLOADED:
        most = settings.MOST_UPLOADED // 2**20
        raise HttpError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"file: larger than {most} MB.")
    return f"transcript{ending}", file.read()


def keep_once(
    client: Client,
    *,
    number: int,
    date: datetime.date | None,
    name: str,
    content: bytes,
    therapist: str | None,
    may_replace: bool,
) -> None:
    """Keep it and have it read, unless it is there already.

    Raises:
        HttpError: 409 when another one is there that was not refused, and may not be replaced.
    """
    with transaction.atomic():
        kept = Transcript.objects.filter(client=client, session__number=number).first()
        if kept is not None and (kept.content, kept.therapist_name) == (content, therapist):
            return
        if kept is not None and kept.state != State.REFUSED and not may_replace:
            raise HttpError(
                HTTPStatus.CONFLICT,
                f"Session {number} has another transcript; send replace=true to put this in its place.",
            )
        upload(client, number=number, date=date, name=name, content=content, therapist=therapist)
