"""A transcript kept and asked to be read, both or neither."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from attunement.web.clients.models import Client
from attunement.web.reading.queue import read_later
from attunement.web.sessions.models import Session, Transcript


def upload(
    client: Client, *, number: int, date: date | None, name: str, content: bytes, therapist: str | None = None
) -> Session:
    """Keep a transcript of this session, in the place of one that was there, and have it read."""
    with transaction.atomic():
        session, _made = Session.objects.get_or_create(client=client, number=number)
        if date is not None:
            session.date = date
            session.save(update_fields=["date"])
        Transcript.objects.filter(session=session).delete()
        transcript = Transcript.objects.create(
            client=client, session=session, file_name=name, content=content, therapist_name=therapist or None
        )
        read_later(transcript)
    return session
