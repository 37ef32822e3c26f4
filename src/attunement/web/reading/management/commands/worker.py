"""`python -m attunement.web worker`: reads transcripts and follows cases, one job after the other."""

from __future__ import annotations

import secrets
from typing import Any

from django.core.management.base import BaseCommand
from django_tasks_db.management.commands.db_worker import Worker

from attunement.web.reading.heartbeat import Beat
from attunement.web.reading.queue import draw_anew_later

LOOK_EVERY_SECONDS = 0.5


class Command(BaseCommand):
    """The worker."""

    help = "Read transcripts and follow cases, until stopped."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Work until a signal comes; the job at hand is finished first."""
        name = secrets.token_hex(8)
        beat = Beat(name)
        beat.beat()
        beat.start()
        draw_anew_later()
        worker = Worker(
            queue_names=["default"],
            interval=LOOK_EVERY_SECONDS,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=name,
            excluded_queue_names=[],
        )
        worker.configure_signals()
        worker.run()
