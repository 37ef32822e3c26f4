"""`python -m attunement.web verify_audit`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from attunement.web.audit.models import Record, first_broken


class Command(BaseCommand):
    """Verification."""

    help = "Check that no row of the audit record was changed or taken out."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Go along the chain."""
        broken = first_broken()
        if broken is not None:
            raise CommandError(f"row {broken} was changed, or a row before it is missing.")
        self.stdout.write(f"As written: {Record.objects.count()} rows.")
