"""What the worker does for a lead once a day."""

from __future__ import annotations

from django_tasks import task

from attunement.web.people.models import Clinic
from attunement.web.reading.jobs import quietly


@task()
@quietly
def look_over_clinics(_day: str) -> None:
    """Compute the figures of every clinic anew; run twice, it does no harm."""
    from attunement.web.lead.figures import look_over

    for clinic in Clinic.objects.all():
        look_over(clinic)
