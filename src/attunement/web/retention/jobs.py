"""What the worker does for the rules of retention once a day."""

from __future__ import annotations

from django_tasks import task

from attunement.web.people.models import Clinic
from attunement.web.reading.jobs import quietly


@task()
@quietly
def follow_rules(_day: str) -> None:
    """List what is due in every clinic, and do what was listed long enough; killed in between, it can be run again."""
    from attunement.web.retention.carrying_out import carry_out
    from attunement.web.retention.due import list_due

    for clinic in Clinic.objects.all():
        list_due(clinic)
        carry_out(clinic)
