"""Everything of a client gone in one step: first the key, then the rows. Killed in between, it can be run again."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from attunement.web.audit.models import Action, record
from attunement.web.clients.models import Client, Erasure
from attunement.web.people.models import User
from attunement.web.vault import keys


def erase(client: Client, *, by: User | None, by_name: str = "") -> Erasure:
    """Erase the client and give the receipt.

    Once the key is destroyed nobody can read what is left anywhere: in the database, in its free pages, in any backup.
    """
    from attunement.web.research.sealed_file import drop_with

    pk, clinic, therapist = client.pk, client.clinic, client.therapist
    destroyed = keys.destroy_key(pk)
    drop_with(pk)
    with transaction.atomic():
        _, removed = client.delete()
        receipt, _made = Erasure.objects.get_or_create(
            client=pk,
            defaults={
                "clinic": clinic,
                "therapist": therapist,
                "by": by.name if by else by_name or "program",
                "removed": {label.split(".")[1]: count for label, count in sorted(removed.items()) if count},
                "keys_destroyed": destroyed,
            },
        )
        record(Action.ERASED, "everything of the client", actor=by, actor_name=by_name, clinic=clinic, client=pk)
    return receipt


def finish_erasures() -> list[UUID]:
    """Remove the rows of clients whose key was destroyed: erasures that were cut short, or undone by an old backup."""
    everyone = Client.objects.select_related("clinic", "therapist")
    return [erase(client, by=None).client for client in everyone if keys.was_destroyed(client.pk)]


def without_key() -> int:
    """How many clients cannot be read although nobody erased them: their keys are missing and may still turn up."""
    ids = Client.objects.values_list("pk", flat=True)
    return sum(not keys.has_key(pk) and not keys.was_destroyed(pk) for pk in ids)
