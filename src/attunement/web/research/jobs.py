"""What the worker does for researchers: making an export, and deleting what nobody fetched in a day."""

from __future__ import annotations

from django.db import transaction
from django_tasks import task

from attunement.web.access.rules import Purpose, clients_for
from attunement.web.people.models import Role, User
from attunement.web.reading.jobs import quietly
from attunement.web.research.models import Export, State
from attunement.web.research.sealed_file import drop, keep


def make_later(user: User) -> Export:
    """Ask for an export; one that is still being made is not asked for twice."""
    with transaction.atomic():
        waiting = Export.objects.filter(by=user, state=State.WAITING).first()
        if waiting is not None:
            return waiting
        export = Export.objects.create(clinic_id=user.clinic_id, by=user)
        make_export.enqueue(str(export.pk))
    return export


@task()
@quietly
def make_export(export_id: str) -> None:
    """Make what was asked for, of the clients who consent at this moment; one that is made is left alone."""
    from attunement.web.research.archive import archive_of

    export = Export.objects.select_related("by").filter(pk=export_id, state=State.WAITING).first()
    if export is None:
        return
    if not (export.by.is_active and export.by.has_role(Role.RESEARCHER)):
        return drop(export, State.FAILED)
    try:
        made = archive_of(clients_for(export.by, Purpose.RESEARCH))
        export.clients, export.replaced = [str(pk) for pk in made.clients], made.replaced
        keep(export, made.content)
    except Exception:
        drop(export, State.FAILED)
        raise
    delete_export.using(run_after=export.until).enqueue(export_id)


@task()
@quietly
def delete_export(export_id: str) -> None:
    """Delete what nobody fetched."""
    export = Export.objects.filter(pk=export_id, state=State.READY).first()
    if export is not None and not export.can_be_fetched:
        drop(export, State.GONE)
