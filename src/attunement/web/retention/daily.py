"""What is done once a day, asked of the worker's queue: asked once, however often workers are killed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from attunement.web.retention.models import Day

LAST = -20  # the priority: behind everything else that waits
KEPT = timedelta(days=60)


def ask_for_todays_duties() -> bool:
    """Put what is due once a day into the queue, unless it was asked for today; whether it was."""
    today = timezone.localdate()
    if Day.objects.filter(date=today).exists():
        return False
    with transaction.atomic():
        _row, is_new = Day.objects.get_or_create(date=today)
        if is_new:
            Day.objects.filter(date__lt=today - KEPT).delete()
            for duty in duties():
                duty.using(priority=LAST).enqueue(today.isoformat())
    return is_new


def duties() -> tuple[Any, ...]:
    """The jobs, each given the day."""
    from attunement.web.audit.jobs import check_chain
    from attunement.web.lead.jobs import look_over_clinics
    from attunement.web.retention.jobs import follow_rules

    return follow_rules, look_over_clinics, check_chain
