"""A worker says that it lives; what a dead one had begun is begun again."""

from __future__ import annotations

import os
import threading
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from attunement.web.reading.models import Heartbeat
from attunement.web.reading.queue import LATER
from attunement.web.retention.daily import ask_for_todays_duties
from attunement.web.sessions.models import State, Transcript

EVERY_SECONDS = 2
DEAD_AFTER = timedelta(seconds=15)
MOST_ATTEMPTS = 8  # a file that brings down the worker so often is not tried again


class Beat(threading.Thread):
    """Beats beside the work; ends the process when the server that started it is gone."""

    def __init__(self, worker: str) -> None:
        super().__init__(daemon=True)
        self.worker = worker
        self.parent = os.getppid()

    def run(self) -> None:
        """Until the process ends."""
        while True:
            self.beat()
            close_old_connections()
            threading.Event().wait(EVERY_SECONDS)
            if os.getppid() != self.parent:
                os._exit(0)  # what was begun is begun again by the next worker

    def beat(self) -> None:
        """Once."""
        try:
            Heartbeat.objects.update_or_create(worker=self.worker, defaults={"at": timezone.now()})
            take_up_abandoned()
            ask_for_todays_duties()
        except DatabaseError:
            pass  # the database is away for a moment: the next beat


def is_working() -> bool:
    """Whether any worker lives."""
    return Heartbeat.objects.filter(at__gt=timezone.now() - DEAD_AFTER).exists()


def take_up_abandoned() -> int:
    """Put jobs of dead workers back into the queue; how many."""
    alive = set(Heartbeat.objects.filter(at__gt=timezone.now() - DEAD_AFTER).values_list("worker", flat=True))
    count = 0
    for job in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        if job.worker_ids and job.worker_ids[-1] in alive:
            continue
        # `started_at` names the attempt: if somebody else has taken it up meanwhile, nothing happens.
        mine = DBTaskResult.objects.filter(pk=job.pk, status=TaskResultStatus.RUNNING, started_at=job.started_at)
        if len(job.worker_ids) < MOST_ATTEMPTS:
            count += mine.update(status=TaskResultStatus.READY, priority=LATER)
        elif mine.update(status=TaskResultStatus.FAILED, finished_at=timezone.now()):
            _give_up(job)
    Heartbeat.objects.filter(at__lt=timezone.now() - 100 * DEAD_AFTER).delete()
    return count


def _give_up(job: DBTaskResult[Any, Any]) -> None:
    from attunement.web.reading.jobs import OUR_FAILURE, read_transcript

    if job.task_path == read_transcript.module_path:
        for transcript in Transcript.objects.filter(pk__in=job.args_kwargs["args"], state=State.READING):
            transcript.state, transcript.refusal = State.REFUSED, OUR_FAILURE
            transcript.save(update_fields=["state", "refusal"])
