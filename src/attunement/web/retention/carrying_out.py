"""Doing what is due: each deletion by itself, each in the audit record, each safe to be cut short and run again."""

from __future__ import annotations

from django.db import transaction

from attunement.web.audit.models import Action, record
from attunement.web.clients.erasure import erase
from attunement.web.clients.models import Client
from attunement.web.people.models import Clinic
from attunement.web.reading.queue import case_changed
from attunement.web.retention.due import old_links, ready, still_due
from attunement.web.retention.models import Due, Kind
from attunement.web.sessions.models import Transcript

BY = "rule of retention"


def carry_out(clinic: Clinic) -> dict[str, int]:
    """Do what was listed long enough, is still due and is not kept; how many of each."""
    done = {Kind.TRANSCRIPTS.value: 0, Kind.ERASURE.value: 0, "links": _delete_links(clinic)}
    for due in ready(clinic):
        if still_due(due):
            _do(due)
            done[due.kind] += 1
    return done


def _do(due: Due) -> None:
    if due.kind == Kind.ERASURE:
        erase(due.client, by=None, by_name=BY)
    else:
        _delete_transcripts(due.client)


def _delete_transcripts(client: Client) -> None:
    with transaction.atomic():
        transcripts = Transcript.objects.filter(client=client)
        what = f"{transcripts.count()} transcripts with their readings"
        transcripts.delete()
        Due.objects.filter(client=client, kind=Kind.TRANSCRIPTS).delete()
        record(Action.ERASED, what, actor_name=BY, clinic=client.clinic_id, client=client.pk)
        case_changed(client)


def _delete_links(clinic: Clinic) -> int:
    with transaction.atomic():
        links = old_links(clinic)
        count = links.count()
        if count:
            links.delete()
            record(Action.ERASED, f"{count} unused check-in links", actor_name=BY, clinic=clinic)
    return count
