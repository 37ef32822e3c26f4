"""`python -m attunement.web retention [--carry-out]`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from attunement.web.people.models import Clinic
from attunement.web.retention.carrying_out import carry_out
from attunement.web.retention.due import NOTICE_DAYS, list_due, old_links
from attunement.web.retention.models import Due


class Command(BaseCommand):
    """What is due, and doing it."""

    help = "List what is due by the clinics' rules of retention; the worker does it once a day."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether anything is done."""
        parser.add_argument(
            "--carry-out", dest="is_meant", action="store_true", help=f"do what was listed for {NOTICE_DAYS} days"
        )

    def handle(self, *_args: Any, is_meant: bool, **_options: Any) -> None:
        """Clinic by clinic, clients by the number of their case."""
        for clinic in Clinic.objects.order_by("name"):
            list_due(clinic)
            self.stdout.write(f"{clinic.name}:")
            self._list(clinic)
            if is_meant:
                self._carry_out(clinic)

    def _list(self, clinic: Clinic) -> None:
        for due in Due.objects.filter(client__clinic=clinic).order_by("listed_at", "pk"):
            when = "kept for now" if due.kept_at else f"on {due.listed_at + timedelta(days=NOTICE_DAYS):%Y-%m-%d}"
            self.stdout.write(f"  case {due.client_id}: {due.get_kind_display()}, {when}")
        self.stdout.write(f"  unused links: {old_links(clinic).count()}")

    def _carry_out(self, clinic: Clinic) -> None:
        done = carry_out(clinic)
        self.stdout.write("  Done: " + ", ".join(f"{count} {what}" for what, count in done.items()) + ".")
