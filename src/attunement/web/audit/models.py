"""The audit record. Triggers of the database refuse changes and deletions; a keyed chain shows them all the same."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable
from typing import Any, ClassVar, NoReturn

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attunement.web.people.models import Clinic
from attunement.web.vault.keys import audit_key

# Any number of our own: PostgreSQL lets one appender at a time past it.
CHAIN_LOCK = 7_203_418


class Action(models.TextChoices):
    """What was done."""

    READ = "read", _("read")
    CHANGED = "changed", _("changed")
    EXPORTED = "exported", _("exported")
    ERASED = "erased", _("erased")
    SIGNED_IN = "signed in", _("signed in")
    MANAGED = "managed", _("managed")


class RecordQuerySet(models.QuerySet["Record"]):
    """Rows that can be read and added only."""

    def update(self, **_values: Any) -> NoReturn:
        """Refused."""
        raise TypeError("the audit record can only be added to")

    def delete(self) -> NoReturn:
        """Refused."""
        raise TypeError("the audit record can only be added to")


class Record(models.Model):
    """One thing that somebody did.

    Clients are named by their id alone, so that a record outlives an erasure without naming anybody. `actor` is None
    for the client themselves and for the program. `chain` is a keyed hash over this row and the one before.
    """

    at = models.DateTimeField(default=timezone.now)
    clinic = models.UUIDField(null=True, db_index=True)
    actor = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200)
    action = models.CharField(max_length=20, choices=Action.choices)
    what = models.CharField(max_length=200)
    client = models.UUIDField(null=True, db_index=True)
    chain = models.CharField(max_length=64)

    objects: ClassVar[models.Manager[Record]] = RecordQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; one that is there already is refused."""
        if self.pk is not None:
            raise TypeError("the audit record can only be added to")
        with transaction.atomic():
            _one_at_a_time()
            last = Record.objects.order_by("-id").values_list("chain", flat=True).first()
            self.chain = self.link(last or "")
            super().save(*args, force_insert=True, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refused."""
        raise TypeError("the audit record can only be added to")

    def link(self, last: str) -> str:
        """The keyed hash over this row and the one before it."""
        said = [last, self.at.isoformat(), self.actor_name, self.action, self.what]
        said += [str(each or "") for each in (self.clinic, self.actor, self.client)]
        return hmac.new(audit_key(), json.dumps(said).encode(), hashlib.sha256).hexdigest()


class ChainCheck(models.Model):
    """When the worker last went along the chain, and the first row that did not fit, None when all did."""

    at = models.DateTimeField(default=timezone.now)
    rows = models.PositiveIntegerField()
    broken = models.BigIntegerField(null=True)

    class Meta:
        get_latest_by = "at"


def first_broken() -> int | None:
    """The number of the first row that was changed, or before which one is missing; None when all is as written."""
    last = ""
    for record in Record.objects.order_by("id").iterator():
        if record.chain != record.link(last):
            return int(record.pk)
        last = record.chain
    return None


def record(
    action: Action, what: str, *, actor: Any = None, actor_name: str = "", clinic: Any = None, client: Any = None
) -> None:
    """Add to the record. `actor` is a user; `client` and `clinic` their ids or rows."""
    Record(
        action=action,
        what=what[:200],
        actor=_id(actor),
        actor_name=actor_name or getattr(actor, "name", "") or "program",
        clinic=_id(clinic) or getattr(actor, "clinic_id", None),
        client=_id(client),
    ).save()


def record_each(action: Action, what: str, *, actor: Any, clients: Iterable[Any]) -> None:
    """Add a row for each of these clients, of whom one page showed something; as few queries as for one."""
    with transaction.atomic():
        _one_at_a_time()
        last = Record.objects.order_by("-id").values_list("chain", flat=True).first() or ""
        rows = []
        for client in clients:
            row = Record(action=action, what=what[:200], actor=actor.pk, actor_name=actor.name, client=_id(client))
            row.clinic = actor.clinic_id
            row.chain = last = row.link(last)
            rows.append(row)
        Record.objects.bulk_create(rows)


def check_chain() -> ChainCheck:
    """Go along the whole chain, and keep what was found in the place of what was found before."""
    found = ChainCheck(rows=Record.objects.count(), broken=first_broken())
    with transaction.atomic():
        ChainCheck.objects.all().delete()
        found.save()
    return found


def clinic_records(clinic: Clinic) -> models.QuerySet[Record]:
    """What was done in this clinic, the newest first."""
    return Record.objects.filter(clinic=clinic.pk)


def _id(row: Any) -> Any:
    return getattr(row, "pk", row)


def _one_at_a_time() -> None:
    # SQLite lets one writer in at a time anyway: its transactions begin with the lock (settings).
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
