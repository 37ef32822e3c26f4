"""What is asked of the worker, as rows of the same database: what is saved and what is asked for are kept together."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from attunement import __version__
from attunement.web.clients.models import Client
from attunement.web.reading.models import CaseView
from attunement.web.sessions.models import State, Transcript

LATER = -10  # the priority of what has time: behind all that somebody waits for


def read_later(transcript: Transcript) -> None:
    """Ask for a transcript to be read; asked twice, it is read once."""
    from attunement.web.reading.jobs import read_transcript

    with transaction.atomic():
        Transcript.objects.filter(pk=transcript.pk).update(state=State.WAITING, refusal=None)
        read_transcript.enqueue(str(transcript.pk))


def case_changed(client: Client) -> None:
    """Say that something the case rests on has changed: it is computed anew, the old one shown until then."""
    from attunement.web.reading.jobs import follow_client

    with transaction.atomic():
        CaseView.objects.get_or_create(client=client)
        CaseView.objects.filter(client=client).update(version=F("version") + 1)
        follow_client.enqueue(str(client.pk))


def draw_anew_later() -> int:
    """Ask for the cases that another version of the program drew, behind everything else; how many."""
    from attunement.web.reading.jobs import follow_client

    with transaction.atomic():
        old = CaseView.objects.exclude(drawn_by=__version__).filter(shown__gte=F("version"))
        clients = list(old.values_list("client", flat=True))
        CaseView.objects.filter(client__in=clients).update(version=F("version") + 1)
        for client in clients:
            follow_client.using(priority=LATER).enqueue(str(client))
    return len(clients)
